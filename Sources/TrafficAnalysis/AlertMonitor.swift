import AccessLog

/// The high-traffic alert: a sliding window over closed seconds and a state that changes at the
/// exact second at which its mean crosses the threshold.
struct AlertMonitor: Sendable {
  let window: Int64
  /// Hits in the window that do not yet exceed the threshold.
  let limit: Int

  /// Seconds with hits that are in the window, oldest first from `oldest` on.
  private var seconds: [(second: EpochSecond, hits: Int)] = []
  private var oldest = 0
  private(set) var hits = 0
  private(set) var alertingSince: EpochSecond?

  init(threshold: Threshold, window: Int64) {
    self.window = window
    limit = threshold.limit(overWindowOf: window)
  }

  /// The next second, not after `end`, at which hits leave the window while an alert is up: the
  /// only quiet seconds at which anything can change.
  func nextChange(through end: EpochSecond) -> EpochSecond? {
    guard alertingSince != nil, oldest < seconds.count else { return nil }
    let second = seconds[oldest].second.advanced(by: window)
    return second <= end ? second : nil
  }

  /// Closes every second up to `second`, which has so many hits, and looks at the last one.
  ///
  /// - Complexity: amortized O(1).
  mutating func close(_ second: EpochSecond, hits new: Int) -> AlertTransition? {
    while oldest < seconds.count, seconds[oldest].second <= second.advanced(by: -window) {
      hits -= seconds[oldest].hits
      oldest += 1
    }
    if oldest > 1024, oldest * 2 > seconds.count {
      seconds.removeFirst(oldest)
      oldest = 0
    }
    if new > 0 {
      seconds.append((second, new))
      hits += new
    }
    return look(at: second)
  }

  private mutating func look(at second: EpochSecond) -> AlertTransition? {
    let mean = Rate(hits: hits, seconds: window)
    switch alertingSince {
    case nil where hits > limit:
      alertingSince = second
      return AlertTransition(change: .triggered, second: second, hits: hits, mean: mean)
    case .some(let since) where hits <= limit:
      alertingSince = nil
      return AlertTransition(
        change: .recovered(since: since), second: second, hits: hits, mean: mean)
    default:
      return nil
    }
  }
}
