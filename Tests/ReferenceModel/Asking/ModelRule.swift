/// A rule that the user sets: `NAME: METRIC OP LIMIT ...`.
package struct ModelRule: Equatable, Sendable {
  /// What is judged.
  package enum Metric: Equatable, Sendable {
    case rate
    /// The share of the hits that satisfy a filter, in percent.
    case share(ModelFilter)
    /// A percentile of the latencies.
    case percentile(Int)
    /// In bytes a second.
    case bandwidth
    case clients
    // Of the lines, in percent.
    case late, rejected, future
    /// The rate as a multiple of what is usual.
    case growth

    /// As a user writes it.
    package var text: String {
      switch self {
      case .rate: "rate"
      case .share(let filter): "share(\(filter.text))"
      case .percentile(let share): "p\(share)"
      case .bandwidth: "bandwidth"
      case .clients: "clients"
      case .late: "late"
      case .rejected: "rejected"
      case .future: "future"
      case .growth: "growth"
      }
    }

    /// Whether it is one of lines.
    package var isOfLines: Bool { self == .late || self == .rejected || self == .future }

    package var isPercentile: Bool {
      if case .percentile = self { true } else { false }
    }

    /// Whether it is a share of something, in percent.
    package var isPercentage: Bool {
      if case .share = self { true } else { isOfLines }
    }

    /// With fewer hits the rule is not judged.
    fileprivate var usualMinimum: Int {
      if case .share = self { 1 } else { isPercentile ? 1 : 0 }
    }
  }

  package var name: String
  package var metric: Metric
  /// Whether it is for values above the limit; else below.
  package var isAbove = true
  /// In the unit of the metric; seconds for a latency.
  package var limit: ModelNumber
  /// At which it recovers; the limit where it is not set.
  package var clear: ModelNumber?
  /// The length of the window in seconds.
  package var window: Int64 = 120
  /// How long the condition must hold, in seconds.
  package var hold: Int64 = 0
  package var minimum: Int?
  package var condition: ModelFilter?
  package var key: ModelRuleKey?
  /// The whole rule, as a user writes it.
  package var text = ""

  package init(name: String, metric: Metric, limit: ModelNumber) {
    (self.name, self.metric, self.limit) = (name, metric, limit)
  }

  /// With fewer hits in the window it is not judged.
  var hitsNeeded: Int { minimum ?? metric.usualMinimum }

  /// Whether a value is beyond the limit.
  func isExceeded(by value: ModelNumber) -> Bool { isAbove ? limit < value : value < limit }

  /// Whether a value ends an alert.
  func isCleared(by value: ModelNumber) -> Bool {
    let bound = clear ?? limit
    return isAbove ? !(bound < value) : !(value < bound)
  }
}

/// What a rule judges every name of.
package enum ModelRuleKey: String, CaseIterable, Sendable {
  case section, path, client, host, user, referrer, agent, status, source, method

  /// `nil` for a hit without a method.
  func name(of record: ModelRecord) -> [UInt8]? {
    switch self {
    case .section: record.request.section
    case .client: record.client
    case .method: record.request.methodName.map { Array($0.utf8) }
    default: ModelDimension(rawValue: rawValue)!.name(of: record)
    }
  }
}
