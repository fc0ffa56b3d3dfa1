import AccessLog

/// The high-traffic alert: a sliding window over closed seconds and a state that changes at the
/// exact second at which its mean crosses the threshold.
struct HighTrafficRule: Rule {
  let definition: RuleDefinition
  /// Hits in the window that do not yet exceed the threshold.
  private let limit: Int

  /// Seconds with hits that are in the window, oldest first from `oldest` on.
  private var seconds: [(second: EpochSecond, hits: Int)] = []
  private var oldest = 0
  private var hits = 0
  private(set) var activeSince: EpochSecond?

  init(threshold: Threshold, window: Int64) {
    definition = .highTraffic(threshold: threshold, window: window)
    limit = threshold.limit(overWindowOf: window)
  }

  /// Mean hits per second over the window.
  var value: Rate { Rate(hits: hits, seconds: definition.window) }

  /// The second at which hits leave the window while an alert is up.
  func nextChange(through end: EpochSecond) -> EpochSecond? {
    guard activeSince != nil, oldest < seconds.count else { return nil }
    let second = seconds[oldest].second.advanced(by: definition.window)
    return second <= end ? second : nil
  }

  /// - Complexity: amortized O(1).
  mutating func evaluate(
    at second: EpochSecond, _ figures: SecondView?, _ names: NameTables
  ) -> [AlertTransition] {
    dropSeconds(through: second.advanced(by: -definition.window))
    if let figures {
      seconds.append((second, figures.hits))
      hits += figures.hits
    }
    guard let change = change(at: second) else { return [] }
    return [
      AlertTransition(rule: definition, change: change, second: second, hits: hits, value: value)
    ]
  }

  private mutating func dropSeconds(through end: EpochSecond) {
    while oldest < seconds.count, seconds[oldest].second <= end {
      hits -= seconds[oldest].hits
      oldest += 1
    }
    if oldest > 1024, oldest * 2 > seconds.count {
      seconds.removeFirst(oldest)
      oldest = 0
    }
  }

  private mutating func change(at second: EpochSecond) -> AlertTransition.Change? {
    switch activeSince {
    case nil where hits > limit:
      activeSince = second
      return .triggered
    case .some(let since) where hits <= limit:
      activeSince = nil
      return .recovered(since: since)
    default:
      return nil
    }
  }
}

extension RuleDefinition {
  /// More hits per second than the threshold, as a mean over the window of so many seconds.
  package static func highTraffic(threshold: Threshold, window: Int64) -> RuleDefinition {
    RuleDefinition(name: highTrafficName, metric: "rate", limit: threshold, window: window)
  }

  package static let highTrafficName = "high-traffic"
}
