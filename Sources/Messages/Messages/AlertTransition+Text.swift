import AccessLog
import SafeText
import TrafficAnalysis

extension AlertTransition {
  /// The subject of the alert: `High traffic`, or the name of the rule and its key.
  package var subject: SafeString { SafeString(rawSubject) }

  /// The message for the transition, the same in every output for people.
  ///
  /// - Parameter time: formats a time as this output does.
  package func message(time: (EpochSecond) -> String) -> SafeString {
    SafeString(rawMessage(time: time))
  }

  /// The message with the key as it stands in the log, for an output with escapes of its own.
  ///
  /// - Parameter time: formats a time as this output does.
  package func rawMessage(time: (EpochSecond) -> String) -> [UInt8] {
    let second = time(second)
    switch change {
    case .triggered:
      return triggerText + ", triggered at \(second)".utf8
    case .recovered(let since):
      let lasted = DurationText(seconds: self.second.seconds(since: since)).text
      return recoveryText + ", recovered at \(second), lasted \(lasted)".utf8
    }
  }

  /// Whether it is of the rule that has a wording of its own.
  private var isOfHighTraffic: Bool {
    rule.name == RuleDefinition.highTrafficName && rule.metric == .rate
      && rule.comparison == .above && rule.condition == nil && key == nil
  }

  private var rawSubject: [UInt8] {
    if isOfHighTraffic { return Array("High traffic".utf8) }
    guard let key else { return Array(rule.name.utf8) }
    return Array("\(rule.name) (".utf8) + key.bytes + ")".utf8
  }

  private var triggerText: [UInt8] {
    if isOfHighTraffic {
      return Array("High traffic generated an alert - hits = \(value.fixedText)".utf8)
    }
    let comparison = "\(value.fixedText) \(rule.comparison.rawValue) \(rule.limit.text)"
    return rawSubject + ": \(rule.metric.text) \(comparison)".utf8
  }

  private var recoveryText: [UInt8] {
    isOfHighTraffic
      ? Array("Traffic recovered - hits = \(value.fixedText)".utf8)
      : rawSubject + ": \(rule.metric.text) \(value.fixedText)".utf8
  }
}
