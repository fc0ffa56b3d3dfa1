import AccessLog

/// Whether an alert is active: that of a rule, or that of one of its names.
struct AlertState: Sendable {
  /// The first second of those up to now at which the condition held.
  private(set) var holdsSince: EpochSecond?
  /// The second at which the alert triggered; `nil` while it is not active.
  private(set) var activeSince: EpochSecond?
  /// The worst value since then.
  private(set) var peak: RuleValue?
  /// The first second at which the name had no hits in the window, while the alert is active.
  var goneSince: EpochSecond?

  /// Whether nothing is to be remembered.
  var isIdle: Bool { holdsSince == nil && activeSince == nil }

  /// Judges a second. The seconds since the last one that was judged had the same value.
  ///
  /// - Parameter value: `nil` if the rule is not judged at this second.
  mutating func judge(
    _ value: RuleValue?, at second: EpochSecond, _ rule: RuleDefinition
  ) -> AlertTransition.Change? {
    guard let value else {
      holdsSince = nil
      return nil
    }
    if let since = activeSince {
      peak = peak.map { rule.worse($0, value) } ?? value
      guard rule.recovers(at: value) else { return nil }
      end()
      return .recovered(since: since)
    }
    guard rule.holds(value) else {
      holdsSince = nil
      return nil
    }
    let start = holdsSince ?? second
    holdsSince = start
    guard second.seconds(since: start) >= rule.delay else { return nil }
    activeSince = second
    peak = value
    return .triggered
  }

  /// Takes over the alert of an earlier run, or ends the alert that this one has found.
  mutating func restore(_ trigger: AlertTransition?, _ rule: RuleDefinition) {
    guard let trigger else {
      if activeSince != nil { end() }
      return
    }
    peak = activeSince == nil ? trigger.peak : peak.map { rule.worse($0, trigger.peak) }
    activeSince = trigger.second
  }

  /// Ends the alert. The peak stays until another one begins.
  mutating func end() {
    (activeSince, holdsSince, goneSince) = (nil, nil, nil)
  }
}
