import AccessLog
import Conditions
import Engine
import LogParsing
import TerminalCanvas
import TrafficAnalysis

/// The command line, parsed and checked. Nothing is opened or executed yet.
package struct Options: Equatable, Sendable {
  /// The form of the output.
  package enum Output: String, Sendable { case dashboard, text, ndjson }
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
  package enum Information: Sendable { case help, version, formats }

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
  var ruleTexts: [String] = []
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

  /// The range of time that `--since` and `--until` request.
  var range: RequestedRange { RequestedRange(since: since, until: until, zone: shownTimes) }

  /// Parses a command line.
  ///
  /// - Parameter arguments: the arguments without the name of the program. They are bytes because a
  ///   path need not be valid UTF-8.
  /// - Throws: the first mistake in the command line.
  package static func parse(_ arguments: [[UInt8]]) throws(UsageError) -> Options {
    var options = Options()
    var scanner = ArgumentScanner(arguments)
    while let argument = try scanner.next() {
      switch argument {
      case .operand(let bytes): options.paths.append(Name(bytes))
      case .option(let option, let value): try option.apply(value, &options)
      }
    }
    // Help is printed whatever else the command line says.
    if options.information == nil { try options.check() }
    return options
  }

  /// Every rule has another name; the high-traffic rule has one too.
  private func checkRuleNames() throws(UsageError) {
    var rules = analysis.rules
    if analysis.alertsOnHighTraffic {
      rules.insert(.highTraffic(threshold: analysis.threshold, window: analysis.alertWindow), at: 0)
    }
    guard let second = RuleDefinition.firstRepeatedName(in: rules) else { return }
    let text = ruleTexts[second - (rules.count - analysis.rules.count)]
    throw .badExpression(
      option: "--alert", text: text,
      GrammarError("another rule is called \(rules[second].name)", at: 0))
  }

  private func check() throws(UsageError) {
    if replay, follow == true {
      throw .conflict(
        object: "--follow", reason: "a replay ends with the file; leave out --replay or --follow")
    }
    if demo, !paths.isEmpty {
      throw .conflict(object: "--demo", reason: "needs no log: leave out \(paths[0])")
    }
    if let since, let until, until.isCertainlyNotAfter(since) {
      throw .emptyRange
    }
    try checkRuleNames()
  }
}
