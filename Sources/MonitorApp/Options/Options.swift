import AccessLog
import Actions
import Conditions
import Engine
import KafkaTransfer
import LogInput
import LogParsing
import MetricsServer
import StreamOutput
import TerminalCanvas
import TrafficAnalysis
import WebTransfer

/// The command line, parsed and checked. Nothing is opened or executed yet.
package struct Options: Equatable, Sendable {
  /// The form of the output.
  package enum Output: String, Sendable { case dashboard, text, ndjson, lines }
  /// The zone in which times are displayed.
  package enum Times: Sendable { case local, utc, log }
  /// Whether the dashboard uses colours.
  package enum Color: String, Sendable { case auto, always, never }
  /// The colours of the dashboard.
  package enum ThemeChoice: Equatable, Sendable {
    /// Those that suit the terminal's background.
    case auto
    case named(Theme)

    /// - Parameter name: `auto`, or the name of a theme.
    init?(_ name: String) {
      if name == "auto" {
        self = .auto
      } else if let theme = Theme(rawValue: name) {
        self = .named(theme)
      } else {
        return nil
      }
    }

    /// The theme; `nil` to choose it by the terminal's background.
    package var theme: Theme? { if case .named(let theme) = self { theme } else { nil } }
  }

  /// A text that is printed instead of monitoring a log.
  package enum Information: Sendable { case help, version, formats, config }

  /// The text to print; `nil` to monitor a log.
  package var information: Information?
  /// The logs; `-` is standard input.
  package var paths: [Name] = []
  /// Whether the log is followed after its end; `nil` to decide by the output.
  package var follow: Bool?
  /// The number of last lines to begin with; `nil` to begin at the start.
  package var tail: Int?
  /// The log is replayed at the pace of its timestamps.
  package var replay = false
  /// The speed of a replay.
  package var speed = ReplaySpeed.times(1)
  /// The longest pause of a replay in a quiet part of the log, in seconds.
  package var maxGap: Double = 5
  /// The settings of the analysis.
  package var analysis = AnalysisOptions()
  /// The rules as they were written, in the order of those of the analysis.
  var rules: [WrittenRule] = []
  /// All options that were given, those of the config file first.
  var settings: [Setting] = []
  /// Where the option stands that is being applied.
  var origin = SettingOrigin.commandLine
  /// What is ranked, as the command line says; empty for the default.
  package var rank: [Dimension] = []
  /// Whether the figures of the whole run are reported at its end; `nil` to decide by the output.
  package var totals: Bool?
  /// The name of the log format, or a string that describes it; `nil` to detect it.
  package var format: String?
  /// The zone of times that the log writes without one; `nil` for UTC.
  package var logZone: NamedZone?
  /// Earlier records are ignored.
  package var since: TimeArgument?
  /// Records at this time or later are ignored.
  package var until: TimeArgument?
  /// The form of the output; `nil` for the dashboard on a terminal and text elsewhere.
  package var output: Output?
  /// The zone in which times are displayed; `nil` for the local one, or the one that is remembered.
  package var times: Times?
  /// Whether the dashboard uses colours.
  package var color = Color.auto
  /// The colours of the dashboard; `nil` if the command line does not say, which means `auto`.
  package var theme: ThemeChoice?
  /// Only ASCII characters are drawn.
  package var ascii = false
  /// The terminal rings when an alert triggers.
  package var bell = false
  /// What makes alerts known.
  package var actions: [ActionDefinition] = []
  /// Where each of them was given.
  var actionOrigins: [SettingOrigin] = []
  /// The action to test instead of monitoring a log; `nil` for none.
  package var testedAction: String?
  /// Events are acted upon instead of monitoring a log.
  package var actsOnEvents = false
  /// The topic with the events; `nil` for standard input.
  package var eventTopic: KafkaAddress?
  /// The file in which alerts and minutes are kept; `nil` to keep none.
  package var history: String?
  /// What that file holds is printed instead of monitoring a log.
  package var showsHistory = false
  /// Where closed seconds are published, instead of being analyzed; `nil` if they are analyzed.
  package var publish: StreamAddress?
  /// The name of this run in what it publishes; `nil` for that of the machine and the log.
  package var sender: String?
  /// The URL that closed intervals are sent to; `nil` to send none.
  package var influx: SettingSource?
  /// Where it was given.
  var influxOrigin = SettingOrigin.commandLine
  /// Where events are published; `nil` for nowhere.
  package var events: StreamAddress?
  /// Where that was given.
  var eventsOrigin = SettingOrigin.commandLine
  /// Where figures are served to Prometheus; `nil` if they are not.
  package var metrics: ServerAddress?
  /// How to reach Kafka.
  package var kafka = KafkaSettings()
  /// Servers and listeners may use addresses that other machines can reach.
  package var listensAny = false
  /// An alert makes the exit status 3.
  package var failOnAlert = false
  /// Simulated traffic replaces the log.
  package var demo = false
  /// Diagnostics are printed on standard error.
  package var verbose = false

  /// The defaults.
  package init() {}

  /// The zone in which times are displayed.
  var shownTimes: Times { times ?? .local }

  /// The log format; `nil` to detect it.
  var namedFormat: NamedFormat? { format.flatMap { try? NamedFormat($0) } }

  /// What logs do not say.
  var parsing: ParsingOptions {
    var parsing = ParsingOptions()
    if let zone = logZone { parsing.zone = zone.assumedZone }
    return parsing
  }

  /// Whether the log is followed after its end.
  var isFollowing: Bool { follow == true }

  /// Whether a source is a listener and not a log.
  package var hasListener: Bool { paths.contains(where: ListenAddress.isListener) }
  /// Whether a source is a topic of Kafka.
  var hasTopic: Bool { paths.contains(where: KafkaAddress.isTopic) }

  /// The range of time that `--since` and `--until` request.
  var range: RequestedRange { RequestedRange(since: since, until: until, zone: shownTimes) }

  /// Parses a command line, after the config file.
  ///
  /// - Parameter arguments: the arguments without the name of the program. They are bytes because a
  ///   path need not be valid UTF-8.
  ///   - readConfig: reads the config file.
  /// - Throws: the first mistake in the command line or the config file.
  package static func parse(
    _ arguments: [[UInt8]],
    readConfig: (ConfigChoice) throws(UsageError) -> ConfigText? = { _ in nil }
  ) throws(UsageError) -> Options {
    var options = Options()
    var given: [Setting] = []
    var scanner = ArgumentScanner(arguments)
    while let argument = try scanner.next() {
      switch argument {
      case .operand(let bytes): options.paths.append(Name(bytes))
      case .option(let rule, let value):
        given.append(Setting(rule: rule, value: value, origin: .commandLine))
      }
    }
    // Help is printed whatever the config file says, and whatever else the command line says.
    let needsConfig = !given.contains { ["help", "version", "formats"].contains($0.rule.name) }
    if needsConfig, let text = try readConfig(configChoice(given)) {
      var typed = Set(given.map(\.rule.name))
      if options.hasListener { typed.insert(Setting.listener) }
      if options.hasTopic { typed.insert(Setting.topic) }
      for setting in try text.settings() where !setting.isOverruled(by: typed) {
        try options.apply(setting)
      }
    }
    for setting in given { try options.apply(setting) }
    if options.information != .help, needsConfig { try options.check() }
    return options
  }

  /// The config file that a command line asks for.
  private static func configChoice(_ given: [Setting]) -> ConfigChoice {
    switch given.last(where: { ["config", "no-config"].contains($0.rule.name) }) {
    case let setting? where setting.rule.name == "config": .file(setting.value)
    case .some: .none
    case nil: .usual
    }
  }

  private mutating func apply(_ setting: Setting) throws(UsageError) {
    origin = setting.origin
    do throws(UsageError) {
      try setting.rule.apply(setting.value, &self)
    } catch {
      throw error.located(at: setting.origin)
    }
    settings.append(setting)
  }

  /// Adds a rule. One of the command line replaces the one of that name in the config file.
  mutating func add(_ rule: RuleDefinition, _ text: String) {
    if origin == .commandLine,
      let place = rules.indices.first(where: {
        rules[$0].origin != .commandLine && analysis.rules[$0].name == rule.name
      })
    {
      let replaced = rules[place].text
      settings.removeAll { $0.rule.name == "alert" && $0.value == replaced && $0.origin != origin }
      analysis.rules[place] = rule
      rules[place] = WrittenRule(text: text, origin: origin)
      return
    }
    analysis.rules.append(rule)
    rules.append(WrittenRule(text: text, origin: origin))
  }
}

/// A rule as it was written.
struct WrittenRule: Equatable, Sendable {
  var text: String
  var origin: SettingOrigin
}
