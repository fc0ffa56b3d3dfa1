/// A half-open range of seconds; a missing bound leaves that side open.
@frozen package struct TimeRange: Equatable, Sendable {
  /// The first second of the range.
  package var since: EpochSecond?
  /// The first second after the range.
  package var until: EpochSecond?

  @inlinable
  package init(since: EpochSecond? = nil, until: EpochSecond? = nil) {
    self.since = since
    self.until = until
  }

  /// Whether the range contains no second.
  package var isEmpty: Bool {
    guard let since, let until else { return false }
    return until <= since
  }

  /// Whether the second lies in the range.
  @inlinable @inline(__always)
  package func contains(_ time: EpochSecond) -> Bool {
    if let since, time < since { return false }
    if let until, time >= until { return false }
    return true
  }
}

extension ClosedRange<EpochSecond>? {
  /// Extends a range so that it contains other times, too.
  @inlinable
  package mutating func extend(_ times: ClosedRange<EpochSecond>) {
    let range = self ?? times
    self = min(range.lowerBound, times.lowerBound)...max(range.upperBound, times.upperBound)
  }
}
