import TrafficAnalysis

/// A value beside its limit, as parts of a scale.
package struct Gauge: Equatable, Sendable {
  /// The value as a fraction of the gauge.
  package var value: Double
  /// The limit as a fraction of the gauge.
  package var limit: Double
  /// The alert is about values below the limit.
  package var isBelow = false

  /// Whether the value is on the side of the limit on which the alert is active.
  package var isBeyond: Bool { isBelow ? value < limit : value > limit }

  package init(value: Double, limit: Double) {
    (self.value, self.limit) = (value, limit)
  }

  /// The mean over the alert window beside the threshold. The scale ends at twice the threshold, or at
  /// a round multiple of it that the mean does not exceed.
  init(mean rule: RuleState) {
    let threshold = rule.definition.limit.value
    let mean = rule.rate.value
    let multiple = [2.0, 3, 5, 10, 20, 50, 100].first { mean <= $0 * threshold }
    let top = multiple.map { $0 * threshold } ?? max(mean, 1)
    // An absurd threshold has no place on a scale.
    guard top.isFinite, top > 0, threshold.isFinite else {
      self.init(value: 0, limit: 1)
      return
    }
    self.init(value: mean / top, limit: threshold / top)
  }

  /// The value of a rule beside its limit, which is in the middle for every rule. `nil` if there is no
  /// value, or if the limit has no place on a scale.
  init?(_ rule: RuleState) {
    let limit = rule.definition.limit.value
    guard let value = rule.value?.value, value.isFinite, limit.isFinite else { return nil }
    self.init(
      value: limit > 0 ? min(1, value / limit / 2) : value > 0 ? 1 : 0, limit: limit > 0 ? 0.5 : 0)
    isBelow = rule.definition.comparison == .below
  }
}
