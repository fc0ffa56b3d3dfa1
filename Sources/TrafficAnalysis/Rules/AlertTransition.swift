import AccessLog

/// A change of an alert when a second closes, with all the facts a message about it needs.
package struct AlertTransition: Equatable, Sendable {
  /// How the alert has changed.
  package enum Change: Equatable, Sendable {
    /// The condition of the rule has begun to hold.
    case triggered
    /// The condition has ceased to hold. `since` is the second at which the alert had triggered.
    case recovered(since: EpochSecond)
  }

  /// The rule of the alert.
  package var rule: RuleDefinition
  /// The affected name, if the rule watches each name of a dimension separately.
  package var key: Name?
  /// What has changed.
  package var change: Change
  /// The second at which the alert changed.
  package var second: EpochSecond
  /// The hits in the window that ends with `second`.
  package var hits: Int
  /// The value compared with the limit of the rule.
  package var value: RuleValue
  /// The worst value while the alert was active; that of the transition for a trigger.
  package var peak: RuleValue
  /// What grew when the alert triggered, in each dimension by growth; empty for a recovery.
  package var changes = PerDimension<[NameChange]>(repeating: [])

  package init(
    rule: RuleDefinition, key: Name? = nil, change: Change, second: EpochSecond, hits: Int,
    value: RuleValue
  ) {
    self.rule = rule
    self.key = key
    self.change = change
    self.second = second
    self.hits = hits
    self.value = value
    peak = value
  }
}
