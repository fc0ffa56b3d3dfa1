/// Detects runs of failures in the last 64 lines or records of a source. A run begins when more
/// than half of the 64 failed, and ends when 32 in a row have not.
///
/// The different limits keep a log that is half readable from starting a run every few lines. The
/// result depends on the order of the lines alone.
package struct FailureRun: Equatable, Sendable {
  /// The number of lines considered.
  package static let length = 64
  private static let recovery: UInt64 = 0xFFFF_FFFF

  /// One bit per line, the latest in the lowest; set if the line failed.
  private var failures: UInt64 = 0
  /// The bit of the last failure for which `isFirstFailure` was true.
  private var first: UInt64 = 0
  /// Whether a run is open: most lines fail.
  package private(set) var isFailing = false
  /// Whether none of the last 64 failed and no run is open, so that a success changes nothing.
  package private(set) var isSettled = true
  /// Whether the last failure is the first one within the last 64 lines.
  package private(set) var isFirstFailure = false

  package init() {}

  /// Records that a line did not fail.
  ///
  /// - Returns: whether that ended a run.
  @inline(__always)
  package mutating func recordSuccess() -> Bool {
    guard !isSettled else { return false }
    return recordSuccessAfterFailure()
  }

  /// Records that consecutive lines did not fail.
  ///
  /// - Returns: the one that ended a run, from 1; `nil` if none did.
  package mutating func recordSuccesses(_ count: Int) -> Int? {
    guard !isSettled else { return nil }
    var end: Int?
    let successes = min(failures.trailingZeroBitCount, 32)
    if isFailing, successes + count >= 32 {
      end = max(1, 32 - successes)
      isFailing = false
    }
    // A shift by 64 or more gives zero.
    failures = failures << count
    first = first << count
    isSettled = failures == 0 && !isFailing
    return end
  }

  private mutating func recordSuccessAfterFailure() -> Bool {
    failures <<= 1
    first <<= 1
    let ends = isFailing && failures & Self.recovery == 0
    if ends { isFailing = false }
    isSettled = failures == 0 && !isFailing
    return ends
  }

  /// Records that a line failed.
  ///
  /// - Returns: whether that began a run.
  package mutating func recordFailure() -> Bool {
    failures = failures << 1 | 1
    first <<= 1
    isFirstFailure = first == 0
    if isFirstFailure { first = 1 }
    isSettled = false
    guard !isFailing, failures.nonzeroBitCount * 2 > Self.length else { return false }
    isFailing = true
    return true
  }
}
