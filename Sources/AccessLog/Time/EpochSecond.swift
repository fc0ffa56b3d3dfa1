/// A whole second of Unix time, as a log line names it; a fraction in the log is floored away.
///
/// Event time and wall-clock time are both counted in it; what is not a point in time (a length,
/// a lag) is a plain number of seconds.
@frozen public struct EpochSecond: Hashable, Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted; negative before.
  public var value: Int64

  @inlinable @inline(__always)
  public init(_ value: Int64) {
    self.value = value
  }

  /// The second `seconds` later (earlier where negative), or the last (first) there is: a length
  /// that is asked for may be longer than all time.
  @inlinable @inline(__always)
  public func advanced(by seconds: Int64) -> EpochSecond {
    let (sum, overflow) = value.addingReportingOverflow(seconds)
    return EpochSecond(overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Seconds from `other` to this one.
  @inlinable @inline(__always)
  public func seconds(since other: EpochSecond) -> Int64 {
    value &- other.value
  }
}

extension EpochSecond: Comparable {
  @inlinable @inline(__always)
  public static func == (left: EpochSecond, right: EpochSecond) -> Bool {
    left.value == right.value
  }

  @inlinable @inline(__always)
  public static func < (left: EpochSecond, right: EpochSecond) -> Bool {
    left.value < right.value
  }
}

extension EpochSecond: CustomStringConvertible {
  public var description: String { String(value) }
}
