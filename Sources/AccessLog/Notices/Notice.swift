/// Something the user must know about an input besides its figures.
///
/// The `Messages` target words each notice once for all outputs.
package enum Notice: Equatable, Sendable {
  // Log format.

  /// No line so far matches any format, or the requested one.
  case unknownFormat(FailedLines)
  /// No line of so many peers of listeners matches a format.
  case unmatchedPeers(Int)
  /// More than half of the last 64 lines do not match the format.
  case doubtfulFormat(FailedLines)

  // Record times.

  /// No record lies in the requested time range.
  case emptyRange(EmptyRange)
  /// More than 1 % of the hits arrived after their second had closed.
  case lateHits(LateHits)
  /// The server writes the log in blocks further apart than the idle grace, so hits arrived late.
  case writtenInBlocks(BlockWriting)
  /// Most late hits are late because the log is behind the other logs, by `seconds` at most.
  case behindOthers(late: HitShare, seconds: Int64)
  /// Most late hits are older than any lateness could allow: the log steps back in time.
  case timeStepsBack(late: HitShare, line: Int, from: EpochSecond, to: EpochSecond)
  /// More than half of the last 64 records were rejected as too far in the future.
  case futureTimes(first: RejectedLine)
  /// Every record is ahead of the wall clock, by `seconds` at least.
  case aheadOfWallClock(seconds: Int64)
  /// Records are in quarantine because their time jumps ahead, to `earliest` at least. `ordinary`
  /// counts the records in order since then.
  case setAside(records: Int, ordinary: Int, earliest: EpochSecond)

  // Rules.

  /// The window of the rule with that name holds too much: what is oldest, or rarest, is left out.
  case ruleHasTooMuch(String)

  // Servers.

  /// Other machines can reach a server of the program at that address.
  case reachable(String)

  // Reports of other servers.

  /// So many messages are no reports of seconds; what is wrong with the first of them.
  case unreadableReports(Int, WireFailure)
  /// Reports come without names in a dimension that is asked for.
  case missingNames(Dimension)
  /// So many reports never came, of so many senders.
  case missingReports(Int, senders: Int)
  /// There are more senders than that; the others do not count.
  case tooManySenders(Int)

  // Rejected lines.

  /// What the source is, and how many of its lines cannot be read.
  case source(SourceSummary)
  /// So many sources are not named, because there are too many of them.
  case moreSources(Int)
  /// One rejected line, for display.
  case rejectedLine(RejectedLine)

  // Input.

  /// A notice about how the log is read.
  case input(InputNotice)

  /// A notice about one of several sources.
  indirect case about(Name, Notice)
}

extension Notice {
  /// The same notice with the name of its source, unless it has one already.
  package func about(_ source: Name?) -> Notice {
    if case .about = self { return self }
    return source.map { .about($0, self) } ?? self
  }

  /// Whether most of the log is not counted, which makes its figures meaningless.
  package var invalidatesFigures: Bool {
    switch self {
    case .unknownFormat, .doubtfulFormat, .futureTimes: true
    case .emptyRange, .lateHits, .writtenInBlocks, .behindOthers, .timeStepsBack,
      .aheadOfWallClock, .setAside, .ruleHasTooMuch, .missingNames, .reachable, .unmatchedPeers,
      .moreSources, .source, .rejectedLine, .input, .unreadableReports, .missingReports,
      .tooManySenders:
      false
    case .about(_, let notice): notice.invalidatesFigures
    }
  }

  /// Whether it reports hits that are late because the clock kept running while the log was quiet.
  package var isCausedBySilence: Bool {
    if case .lateHits(let late) = self { late.idleGrace != nil } else { false }
  }
}
