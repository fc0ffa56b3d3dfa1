/// Something that a person must know about an input besides its figures.
///
/// A closed list: every output says the same, in the words of the target `Messages`.
package enum Notice: Equatable, Sendable {
  // The format.

  /// Not one line so far matches any format, or the one that was asked for.
  case unknownFormat(FailedLines)
  /// Over half of 64 lines in a row do not match the format.
  case doubtfulFormat(FailedLines)

  // The times in the log.

  /// No record lies in the range of time that was asked for.
  case emptyRange(EmptyRange)
  /// Over 1 % of the hits came after their second had closed.
  case lateHits(LateHits)
  /// The server writes the log in blocks that lie further apart than the grace: hits came late.
  case writtenInBlocks(BlockWriting)
  /// Most late hits lie further back than any lateness.
  case timeStepsBack(late: HitShare, line: Int, from: EpochSecond, to: EpochSecond)
  /// Over half of 64 records in a row were rejected as too far in the future; the first of them.
  case futureTimes(first: RejectedLine)
  /// Not one record was at or before the wall clock; by how many seconds at least.
  case aheadOfWallClock(seconds: Int64)
  /// Records are held back as their time leaps ahead, to `earliest` at least; `ordinary` is the number
  /// of those in order since.
  case setAside(records: Int, ordinary: Int, earliest: EpochSecond)

  // The lines.

  case rejected(RejectionCounts)
  case rejectedLine(RejectedLine)

  // How it is read.

  case input(InputNotice)
}

extension Notice {
  /// Most of what the log says is not counted, so that its figures tell nothing.
  package var isBlinding: Bool {
    switch self {
    case .unknownFormat, .doubtfulFormat, .futureTimes: true
    case .emptyRange, .lateHits, .writtenInBlocks, .timeStepsBack, .aheadOfWallClock, .setAside,
      .rejected, .rejectedLine, .input:
      false
    }
  }

  /// It says that hits are late because time had gone on in silence.
  package var isOfSilence: Bool {
    if case .lateHits(let late) = self { late.idleGrace != nil } else { false }
  }
}

/// Some of the hits.
package struct HitShare: Equatable, Sendable {
  package var part: Int
  package var whole: Int

  package init(_ part: Int, of whole: Int) {
    self.part = part
    self.whole = whole
  }
}

/// Hits that came too late, and what would have kept 99 % of them.
package struct LateHits: Equatable, Sendable {
  package var share: HitShare
  /// The `--lateness` in seconds; `nil` where it is over a day.
  package var lateness: Int64?
  /// The `--idle-grace` in seconds that would have done as well, where most came after a silence.
  package var idleGrace: Int64?

  package init(share: HitShare, lateness: Int64?, idleGrace: Int64? = nil) {
    self.share = share
    self.lateness = lateness
    self.idleGrace = idleGrace
  }
}

/// A server that writes its log in blocks, and how long to wait for them. Seconds throughout.
package struct BlockWriting: Equatable, Sendable {
  /// The longest silence before a block.
  package var silence: Int64
  /// The `--idle-grace` that would have kept the hits from being late.
  package var idleGrace: Int64
  /// The grace from now on; `nil` where it was asked for and stays as it is.
  package var adaptedGrace: Int64?

  package init(silence: Int64, idleGrace: Int64, adaptedGrace: Int64? = nil) {
    self.silence = silence
    self.idleGrace = idleGrace
    self.adaptedGrace = adaptedGrace
  }
}

/// A range of time that was asked for, and the log of which no record lies in it.
package struct EmptyRange: Equatable, Sendable {
  package var range: TimeRange
  /// The earliest and the latest time in the log.
  package var log: ClosedRange<EpochSecond>

  package init(range: TimeRange, log: ClosedRange<EpochSecond>) {
    self.range = range
    self.log = log
  }
}
