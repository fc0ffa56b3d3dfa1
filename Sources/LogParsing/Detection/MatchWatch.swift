import AccessLog

/// Watches whether the lines of a source match its format, and reports when none has matched so far
/// and when most of the last lines fail.
struct MatchWatch: Sendable {
  /// The number of unmatched lines after which it is reported that nothing matches.
  static let patience = 1000

  enum Change: Equatable, Sendable {
    case nothingMatches
    case mostLinesFail
    case linesMatchAgain
  }

  private var run = FailureRun()
  /// Whether a line matched, if only a header.
  private(set) var hasMatched = false
  /// The number of lines that were read before the first match.
  private(set) var unmatched = 0
  private var didReportNoMatch = false
  /// Whether all of the last lines matched and nothing is left to report: another match changes nothing.
  private(set) var isSettled = false

  /// Whether the last line that failed is the first one of the current failures.
  var isFirstFailure: Bool { hasMatched ? run.isFirstFailure : unmatched == 1 }
  /// Whether nothing has matched, and that was reported.
  var hasReportedNoMatch: Bool { didReportNoMatch && !hasMatched }

  /// Counts a line that matched.
  mutating func countMatch() -> Change? {
    guard hasMatched else {
      hasMatched = true
      unmatched = 0
      isSettled = true
      return didReportNoMatch ? .linesMatchAgain : nil
    }
    let runEnds = run.recordSuccess()
    isSettled = run.isSettled
    return runEnds ? .linesMatchAgain : nil
  }

  /// Counts a line that did not match.
  mutating func countFailure() -> Change? {
    guard hasMatched else {
      unmatched += 1
      return unmatched == Self.patience ? reportNoMatch() : nil
    }
    isSettled = false
    return run.recordFailure() ? .mostLinesFail : nil
  }

  /// Reports that nothing matches, unless it was reported or nothing was read.
  mutating func reportNoMatch() -> Change? {
    guard !hasMatched, unmatched > 0, !didReportNoMatch else { return nil }
    didReportNoMatch = true
    return .nothingMatches
  }
}
