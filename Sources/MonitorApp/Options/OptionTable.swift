import AccessLog
import Conditions
import LogParsing
import TrafficAnalysis

/// A command-line option: its names, its value, its description and its effect on `Options`.
struct OptionRule: Sendable {
  let name: String
  var letter: Character?
  /// The placeholder of its value in the help; `nil` if it takes none.
  var value: String?
  /// Its description in the help.
  let meaning: String
  /// Sets the option to a value, which is empty if it takes none.
  let apply: @Sendable (String, inout Options) throws(UsageError) -> Void

  init(
    _ name: String, _ letter: Character? = nil, _ value: String? = nil, _ meaning: String,
    _ apply: @escaping @Sendable (String, inout Options) throws(UsageError) -> Void
  ) {
    self.name = name
    self.letter = letter
    self.value = value
    self.meaning = meaning
    self.apply = apply
  }
}

/// All options, in the groups and the order of the help text.
enum OptionTable {
  static let groups: [(title: String, rules: [OptionRule])] = [
    ("What is read", input), ("Replay", replay), ("What the figures mean", figures),
    ("What is shown", output), ("Who learns of alerts", actions), ("What is kept", history),
    ("Who else gets the figures", exports + stores + streams), ("Other", other),
  ]

  static let all: [OptionRule] = groups.flatMap(\.rules)

  private static let input: [OptionRule] = [
    OptionRule("follow", "f", nil, "keep watching for new lines [the dashboard does]") {
      $1.follow = true
    },
    OptionRule("no-follow", nil, nil, "read to the end, and stop there") { $1.follow = false },
    OptionRule("tail", "n", "LINES", "begin with the last LINES lines; 0: only new ones") {
      (text, options) throws(UsageError) in
      options.tail = Int(try wholeNumber(text, "--tail", from: 0))
    },
    OptionRule(
      "format", nil, "FORMAT",
      "log format: a name, or a string of nginx, Apache or GoAccess; see --formats [auto]"
    ) {
      (text, options) throws(UsageError) in
      if text != "auto" { try checkFormat(text) }
      options.format = text == "auto" ? nil : text
    },
    OptionRule(
      "log-zone", nil, "ZONE",
      "zone of times that the log writes without one: an offset, or a name such as Europe/Paris [UTC]"
    ) { (text, options) throws(UsageError) in
      guard let zone = NamedZone(text) else {
        throw .badValue(
          option: "--log-zone", text: text,
          expected: "an offset such as +01:00, or a time zone such as Europe/Paris")
      }
      options.logZone = zone
    },
    OptionRule(
      "since", nil, "TIME",
      "only records from TIME on: epoch seconds, ISO 8601, HH:MM[:SS] (the last in the log), or "
        + "10m, 2h, 1d before its last record (followed: before now)"
    ) {
      (text, options) throws(UsageError) in
      options.since = try time(text, "--since")
    },
    OptionRule(
      "until", nil, "TIME", "only records before TIME; HH:MM is the first one after --since"
    ) {
      (text, options) throws(UsageError) in
      options.until = try time(text, "--until")
    },
    OptionRule(
      "filter", nil, "EXPR",
      "only records that satisfy it, such as 'section=/api status=5xx,499'"
    ) { (text, options) throws(UsageError) in
      options.analysis.filter = try grammar("--filter", text) { () throws(GrammarError) in
        try Condition(parsing: text)
      }
    },
    OptionRule(
      "kafka", nil, "PROPERTY=VALUE",
      "how to reach kafka://: security.protocol, sasl.mechanism, sasl.username, sasl.password, "
        + "ssl.ca.location, ssl.certificate.location, ssl.key.location or client.id; the value "
        + "may be file:PATH or env:NAME; may be repeated"
    ) { (text, options) throws(UsageError) in try kafka(text, &options) },
    OptionRule("demo", nil, nil, "the dashboard on simulated traffic, no log needed") {
      $1.demo = true
    },
  ]

  private static let replay: [OptionRule] = [
    OptionRule("replay", nil, nil, "play the file at the pace of its own timestamps") {
      $1.replay = true
    },
    OptionRule("speed", nil, "N", "N times the original speed, or max [1]") {
      (text, options) throws(UsageError) in
      if text == "max" {
        options.speed = .max
      } else {
        options.speed = .times(try decimal(text, "--speed"))
      }
    },
    OptionRule("max-gap", nil, "SECONDS", "a longer silence takes no longer than this [5]") {
      (text, options) throws(UsageError) in
      options.maxGap = try decimal(text, "--max-gap", allowsZero: true)
    },
  ]

  private static let figures: [OptionRule] = [
    OptionRule("stats-interval", nil, "SECONDS", "length of a statistics interval [10]") {
      (text, options) throws(UsageError) in
      options.analysis.statsInterval = try wholeNumber(text, "--stats-interval", from: 1)
    },
    OptionRule(
      "high-traffic-interval", nil, "SECONDS", "length of the alert window [120]"
    ) { (text, options) throws(UsageError) in
      options.analysis.alertWindow = try wholeNumber(text, "--high-traffic-interval", from: 1)
    },
    OptionRule(
      "high-traffic-threshold", nil, "RATE", "mean hits per second above which it alerts [10]"
    ) { (text, options) throws(UsageError) in
      guard let threshold = Threshold(text) else {
        throw .badValue(
          option: "--high-traffic-threshold", text: text, expected: "a number above 0")
      }
      options.analysis.threshold = threshold
    },
    OptionRule(
      "alert", nil, "RULE",
      "another alert, 'NAME: METRIC > LIMIT ...', such as 'errors: share(status=5xx) > 5'; may be "
        + "repeated"
    ) { (text, options) throws(UsageError) in
      let rule = try grammar("--alert", text) { () throws(GrammarError) in
        try RuleDefinition(parsing: text)
      }
      options.add(rule, text)
    },
    OptionRule("no-default-alert", nil, nil, "no alert on high traffic") {
      $1.analysis.alertsOnHighTraffic = false
    },
    OptionRule("lateness", nil, "SECONDS", "how long a second stays open for late lines [2]") {
      (text, options) throws(UsageError) in
      options.analysis.lateness = try wholeNumber(text, "--lateness", from: 0)
    },
    OptionRule("max-jump", nil, "SECONDS", "times further ahead are set aside first [60]") {
      (text, options) throws(UsageError) in
      options.analysis.maxJump = try wholeNumber(text, "--max-jump", from: 0)
    },
    OptionRule(
      "idle-grace", nil, "SECONDS", "silence after which a live log's clock keeps running [10]"
    ) { (text, options) throws(UsageError) in
      options.analysis.idleGrace = try wholeNumber(text, "--idle-grace", from: 0)
      options.analysis.adaptsIdleGrace = false
    },
    OptionRule(
      "rank", nil, "DIM,...",
      "what is ranked besides sections and clients: path, host, user, referrer, agent, status, "
        + "source"
    ) { (text, options) throws(UsageError) in
      options.rank = try dimensions(text)
      options.analysis.ranked = DimensionSet(options.rank.map { DimensionSet($0) })
    },
    OptionRule("totals", nil, nil, "report the whole run at its end [text does]") {
      $1.totals = true
    },
    OptionRule("no-totals", nil, nil, "do not") { $1.totals = false },
    OptionRule("top", nil, "N", "rows in a reported ranking [10]") {
      (text, options) throws(UsageError) in
      options.analysis.top = Int(try wholeNumber(text, "--top", from: 0))
    },
  ]

  private static let output: [OptionRule] = [
    OptionRule(
      "output", nil, "MODE",
      "dashboard, text, ndjson, or lines (those of hits, as they are) [dashboard on a terminal, "
        + "else text]"
    ) {
      (text, options) throws(UsageError) in
      guard let output = Options.Output(rawValue: text) else {
        throw .badValue(
          option: "--output", text: text, expected: "dashboard, text, ndjson or lines")
      }
      options.output = output
    },
    OptionRule("local", nil, nil, "times in the local zone [default]") { $1.times = .local },
    OptionRule("utc", nil, nil, "times in UTC") { $1.times = .utc },
    OptionRule("log-time", nil, nil, "times in the zone that the log writes") { $1.times = .log },
    OptionRule("color", nil, "WHEN", "auto, always or never; NO_COLOR works too [auto]") {
      (text, options) throws(UsageError) in
      guard let color = Options.Color(rawValue: text) else {
        throw .badValue(option: "--color", text: text, expected: "auto, always or never")
      }
      options.color = color
    },
    OptionRule("theme", nil, "NAME", "auto (asks the terminal), dark, light or 16 [auto]") {
      (text, options) throws(UsageError) in
      guard let theme = Options.ThemeChoice(text) else {
        throw .badValue(option: "--theme", text: text, expected: "auto, dark, light or 16")
      }
      options.theme = theme
    },
    OptionRule("ascii", nil, nil, "no Unicode drawing") { $1.ascii = true },
    OptionRule("bell", nil, nil, "ring the terminal's bell when an alert triggers") {
      $1.bell = true
    },
  ]

  private static let actions: [OptionRule] = [
    OptionRule(
      "notify", nil, "ACTION",
      "make alerts known, 'NAME: exec /PATH ARGUMENT...', 'NAME: webhook URL [as generic|slack|"
        + "alertmanager]', 'NAME: mail ADDRESS via smtp://HOST:PORT|sendmail [from ADDRESS]', "
        + "'NAME: syslog [FACILITY]', 'NAME: file PATH' or 'NAME: bell'; may be repeated"
    ) {
      (text, options) throws(UsageError) in
      try options.addAction(text)
    },
    OptionRule("notify-test", nil, "NAME", "send a test through that action, and exit") {
      $1.testedAction = $0
    },
    OptionRule(
      "act", nil, "SOURCE",
      "act upon the events that --output ndjson wrote; - is standard input, or kafka://BROKER/TOPIC"
    ) {
      (text, options) throws(UsageError) in
      options.eventTopic = text == "-" ? nil : try topic(text, "--act")
      options.actsOnEvents = true
    },
  ]

  private static let stores: [OptionRule] = [
    OptionRule(
      "influx", nil, "URL",
      "send closed intervals to InfluxDB or VictoriaMetrics, such as http://HOST:8428/write or "
        + "http://HOST:8086/write?db=DB; or file:PATH or env:NAME with the URL"
    ) { (text, options) throws(UsageError) in
      options.influx = try influx(text)
      options.influxOrigin = options.origin
    }
  ]

  private static let other: [OptionRule] = [
    OptionRule("fail-on-alert", nil, nil, "exit with 3 if any alert was triggered") {
      $1.failOnAlert = true
    },
    OptionRule(
      "config", nil, "FILE",
      "options from FILE, one a line without the dashes; the command line wins "
        + "[~/.config/lm2000/config, then /etc/lm2000/config]"
    ) { _, _ in },
    OptionRule("no-config", nil, nil, "read no such file") { _, _ in },
    OptionRule("print-config", nil, nil, "print the options in force and where they come from") {
      $1.information = .config
    },
    OptionRule("formats", nil, nil, "list the log formats") { $1.information = .formats },
    OptionRule("verbose", "v", nil, "diagnostics on standard error") { $1.verbose = true },
    OptionRule("version", nil, nil, "print the version") { $1.information = .version },
    OptionRule("help", "h", nil, "print this") { $1.information = .help },
  ]
}
