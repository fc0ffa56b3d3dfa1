/// What a rule computes over its window.
package enum RuleMetric: Hashable, Sendable {
  /// Hits per second.
  case rate
  /// The percentage of the hits that satisfy a condition.
  case share(Condition)
  /// A percentile of the latencies, in seconds: 50, 90, 95 or 99.
  case percentile(Int)
  /// Response bytes per second.
  case bandwidth
  /// The number of distinct clients.
  case clients
  /// The percentage of late lines among the lines read while the seconds of the window closed.
  case late
  /// The percentage of rejected lines among them.
  case rejected
  /// The percentage of lines rejected because their time is in the future among them.
  case future
  /// The rate divided by the mean rate before the window.
  case growth

  /// As it is written in a rule.
  package var text: String {
    switch self {
    case .rate: "rate"
    case .share(let condition): "share(\(condition.text))"
    case .percentile(let share): "p\(share)"
    case .bandwidth: "bandwidth"
    case .clients: "clients"
    case .late: "late"
    case .rejected: "rejected"
    case .future: "future"
    case .growth: "growth"
    }
  }

  /// Whether it is a percentage.
  package var isPercentage: Bool {
    switch self {
    case .share, .late, .rejected, .future: true
    default: false
    }
  }

  /// Whether it is about all lines, whatever their fields are.
  package var isOfLines: Bool {
    switch self {
    case .late, .rejected, .future: true
    default: false
    }
  }
}
