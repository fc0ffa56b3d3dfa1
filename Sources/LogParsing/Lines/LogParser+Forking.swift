import AccessLog

// Parsing chunks of a log at the same time. Each copy of a parser begins its chunk in the state that
// the parser has before the first of them. If the parser is in an equal state again behind a chunk,
// the copy that began the next chunk has parsed it as the parser itself would have.

extension LogParser {
  /// Whether the lines that follow may be parsed by copies: a line has just ended, the format is
  /// known, all of the last lines matched, and no line waits for more pieces.
  package var canFork: Bool {
    framer.isAtLineStart && readers.isAnyKnown && watch.isSettled && !unwrapper.hasUnfinished
  }

  /// Whether a line is read as `other` would read it. Both must be able to fork.
  package func isInterchangeable(with other: LogParser) -> Bool {
    readers.isInterchangeable(with: other.readers)
  }

  /// Continues behind a chunk that a copy has parsed.
  ///
  /// - Parameters:
  ///   - copy: the copy at the end of the chunk.
  ///   - start: the same copy at the beginning of the chunk.
  ///   - batch: what was parsed; its line numbers are changed to those of the source.
  package mutating func join(_ copy: LogParser, from start: LogParser, _ details: inout LineDetails)
  {
    let (number, kept, wrapperSet) = (lineNumber, self.kept, self.wrapperSet)
    let shift = number - start.lineNumber
    self = copy
    lineNumber += shift
    self.kept = kept
    self.wrapperSet.formUnion(wrapperSet)
    firstFailure?.number += shift
    details.shiftLines(by: shift)
    // The copy did not know of the lines that were kept meanwhile.
    details.rejected.removeAll { line in
      guard self.kept[line.rejection] < Self.detailLimit else { return true }
      self.kept[line.rejection] += 1
      return false
    }
  }
}

/// What a batch holds for display besides its lines.
package struct LineDetails: Sendable {
  /// Rejected lines.
  package var rejected: [RejectedLine]
  /// The lines at which matching began or stopped to fail.
  package var matchChanges: [MatchChange]

  /// Those of a batch, which must be emptied before it is used again.
  package init(_ batch: RecordBatch) {
    rejected = batch.details
    matchChanges = batch.matchChanges
  }

  fileprivate mutating func shiftLines(by lines: Int) {
    for index in rejected.indices { rejected[index].number += lines }
    for index in matchChanges.indices { matchChanges[index].shiftLines(by: lines) }
  }
}

extension MatchChange {
  fileprivate mutating func shiftLines(by lines: Int) {
    line += lines
    switch notice {
    case .unknownFormat(var failed):
      failed.first?.number += lines
      notice = .unknownFormat(failed)
    case .doubtfulFormat(var failed):
      failed.first?.number += lines
      notice = .doubtfulFormat(failed)
    default: break
    }
  }
}
