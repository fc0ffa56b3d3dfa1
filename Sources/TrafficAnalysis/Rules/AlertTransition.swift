import AccessLog

/// The alert of a rule changing its state at the close of a second, with all that a message about it
/// needs.
package struct AlertTransition: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case triggered
    /// `since` is the second at which the alert had triggered.
    case recovered(since: EpochSecond)
  }

  package var rule: RuleDefinition
  /// The name that the rule found, where it watches each name of a dimension by itself.
  package var key: Name?
  package var change: Change
  /// The closed second at which it was found.
  package var second: EpochSecond
  /// Hits in the window that ends there.
  package var hits: Int
  /// What the limit of the rule is compared with.
  package var value: Rate

  package init(
    rule: RuleDefinition, key: Name? = nil, change: Change, second: EpochSecond, hits: Int,
    value: Rate
  ) {
    self.rule = rule
    self.key = key
    self.change = change
    self.second = second
    self.hits = hits
    self.value = value
  }
}
