/// The last 64 lines or records of a source, and whether most of them failed: the run begins when
/// over half of the 64 failed, and ends when 32 in a row have not.
///
/// A log that is half readable thus does not begin a run every few lines. What happens depends on
/// the order of the lines alone.
package struct FailureRun: Equatable, Sendable {
  /// Lines that are looked at together.
  package static let length = 64
  private static let recovery: UInt64 = 0xFFFF_FFFF

  /// One bit for each line, the last one lowest; set where it failed.
  private var failures: UInt64 = 0
  /// The bit of the failure that `isFirst` was last true for.
  private var first: UInt64 = 0
  /// Most of the lines fail.
  package private(set) var isFailing = false
  /// None of the last 64 failed and no run is open: another success changes nothing.
  package private(set) var isCalm = true
  /// The last failure is the first one that is kept of the last 64 lines.
  package private(set) var isFirst = false

  package init() {}

  /// A line did not fail.
  ///
  /// - Returns: whether that ended a run.
  @inline(__always)
  package mutating func succeed() -> Bool {
    guard !isCalm else { return false }
    return succeedAfterFailure()
  }

  private mutating func succeedAfterFailure() -> Bool {
    failures <<= 1
    first <<= 1
    let ends = isFailing && failures & Self.recovery == 0
    if ends { isFailing = false }
    isCalm = failures == 0 && !isFailing
    return ends
  }

  /// A line failed.
  ///
  /// - Returns: whether that began a run.
  package mutating func fail() -> Bool {
    failures = failures << 1 | 1
    first <<= 1
    isFirst = first == 0
    if isFirst { first = 1 }
    isCalm = false
    guard !isFailing, failures.nonzeroBitCount * 2 > Self.length else { return false }
    isFailing = true
    return true
  }
}
