import AccessLog

// How lines match, and which of those that do not are kept for display.

extension LogParser {
  /// Counts a line that is blank, with or without something around it.
  mutating func countBlank(into batch: RecordBatch) {
    lineNumber &+= 1
    batch.add(line: nil)
  }

  /// Counts a header line.
  mutating func countHeader(into batch: RecordBatch) {
    lineNumber &+= 1
    batch.add(line: nil)
    countMatch(into: batch)
  }

  /// Counts a line that is longer than the limit.
  mutating func countOversize(into batch: RecordBatch) {
    lineNumber &+= 1
    batch.add(line: .oversize)
    let number = lineNumber
    countFailure(.oversize, into: batch) { _ in RejectedLine(number: number, rejection: .oversize) }
  }

  /// Counts a line that no format, or not its format, accepts.
  mutating func countRejected(
    _ line: UnwrappedLine, _ reason: Rejection, into batch: RecordBatch
  ) {
    lineNumber &+= 1
    readers.countRejected(reason, into: batch)
    let number = lineNumber
    countFailure(reason, into: batch) {
      $0.explain(line.line.line, name: line.name, number: number, reason)
    } alternative: {
      $0.alternative(to: line.name, accepting: line.line.line)
    }
  }

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
  private mutating func countFailure(
    _ reason: Rejection, into batch: RecordBatch,
    explain: (LineReaders) -> RejectedLine,
    alternative: (LineReaders) -> String? = { _ in nil }
  ) {
    let change = watch.countFailure()
    guard change != nil || watch.isFirstFailure || kept[reason] < Self.detailLimit else { return }
    keep(explain(readers), into: batch)
    if change == .mostLinesFail || watch.unmatched == 1 {
      self.alternative = alternative(readers)
    }
    if let change { report(change, into: batch) }
  }

  /// Keeps a line that did not match for display.
  private mutating func keep(_ line: RejectedLine, into batch: RecordBatch) {
    if watch.isFirstFailure { firstFailure = line }
    guard kept[line.rejection] < Self.detailLimit else { return }
    kept[line.rejection] += 1
    batch.details.append(line)
  }

  private mutating func report(_ change: MatchWatch.Change, into batch: RecordBatch) {
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

  // MARK: - The end

  /// Ends the source: the lines that no format has accepted count as rejected.
  ///
  /// - Parameter isAtEnd: whether the source has ended by itself. A line whose last piece has not
  ///   arrived counts only then.
  package mutating func finish(into batch: RecordBatch, isAtEnd: Bool = true) {
    if isAtEnd { readUnfinishedLines(into: batch) }
    reportNoMatch(into: batch)
    readers.addUndecided(into: batch)
  }

  /// Reports that nothing matches, if no line has matched and that was not reported yet.
  package mutating func reportNoMatch(into batch: RecordBatch) {
    if let change = watch.reportNoMatch() { report(change, into: batch) }
  }

  // MARK: - Headers

  /// Reads a header at the beginning of a log whose first lines are not parsed otherwise. Nothing
  /// is counted, and lines that are not headers have no effect.
  ///
  /// - Parameter heading: whole lines from the beginning of the log.
  package mutating func readHeading(_ heading: [UInt8]) {
    guard lineNumber == 0, !heading.isEmpty else { return }
    let padded = heading + Array(repeating: 0, count: LineBytes.padding)
    let scratch = ScratchBytes()
    padded.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var framer = LineFramer()
      var position = 0
      while let frame = framer.next(base, from: &position, count: heading.count, isLast: false) {
        if case .blank = frame { continue }
        guard case .line(let line) = frame,
          let unwrapped = unwrapper.unwrap(TextRange(line), allowsStern: false, scratch),
          readers.readHeader(unwrapped.line.line, name: unwrapped.name, scratch)
        else { return }
      }
    }
  }
}
