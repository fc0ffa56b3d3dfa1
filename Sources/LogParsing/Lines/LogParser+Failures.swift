import AccessLog

// How lines match, and which of those that do not are kept for display.

extension LogParser {
  /// Counts a line that matched.
  mutating func countMatch(into batch: RecordBatch) {
    if let change = watch.countMatch() { report(change, into: batch) }
  }

  /// Counts a line that did not match.
  ///
  /// - Parameters:
  ///   - explain: explains the line; called only if the line is displayed.
  ///   - alternative: finds another format that accepts the line; called only if the line is
  ///     displayed.
  @inline(__always)
  mutating func countFailure(
    _ reason: Rejection, into batch: RecordBatch, explain: () -> RejectedLine,
    alternative: () -> String? = { nil }
  ) {
    let change = watch.countFailure()
    guard change != nil || watch.isFirstFailure || kept[reason] < Self.detailLimit else { return }
    keep(explain(), into: batch)
    if change == .mostLinesFail || watch.unmatched == 1 { self.alternative = alternative() }
    if let change { report(change, into: batch) }
  }

  /// Keeps a line that did not match for display.
  private mutating func keep(_ line: RejectedLine, into batch: RecordBatch) {
    if watch.isFirstFailure { firstFailure = line }
    guard kept[line.rejection] < Self.detailLimit else { return }
    kept[line.rejection] += 1
    batch.details.append(line)
  }

  func report(_ change: MatchWatch.Change, into batch: RecordBatch) {
    let notice: Notice? =
      switch change {
      case .linesMatchAgain: nil
      case .nothingMatches: unmatched.map { .unknownFormat($0) }
      case .mostLinesFail:
        .doubtfulFormat(
          FailedLines(
            lines: FailureRun.length, format: format, first: firstFailure,
            alternative: alternative))
      }
    batch.matchChanges.append(MatchChange(line: lineNumber, notice: notice))
  }
}
