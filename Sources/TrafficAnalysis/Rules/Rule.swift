import AccessLog

/// Watches closed seconds for a condition, and reports when it begins and ceases to hold.
///
/// A rule that remembers names keeps `Name`s: their numbers change.
protocol Rule: Sendable {
  var definition: RuleDefinition { get }
  /// What the limit is compared with, at the last closed second.
  var value: Rate { get }
  /// The second at which the condition began to hold, while it holds.
  var activeSince: EpochSecond? { get }

  /// The next quiet second, not after `end`, at which the rule may change; `nil` if there is none.
  /// All other quiet seconds are passed over.
  func nextChange(through end: EpochSecond) -> EpochSecond?

  /// Closes every second up to `second` and judges the last one; those before it were quiet.
  ///
  /// - Parameter figures: what was counted in `second`; `nil` if it was quiet.
  /// - Returns: what changed at `second`.
  mutating func evaluate(
    at second: EpochSecond, _ figures: SecondView?, _ names: NameTables
  ) -> [AlertTransition]
}

extension Rule {
  var state: RuleState {
    RuleState(definition: definition, value: value, activeSince: activeSince)
  }
}
