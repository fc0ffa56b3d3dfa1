import AccessLog

/// What a rule watches: an alert is up while the metric exceeds the limit.
package struct RuleDefinition: Equatable, Sendable {
  package var name: String
  /// What is compared with the limit: `rate`.
  package var metric: String
  package var limit: Threshold
  /// The length of the window that the metric is taken over, in seconds; at least 1.
  package var window: Int64

  package init(name: String, metric: String, limit: Threshold, window: Int64) {
    self.name = name
    self.metric = metric
    self.limit = limit
    self.window = window
  }
}

/// Where a rule stands at the last closed second.
package struct RuleState: Equatable, Sendable {
  package var definition: RuleDefinition
  /// What the limit is compared with.
  package var value: Rate
  /// The second at which the alert triggered, while it is up.
  package var activeSince: EpochSecond?

  package init(definition: RuleDefinition, value: Rate, activeSince: EpochSecond? = nil) {
    self.definition = definition
    self.value = value
    self.activeSince = activeSince
  }
}
