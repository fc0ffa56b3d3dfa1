/// What a rule watches, and who is told. Its alert is active while the condition holds.
package struct RuleDefinition: Hashable, Sendable {
  /// On which side of the limit a value raises the alert.
  package enum Comparison: String, Hashable, Sendable {
    case above = ">"
    case below = "<"
  }

  /// Whose hits a rule judges apart from those of the others.
  package enum Subject: Hashable, Sendable {
    case dimension(Dimension)
    case method

    /// As it is written in a rule.
    package var text: String {
      switch self {
      case .dimension(let dimension): "\(dimension.profile.name)"
      case .method: "method"
      }
    }
  }

  /// The name of the rule.
  package var name: String
  package var metric: RuleMetric
  package var comparison = Comparison.above
  /// In the unit of the metric: hits per second, percent, seconds, bytes per second, a number.
  package var limit: Threshold
  /// The length of the window over which the metric is computed, in seconds; at least 1.
  package var window: Int64
  /// How long the condition must have held before the alert triggers, in seconds.
  package var delay: Int64 = 0
  /// The value at which the alert recovers; `nil` for the limit.
  package var clear: Threshold?
  /// The number of hits in the window below which the rule is not judged.
  package var leastHits = 0
  /// Only hits that satisfy it count; `nil` for all.
  package var condition: Condition?
  /// Every name of it is judged by itself; `nil` to judge all hits together.
  package var subject: Subject?
  /// The names of the actions that are told; `nil` for all of them.
  package var actions: [String]?

  /// - Parameters:
  ///   - limit: in the unit of the metric.
  ///   - window: in seconds.
  package init(name: String, metric: RuleMetric, limit: Threshold, window: Int64) {
    self.name = name
    self.metric = metric
    self.limit = limit
    self.window = window
  }
}

extension RuleDefinition {
  /// The rule that alerts while the mean rate over a window exceeds the threshold.
  ///
  /// - Parameter window: the length of the window in seconds.
  package static func highTraffic(threshold: Threshold, window: Int64) -> RuleDefinition {
    RuleDefinition(name: highTrafficName, metric: .rate, limit: threshold, window: window)
  }

  /// The name of the rule in machine-readable output.
  package static let highTrafficName = "high-traffic"
}
