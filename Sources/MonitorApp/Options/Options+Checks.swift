import AccessLog
import Conditions
import KafkaTransfer
import LogInput

// Whether the options fit together.

extension Setting {
  /// The options that cannot be combined with one of the config file that the command line may
  /// contradict.
  private static let rivals: [String: Set<String>] = [
    "follow": ["replay"], "no-follow": [listener],
    "replay": ["follow", "act", "show-history", listener, topic], "output": ["demo", "act"],
    "filter": ["act", "show-history"], "history": ["demo", "act"], "tail": ["act", "show-history"],
    "influx": ["act", "show-history"], "metrics": ["act", "show-history"],
    "events": ["act", "show-history"],
  ]

  /// Stands for a listener among the options of the command line. No option has such a name.
  static let listener = "syslog:"
  /// The same for a topic.
  static let topic = "kafka:"

  /// Whether options of the command line exclude it, so that it does not count.
  func isOverruled(by typed: Set<String>) -> Bool {
    !(Self.rivals[rule.name] ?? []).isDisjoint(with: typed)
  }
}

extension Options {
  /// - Throws: the first two options that exclude each other, or what refers to nothing.
  mutating func check() throws(UsageError) {
    if replay, follow == true {
      throw conflict(
        "follow", reason: "a replay ends with the file; leave out --replay or --follow")
    }
    try checkListeners()
    try checkTopics()
    try checkDemo()
    try checkEvents()
    try checkHistory()
    try checkEventStream()
    try checkPublishing()
    try checkListening()
    try checkRange()
    try checkRuleNames()
    try checkActions()
  }

  /// A listener is followed, and cannot be replayed.
  private func checkListeners() throws(UsageError) {
    for path in paths where ListenAddress.isListener(path) {
      let object = "\(path)"
      let address: ListenAddress
      do throws(ListenAddress.Mistake) {
        address = try ListenAddress(path)
      } catch {
        throw .conflict(object: object, reason: error.text)
      }
      if !address.isLoopback, !listensAny {
        throw .conflict(
          object: object,
          reason: "other machines can reach that address: add --listen-any if they may send lines")
      }
      if replay {
        throw .conflict(object: object, reason: "cannot be replayed: leave out --replay")
      }
      if follow == false {
        throw .conflict(object: object, reason: "is always followed: leave out --no-follow")
      }
    }
  }

  /// A topic has a correct address, and cannot be replayed.
  private func checkTopics() throws(UsageError) {
    for path in paths where KafkaAddress.isTopic(path) {
      _ = try OptionTable.topic(String(decoding: path.bytes, as: UTF8.self), "\(path)")
      if replay {
        throw .conflict(object: "\(path)", reason: "cannot be replayed: leave out --replay")
      }
    }
  }

  private func checkDemo() throws(UsageError) {
    guard demo else { return }
    if let path = paths.first {
      throw .conflict(object: "--demo", reason: "needs no log: leave out \(path)")
    }
    if let output, output != .dashboard {
      throw .conflict(
        object: "--demo", reason: "is for the dashboard: leave out --output \(output.rawValue)")
    }
  }

  /// What reads events instead of a log has no use for what concerns logs.
  private func checkEvents() throws(UsageError) {
    guard actsOnEvents else { return }
    let unwanted: [(String, Bool)] = [
      ("--demo", demo), ("--filter", analysis.filter != nil), ("--output", output != nil),
      ("--replay", replay), ("--influx", influx != nil), ("--metrics", metrics != nil),
      // Of a topic, it says where the first run begins.
      ("--tail", tail != nil && eventTopic == nil),
    ]
    if let option = unwanted.first(where: \.1)?.0 {
      throw .conflict(object: "--act", reason: "reads events, not a log: leave out \(option)")
    }
  }

  /// What other machines can reach is asked for twice.
  private func checkListening() throws(UsageError) {
    guard let metrics, !metrics.isLoopback, !listensAny else { return }
    throw conflict(
      "metrics",
      reason: "other machines can reach \(metrics): add --listen-any if they may, or use 127.0.0.1")
  }

  /// `--until` is after `--since`. If one of them stands in the config file, the other one wins.
  private mutating func checkRange() throws(UsageError) {
    guard let since, let until, until.isCertainlyNotAfter(since) else { return }
    let places = ["since", "until"].map { place(of: $0) }
    guard places.contains(.commandLine), let file = places.firstIndex(where: { $0 != .commandLine })
    else { throw UsageError.emptyRange.located(at: places[1]) }
    if file == 0 { self.since = nil } else { self.until = nil }
    settings.removeAll { $0.rule.name == (file == 0 ? "since" : "until") }
  }

  /// Every rule has another name; the high-traffic rule has one too.
  private func checkRuleNames() throws(UsageError) {
    var rules = analysis.rules
    if analysis.alertsOnHighTraffic {
      rules.insert(.highTraffic(threshold: analysis.threshold, window: analysis.alertWindow), at: 0)
    }
    guard let second = RuleDefinition.firstRepeatedName(in: rules) else { return }
    let name = rules[second].name
    let written = self.rules[second - (rules.count - analysis.rules.count)]
    let isOfDefault = analysis.alertsOnHighTraffic && name == RuleDefinition.highTrafficName
    let error = UsageError.badExpression(
      option: "--alert", text: written.text,
      GrammarError(
        isOfDefault
          ? "the default alert is called \(name): choose another name, or add --no-default-alert"
          : "another rule is called \(name)", at: 0))
    throw error.located(at: written.origin)
  }

  /// Where an option was given last.
  func place(of option: String) -> SettingOrigin {
    settings.last { $0.rule.name == option }?.origin ?? .commandLine
  }

  func conflict(_ option: String, reason: String) -> UsageError {
    UsageError.conflict(object: "--" + option, reason: reason).located(at: place(of: option))
  }
}

extension ListenAddress.Mistake {
  /// What is expected.
  fileprivate var text: String {
    switch self {
    case .port: "expected a port from 1 to 65535, as in syslog:5514"
    case .address: "expected an address, as in syslog:127.0.0.1:5514 or syslog:[::1]:5514"
    }
  }
}
