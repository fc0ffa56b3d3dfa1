import AccessLog

// Parsing chunks of a log at the same time. Each chunk is parsed by a copy of the parser as it was
// before the first of them. If the parser reads lines in the same way behind a chunk, the copy has
// parsed the next one as the parser itself would have.

extension LogParser {
  /// Whether the lines that follow may be parsed by copies: a line has just ended, the format is
  /// known, lines mostly match, and no line waits for more pieces.
  package var canFork: Bool {
    !wanted.lines && framer.isAtLineStart && readers.isAnyKnown && watch.canFork
      && !unwrapper.hasUnfinished
  }

  /// A copy that parses a chunk.
  package func atChunkStart() -> LogParser {
    var copy = self
    copy.watch = watch.atChunkStart()
    return copy
  }

  /// Whether a copy has parsed the chunk that follows as this parser would have.
  ///
  /// - Parameters:
  ///   - copy: the copy at the end of the chunk.
  ///   - start: the same copy at the beginning of the chunk.
  package func canJoin(_ copy: LogParser, from start: LogParser) -> Bool {
    canFork && watch.canContinue(with: copy.watch)
      && readers.isInterchangeable(with: start.readers)
  }

  /// Continues behind a chunk that a copy has parsed.
  ///
  /// - Parameters:
  ///   - copy: the copy at the end of the chunk.
  ///   - start: the same copy at the beginning of the chunk.
  ///   - details: what was parsed besides lines; its line numbers are changed to those of the source.
  package mutating func join(_ copy: LogParser, from start: LogParser, _ details: inout LineDetails)
  {
    let (number, kept, wrapperSet) = (lineNumber, self.kept, self.wrapperSet)
    let shift = number - start.lineNumber
    self = copy
    lineNumber += shift
    self.kept = kept
    self.wrapperSet.formUnion(wrapperSet)
    watch.shiftLines(by: shift)
    if firstFailure != start.firstFailure { firstFailure?.number += shift }
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
