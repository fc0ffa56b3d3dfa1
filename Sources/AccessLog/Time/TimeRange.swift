/// A stretch of time, open on a side where nothing bounds it.
@frozen package struct TimeRange: Equatable, Sendable {
  package var since: EpochSecond?
  /// The first second after it.
  package var until: EpochSecond?

  @inlinable
  package init(since: EpochSecond? = nil, until: EpochSecond? = nil) {
    self.since = since
    self.until = until
  }

  /// Whether no time at all lies in it.
  package var isEmpty: Bool {
    guard let since, let until else { return false }
    return until <= since
  }

  @inlinable @inline(__always)
  package func contains(_ time: EpochSecond) -> Bool {
    if let since, time < since { return false }
    if let until, time >= until { return false }
    return true
  }
}
