import AccessLog

/// The value that a rule compares with its limit.
package enum RuleValue: Equatable, Sendable {
  /// An exact fraction in the unit of the metric: hits or bytes per second, percent, a number.
  case ratio(Rate)
  /// A percentile of the latencies in microseconds, within the error of `LatencyScale`.
  case latency(Double)

  /// The value with binary rounding, in the unit of the metric; latencies in seconds.
  package var value: Double {
    switch self {
    case .ratio(let rate): rate.value
    case .latency(let microseconds): microseconds / 1e6
    }
  }

  /// How it compares with a limit: below 0 if it is less, above 0 if it is greater.
  func compare(_ limit: Threshold) -> Int {
    switch self {
    case .ratio(let rate): return limit.compare(Int128(rate.hits), over: Int128(rate.seconds))
    case .latency:
      let limit = limit.value
      return value < limit ? -1 : value > limit ? 1 : 0
    }
  }

  /// A fraction whose parts may be large. What exceeds 2^63 loses precision.
  static func fraction(_ numerator: Int128, _ denominator: Int128) -> RuleValue {
    var (numerator, denominator) = (numerator, denominator)
    while numerator > Int128(Int.max) || denominator > Int128(Int64.max) {
      numerator >>= 1
      denominator >>= 1
    }
    return .ratio(Rate(hits: Int(numerator), seconds: Int64(max(1, denominator))))
  }
}

extension RuleDefinition {
  /// Whether a value is on the side of the limit on which the alert is active.
  func holds(_ value: RuleValue) -> Bool {
    switch comparison {
    case .above: value.compare(limit) > 0
    case .below: value.compare(limit) < 0
    }
  }

  /// Whether an active alert recovers at a value.
  func recovers(at value: RuleValue) -> Bool {
    switch comparison {
    case .above: value.compare(clear ?? limit) <= 0
    case .below: value.compare(clear ?? limit) >= 0
    }
  }

  /// The value of the two that is further from recovery.
  func worse(_ left: RuleValue, _ right: RuleValue) -> RuleValue {
    let isLeft = comparison == .above ? left.value >= right.value : left.value <= right.value
    return isLeft ? left : right
  }
}
