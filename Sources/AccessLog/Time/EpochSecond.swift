/// A whole second of Unix time. Fractions in the log are rounded down.
///
/// It is used for both event time and wall-clock time; durations are plain numbers of seconds.
@frozen public struct EpochSecond: Hashable, Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted; negative before.
  public var value: Int64

  @inlinable @inline(__always)
  public init(_ value: Int64) {
    self.value = value
  }

  /// The second `seconds` later, or earlier if negative. Saturates on overflow, because durations
  /// given by the user may be arbitrarily long.
  @inlinable @inline(__always)
  public func advanced(by seconds: Int64) -> EpochSecond {
    let (sum, overflow) = value.addingReportingOverflow(seconds)
    return EpochSecond(overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Seconds from `other` to this second; negative if `other` is later.
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
