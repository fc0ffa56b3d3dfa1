import AccessLog

/// What a rule watches. Its alert is active while the metric exceeds the limit.
package struct RuleDefinition: Equatable, Sendable {
  /// The name of the rule in machine-readable output.
  package var name: String
  /// The name of the metric, such as `rate`.
  package var metric: String
  /// The value to exceed.
  package var limit: Threshold
  /// The length of the window over which the metric is computed, in seconds; at least 1.
  package var window: Int64

  package init(name: String, metric: String, limit: Threshold, window: Int64) {
    self.name = name
    self.metric = metric
    self.limit = limit
    self.window = window
  }
}

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
