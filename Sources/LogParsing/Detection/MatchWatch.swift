import AccessLog

/// Watches whether the lines of a source match its format: none at all so far, or most of the last
/// ones not.
struct MatchWatch: Sendable {
  /// How many lines may match nothing before that is said.
  static let patience = 1000

  enum Change: Equatable, Sendable {
    case nothingMatches
    case mostLinesFail
    case linesMatchAgain
  }

  private var run = FailureRun()
  /// Something matched, if only a header.
  private(set) var hasMatched = false
  /// Lines that were read while nothing had matched.
  private(set) var unmatched = 0
  /// That nothing matches has been said.
  private var isImpatient = false
  /// The last lines all matched and there is nothing to say: another match changes nothing.
  private(set) var isCalm = false

  /// The last line to fail is the first to be shown of those that fail now.
  var isFirstFailure: Bool { hasMatched ? run.isFirst : unmatched == 1 }
  /// Nothing has matched, and that has been said.
  var saysNothingMatches: Bool { isImpatient && !hasMatched }

  mutating func matched() -> Change? {
    guard hasMatched else {
      hasMatched = true
      unmatched = 0
      isCalm = true
      return isImpatient ? .linesMatchAgain : nil
    }
    let ends = run.succeed()
    isCalm = run.isCalm
    return ends ? .linesMatchAgain : nil
  }

  mutating func failed() -> Change? {
    guard hasMatched else {
      unmatched += 1
      return unmatched == Self.patience ? endPatience() : nil
    }
    isCalm = false
    return run.fail() ? .mostLinesFail : nil
  }

  /// Enough lines or time have gone by without a match.
  mutating func endPatience() -> Change? {
    guard !hasMatched, unmatched > 0, !isImpatient else { return nil }
    isImpatient = true
    return .nothingMatches
  }
}
