import AccessLog
import SafeText
import TrafficAnalysis

extension AlertTransition {
  /// The subject of the alert: `High traffic`, or the name of the rule and its key.
  package var subject: SafeString {
    if isOfHighTraffic { return "High traffic" }
    guard let key else { return SafeString(rule.name) }
    return SafeString(rule.name) + " (" + SafeString(key.bytes) + ")"
  }

  /// The message for the transition, the same in every output.
  ///
  /// - Parameter time: formats a time as this output does.
  package func message(time: (EpochSecond) -> String) -> SafeString {
    let second = time(second)
    switch change {
    case .triggered:
      return triggerText + SafeString(", triggered at \(second)")
    case .recovered(let since):
      let lasted = DurationText(seconds: self.second.seconds(since: since)).text
      return recoveryText + SafeString(", recovered at \(second), lasted \(lasted)")
    }
  }

  private var isOfHighTraffic: Bool { rule.name == RuleDefinition.highTrafficName }

  private var triggerText: SafeString {
    isOfHighTraffic
      ? SafeString("High traffic generated an alert - hits = \(value.fixedText)")
      : subject
        + SafeString(
          ": \(rule.metric.text) \(value.fixedText) \(rule.comparison.rawValue) \(rule.limit.text)")
  }

  private var recoveryText: SafeString {
    isOfHighTraffic
      ? SafeString("Traffic recovered - hits = \(value.fixedText)")
      : subject + SafeString(": \(rule.metric.text) \(value.fixedText)")
  }
}
