import AccessLog

/// Watches closed seconds for a condition and reports when it begins and ceases to hold.
///
/// A rule that stores names must store `Name` values, because name IDs change.
protocol Rule: Sendable {
  /// What the rule watches.
  var definition: RuleDefinition { get }
  /// The value compared with the limit, as of the last closed second.
  var value: Rate { get }
  /// The second at which the condition began to hold, while it holds.
  var activeSince: EpochSecond? { get }
  /// The greatest value since then; `nil` while the condition does not hold.
  var peak: Rate? { get }

  /// The next empty second, not after `end`, at which the alert may change; `nil` if there is none.
  /// Other empty seconds are skipped.
  func nextChange(through end: EpochSecond) -> EpochSecond?

  /// Evaluates the condition at `second`. All seconds since the previous evaluation were empty.
  ///
  /// - Parameter figures: the hits in `second`; `nil` if it was empty.
  /// - Returns: the changes at `second`. `ClosedTraffic` adds which names grew in the rule's window.
  mutating func evaluate(
    at second: EpochSecond, _ figures: SecondView?, _ names: NameTables
  ) -> [AlertTransition]
}

extension Rule {
  /// The state as of the last closed second.
  var state: RuleState {
    var state = RuleState(definition: definition, value: value, activeSince: activeSince)
    state.peak = peak
    return state
  }
}
