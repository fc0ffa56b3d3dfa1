import AccessLog

/// Alerts while the mean rate over a sliding window exceeds a threshold. The alert changes at the
/// exact second at which the mean crosses it.
struct HighTrafficRule: Rule {
  let definition: RuleDefinition
  /// The most hits in the window that do not exceed the threshold.
  private let limit: Int

  /// The seconds with hits, oldest first. Those in the window begin at the index `oldest`.
  private var seconds: [(second: EpochSecond, hits: Int)] = []
  private var oldest = 0
  private var hits = 0
  private(set) var activeSince: EpochSecond?
  /// The most hits in the window since then.
  private var peakHits = 0

  init(threshold: Threshold, window: Int64) {
    definition = .highTraffic(threshold: threshold, window: window)
    limit = threshold.limit(overWindowOf: window)
  }

  /// The mean rate over the window.
  var value: Rate { Rate(hits: hits, seconds: definition.window) }

  var peak: Rate? {
    activeSince.map { _ in Rate(hits: peakHits, seconds: definition.window) }
  }

  /// The next second at which hits leave the window, while the alert is active.
  func nextChange(through end: EpochSecond) -> EpochSecond? {
    guard activeSince != nil, oldest < seconds.count else { return nil }
    let second = seconds[oldest].second.advanced(by: definition.window)
    return second <= end ? second : nil
  }

  /// - Complexity: O(1), amortized
  mutating func evaluate(
    at second: EpochSecond, _ figures: SecondView?, _ names: NameTables
  ) -> [AlertTransition] {
    dropSeconds(through: second.advanced(by: -definition.window))
    if let figures {
      seconds.append((second, figures.hits))
      hits += figures.hits
    }
    peakHits = activeSince == nil ? hits : max(peakHits, hits)
    guard let change = change(at: second) else { return [] }
    var transition = AlertTransition(
      rule: definition, change: change, second: second, hits: hits, value: value)
    transition.peak.hits = peakHits
    return [transition]
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
