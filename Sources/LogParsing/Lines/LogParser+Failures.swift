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
    countMatches(1, into: batch)
  }

  /// Counts a line that is longer than the limit.
  mutating func countOversize(into batch: RecordBatch) {
    lineNumber &+= 1
    batch.add(line: .oversize)
    countFailure(nil, .oversize, into: batch)
  }

  /// Counts a line that no format, or not its format, accepts.
  mutating func countRejected(
    _ line: UnwrappedLine, _ reason: Rejection, into batch: RecordBatch
  ) {
    lineNumber &+= 1
    readers.countRejected(reason, into: batch)
    countFailure(line, reason, into: batch)
  }

  /// Counts lines that matched, the last of which has just ended.
  @inline(__always)
  mutating func countMatches(_ lines: Int, into batch: RecordBatch) {
    guard let (change, line) = watch.countMatches(lines) else { return }
    report(change, at: lineNumber - lines + line, into: batch)
  }

  /// Counts the line that has just ended, which did not match.
  ///
  /// - Parameter line: `nil` if it is longer than the limit.
  private mutating func countFailure(
    _ line: UnwrappedLine?, _ reason: Rejection, into batch: RecordBatch
  ) {
    let number = lineNumber
    let change = watch.countFailure(FailedLine(line, number: number, reason))
    if kept[reason] < Self.detailLimit {
      kept[reason] += 1
      batch.details.append(explain(line, number: number, reason))
    }
    if !watch.hasMatched, watch.unmatched == 1 {
      firstFailure = explain(line, number: number, reason)
      alternative = alternative(to: line)
    }
    guard let change else { return }
    if change == .mostLinesFail {
      firstFailure = watch.firstFailure.map { explain($0) }
      alternative = alternative(to: line)
    }
    report(change, at: number, into: batch)
  }

  private func alternative(to line: UnwrappedLine?) -> String? {
    line.flatMap { readers.alternative(to: $0.name, accepting: $0.line.line) }
  }

  private func explain(
    _ line: UnwrappedLine?, number: Int, _ reason: Rejection
  ) -> RejectedLine {
    guard let line else { return RejectedLine(number: number, rejection: reason) }
    return readers.explain(line.line.line, name: line.name, number: number, reason)
  }

  private func explain(_ failed: FailedLine) -> RejectedLine {
    guard failed.rejection != .oversize else {
      return explain(nil, number: failed.number, .oversize)
    }
    let padding = [UInt8](repeating: 0, count: LineBytes.padding)
    return (failed.text + padding).withUnsafeBufferPointer { text in
      ((failed.name ?? []) + padding).withUnsafeBufferPointer { name in
        // Neither is empty: they hold the padding.
        var line = UnwrappedLine(
          line: TextRange(start: text.baseAddress!, count: failed.text.count))
        line.name = failed.name.map { TextRange(start: name.baseAddress!, count: $0.count) }
        return explain(line, number: failed.number, failed.rejection)
      }
    }
  }

  private mutating func report(
    _ change: MatchWatch.Change, at line: Int, into batch: RecordBatch
  ) {
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
    batch.matchChanges.append(MatchChange(line: line, notice: notice))
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
    if let change = watch.reportNoMatch() { report(change, at: lineNumber, into: batch) }
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
          let unwrapped = unwrapper.unwrap(
            UnwrappedLine(line: TextRange(line)), from: 0, false, scratch),
          readers.readHeader(unwrapped.line.line, name: unwrapped.name, scratch)
        else { return }
      }
    }
  }
}
