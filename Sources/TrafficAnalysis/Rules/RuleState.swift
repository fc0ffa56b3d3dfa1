import AccessLog

/// The state of a rule as of the last closed second.
package struct RuleState: Equatable, Sendable {
  /// What the rule watches.
  package var definition: RuleDefinition
  /// The value compared with the limit.
  package var value: Rate
  /// The second at which the alert triggered; `nil` while it is not active.
  package var activeSince: EpochSecond?
  /// The greatest value since then; `nil` while the alert is not active.
  package var peak: Rate?

  package init(definition: RuleDefinition, value: Rate, activeSince: EpochSecond? = nil) {
    self.definition = definition
    self.value = value
    self.activeSince = activeSince
  }
}
