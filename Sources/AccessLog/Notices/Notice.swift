/// Something the user must know about an input besides its figures.
///
/// The `Messages` target words each notice once for all outputs.
package enum Notice: Equatable, Sendable {
  // Log format.

  /// No line so far matches any format, or the requested one.
  case unknownFormat(FailedLines)
  /// More than half of the last 64 lines do not match the format.
  case doubtfulFormat(FailedLines)

  // Record times.

  /// No record lies in the requested time range.
  case emptyRange(EmptyRange)
  /// More than 1 % of the hits arrived after their second had closed.
  case lateHits(LateHits)
  /// The server writes the log in blocks further apart than the idle grace, so hits arrived late.
  case writtenInBlocks(BlockWriting)
  /// Most late hits are older than any lateness could allow: the log steps back in time.
  case timeStepsBack(late: HitShare, line: Int, from: EpochSecond, to: EpochSecond)
  /// More than half of the last 64 records were rejected as too far in the future.
  case futureTimes(first: RejectedLine)
  /// Every record is ahead of the wall clock, by `seconds` at least.
  case aheadOfWallClock(seconds: Int64)
  /// Records are in quarantine because their time jumps ahead, to `earliest` at least. `ordinary`
  /// counts the records in order since then.
  case setAside(records: Int, ordinary: Int, earliest: EpochSecond)

  // Rejected lines.

  /// The number of rejected lines for each reason.
  case rejected(RejectionCounts)
  /// One rejected line, for display.
  case rejectedLine(RejectedLine)

  // Input.

  /// A notice about how the log is read.
  case input(InputNotice)
}

extension Notice {
  /// Whether most of the log is not counted, which makes its figures meaningless.
  package var isBlinding: Bool {
    switch self {
    case .unknownFormat, .doubtfulFormat, .futureTimes: true
    case .emptyRange, .lateHits, .writtenInBlocks, .timeStepsBack, .aheadOfWallClock, .setAside,
      .rejected, .rejectedLine, .input:
      false
    }
  }

  /// Whether it reports hits that are late because the clock kept running while the log was quiet.
  package var isOfSilence: Bool {
    if case .lateHits(let late) = self { late.idleGrace != nil } else { false }
  }
}

/// A number of hits out of all hits.
package struct HitShare: Equatable, Sendable {
  package var part: Int
  package var whole: Int

  package init(_ part: Int, of whole: Int) {
    self.part = part
    self.whole = whole
  }
}

/// The late hits, and the settings under which 99 % of them would have been in time.
package struct LateHits: Equatable, Sendable {
  package var share: HitShare
  /// The `--lateness` required, in seconds; `nil` if it exceeds a day.
  package var lateness: Int64?
  /// The `--idle-grace` that would also suffice, in seconds, if most hits followed a silence.
  package var idleGrace: Int64?

  package init(share: HitShare, lateness: Int64?, idleGrace: Int64? = nil) {
    self.share = share
    self.lateness = lateness
    self.idleGrace = idleGrace
  }
}

/// How a server writes its log in blocks, and how long to wait for them. All values in seconds.
package struct BlockWriting: Equatable, Sendable {
  /// The longest silence before a block.
  package var silence: Int64
  /// The `--idle-grace` under which the hits would have been in time.
  package var idleGrace: Int64
  /// The new idle grace; `nil` if the user set one, which is not changed.
  package var adaptedGrace: Int64?

  package init(silence: Int64, idleGrace: Int64, adaptedGrace: Int64? = nil) {
    self.silence = silence
    self.idleGrace = idleGrace
    self.adaptedGrace = adaptedGrace
  }
}

/// A requested time range in which the log has no record.
package struct EmptyRange: Equatable, Sendable {
  package var range: TimeRange
  /// The earliest and the latest time in the log.
  package var log: ClosedRange<EpochSecond>

  package init(range: TimeRange, log: ClosedRange<EpochSecond>) {
    self.range = range
    self.log = log
  }
}
