import AccessLog

/// The state of a rule as of the last closed second.
package struct RuleState: Equatable, Sendable {
  /// What the rule watches.
  package var definition: RuleDefinition
  /// The value compared with the limit; that of the worst name where each is judged by itself. `nil`
  /// if there is none, or too few hits to judge it.
  package var value: RuleValue?
  /// The name with that value, if each is judged by itself.
  package var key: Name?
  /// The second at which the alert triggered, or the oldest of them; `nil` while none is active.
  package var activeSince: EpochSecond?
  /// The worst value since then; `nil` while the alert is not active.
  package var peak: RuleValue?
  /// The names with an active alert, and the worst value of each since it triggered; empty if all hits
  /// are judged together.
  package var peaks: [Name: RuleValue] = [:]
  /// The number of names with an active alert; 0 or 1 if all hits are judged together.
  package var activeCount = 0
  /// The number of names that were not judged, because there were too many.
  package var leftOut = 0
  /// Whether it never alerts: its value is shown only.
  package var isSilent = false

  /// The value as a rate: that of the high-traffic rule always is one.
  package var rate: Rate {
    get { if case .ratio(let rate)? = value { rate } else { Rate(hits: 0, seconds: 1) } }
    set { value = .ratio(newValue) }
  }

  package init(definition: RuleDefinition, value: RuleValue?, activeSince: EpochSecond? = nil) {
    self.definition = definition
    self.value = value
    self.activeSince = activeSince
    activeCount = activeSince == nil ? 0 : 1
  }
}
