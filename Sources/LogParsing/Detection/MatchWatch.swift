import AccessLog

/// Watches whether the lines of a source match its format, and reports when none has matched so far
/// and when most of the last lines fail.
///
/// Once a line has matched, what it reports depends on the last 64 lines alone. So the lines of a
/// chunk can be watched without knowing those before it, unless these and its first lines together
/// may hold too many failures: see `canContinue`.
struct MatchWatch: Sendable {
  /// The number of unmatched lines after which it is reported that nothing matches.
  static let patience = 1000

  enum Change: Equatable, Sendable {
    case nothingMatches
    case mostLinesFail
    case linesMatchAgain
  }

  private var run = FailureRun()
  /// The lines among the last 64 that failed, oldest first, with their numbers among those that were
  /// watched.
  private var failures: [(place: Int, line: FailedLine)] = []
  /// The number of lines that were watched, since the start of a chunk if it is one.
  private var count = 0
  /// The failures among the first 64 of them.
  private var earlyFailures = 0
  /// Whether a line matched, if only a header.
  private(set) var hasMatched = false
  /// The number of lines that were read before the first match.
  private(set) var unmatched = 0
  private var didReportNoMatch = false

  /// The first failure among the last 64 lines.
  var firstFailure: FailedLine? { failures.first?.line }
  /// Whether nothing has matched, and that was reported.
  var hasReportedNoMatch: Bool { didReportNoMatch && !hasMatched }

  /// Counts lines that matched.
  ///
  /// - Returns: what has changed, and at which of the lines, from 1.
  @inline(__always)
  mutating func countMatches(_ lines: Int) -> (change: Change, line: Int)? {
    guard lines > 0 else { return nil }
    count &+= lines
    guard !hasMatched || !run.isSettled else { return nil }
    return countUnsettledMatches(lines)
  }

  private mutating func countUnsettledMatches(_ lines: Int) -> (change: Change, line: Int)? {
    guard hasMatched else {
      hasMatched = true
      unmatched = 0
      return didReportNoMatch ? (.linesMatchAgain, 1) : nil
    }
    let end = run.recordSuccesses(lines)
    forgetOldFailures()
    return end.map { (.linesMatchAgain, $0) }
  }

  /// Counts a line that did not match.
  mutating func countFailure(_ line: @autoclosure () -> FailedLine) -> Change? {
    guard hasMatched else {
      unmatched += 1
      return unmatched == Self.patience ? reportNoMatch() : nil
    }
    count += 1
    if count <= FailureRun.length { earlyFailures += 1 }
    forgetOldFailures()
    failures.append((count, line()))
    return run.recordFailure() ? .mostLinesFail : nil
  }

  private mutating func forgetOldFailures() {
    let old = failures.prefix { $0.place <= count - FailureRun.length }.count
    failures.removeFirst(old)
  }

  /// Reports that nothing matches, unless it was reported or nothing was read.
  mutating func reportNoMatch() -> Change? {
    guard !hasMatched, unmatched > 0, !didReportNoMatch else { return nil }
    didReportNoMatch = true
    return .nothingMatches
  }
}

// MARK: - Chunks

extension MatchWatch {
  /// Whether chunks that follow can be watched by themselves.
  var canFork: Bool { hasMatched && !run.isFailing }

  /// A watch for the lines of a chunk, as if all lines before it had matched.
  func atChunkStart() -> MatchWatch {
    var watch = MatchWatch()
    (watch.hasMatched, watch.didReportNoMatch) = (hasMatched, didReportNoMatch)
    return watch
  }

  /// Whether the watch of the chunk that follows has come to the result that this one would have come
  /// to.
  func canContinue(with chunk: MatchWatch) -> Bool {
    guard canFork else { return false }
    if run.isSettled { return true }
    return chunk.count >= FailureRun.length
      && 2 * (failures.count + chunk.earlyFailures) <= FailureRun.length
  }

  /// Changes the numbers of lines from those of a chunk to those of the source.
  mutating func shiftLines(by lines: Int) {
    for index in failures.indices { failures[index].line.number += lines }
  }
}

/// A line that did not match, as far as it is needed to explain that.
struct FailedLine: Sendable {
  /// How much of a line is kept, in bytes.
  static let lengthLimit = 2048

  /// The number of the line.
  var number: Int
  let rejection: Rejection
  /// The beginning of the line, and the name that a wrapper gives to it.
  let text: [UInt8]
  let name: [UInt8]?

  init(_ line: UnwrappedLine?, number: Int, _ rejection: Rejection) {
    self.number = number
    self.rejection = rejection
    text = line.map { Array($0.line.bytes.prefix(Self.lengthLimit)) } ?? []
    name = line?.name.map { Array($0.bytes) }
  }
}
