import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// How the lines of sources are read.
struct SourceOptions: Sendable {
  /// `nil` to detect it.
  var format: NamedFormat?
  /// What the sources do not say.
  var parsing: ParsingOptions
}

/// Where a source stands in a round. Apart from the rest, because it is asked of every source at every
/// turn, and the rest takes long to copy.
struct SourceTurn: Sendable {
  /// Whether no more lines will come.
  var hasEnded = false
  /// Whether a block of it has been read in this round.
  var wasRead = false
  /// Whether it has been read to its end in this round.
  var isCaughtUp = false
  /// Whether it has been read to its end before.
  var wasCaughtUp = false
  /// Whether it is a sender of reports, which come through other sources.
  var isSender = false
  /// The last second of the last report that came through it; `nil` if none did.
  var reportTime: EpochSecond?
}

/// How far a source of a pipeline has been read and parsed.
struct SourceReading: Sendable {
  let path: Name
  var parser: LogParser
  /// The offset of the next block in the stream, in bytes.
  var offset: Int64 = 0
  var lineOffsets = LineOffsets()
  private(set) var matchNotices = MatchNotices()
  /// Places from which a later run can continue.
  var marks = ReadingMarks()
  /// How it continues an earlier run; `nil` if it does not.
  let resumption: SourceResumption?
  /// The time before which lines are missing, because another log had its place.
  var formerTime: EpochSecond?
  /// Whether what the earlier run has counted was read again.
  var isPastKnown: Bool
  /// The first rejected lines, as many as the parser keeps.
  var rejectedLines: [RejectedLine] = []

  /// What it has received, if it is a listener.
  var listener: ListenerFigures?

  /// Whether it brings lines or reports of closed seconds.
  var content = SourceContent.unknown
  /// Whether reports have come through it.
  var bringsReports = false
  /// The reports that came through it.
  var reports = 0
  /// The lines or messages that are no reports, although reports came through it.
  var badReports = 0
  /// Whether it is a pipe, which holds nothing at the start.
  var isStream = false
  /// Whether everything that it held at the start was received; `nil` if it is no topic.
  var isTopicAtEnd: Bool?

  /// - Parameters:
  ///   - label: the name of its records where their lines give none; `nil` for the path.
  ///   - isLabelled: whether each line has a label before it.
  ///   - resumption: how it continues an earlier run.
  init(
    _ path: Name, _ options: SourceOptions, label: Name? = nil, isLabelled: Bool = false,
    resumption: SourceResumption? = nil
  ) {
    self.path = path
    self.resumption = resumption
    if let resumption {
      marks = ReadingMarks(
        ReadingMark(offset: 0, head: resumption.startHead, place: resumption.start))
    }
    isPastKnown = resumption.map { $0.known == 0 } ?? true
    parser = LogParser(
      format: options.format, options.parsing, source: label ?? path, isLabelled: isLabelled)
  }

  /// Whether its format is known, or will not be for now.
  var isSettled: Bool { parser.format != nil || listener != nil || bringsReports }

  /// The name of what it brings, once it is known.
  var format: String? { bringsReports ? "seconds" : parser.format }

  /// The notice about lines that do not match.
  ///
  /// - Parameter shownLines: how many lines count; `nil` for all.
  func matchNotice(shownLines: Int?) -> Notice? {
    // Where no line matches, none is ever shown: the notice cannot wait for that.
    if parser.hasReportedNoMatch, let unmatched = parser.unmatched {
      return .unknownFormat(unmatched)
    }
    return shownLines.map { matchNotices.notice(shownLines: $0) } ?? matchNotices.latest
  }

  /// Collects the rejected lines and the notices of parsed lines.
  ///
  /// - Returns: the notices that became true.
  mutating func collect(_ details: LineDetails, shownLines: Int) -> [Notice] {
    rejectedLines += details.rejected
    return matchNotices.add(details.matchChanges, shownLines: shownLines)
  }

  /// Parses a block into the batch of the reader.
  ///
  /// - Parameters:
  ///   - ending: what follows the block.
  ///   - now: monotonic time, in seconds.
  mutating func parse(
    _ block: UnsafeBufferPointer<UInt8>, _ ending: BlockReader.Ending, of reader: BlockReader,
    now: Double
  ) {
    let batch = reader.memory.batch
    batch.removeAll()
    batch.want(parser.wanted)
    if offset == 0 { parser.readHeading(reader.heading) }
    let fileEnds = ending == .end || ending == .boundary
    offset += Int64(parser.parse(block, isLast: fileEnds, into: batch))
    // What is left is the beginning of a line whose end cannot be read.
    if ending == .cut { offset = reader.end }
    reader.keepBytes(from: offset)
    if ending == .boundary || ending == .cut { parser.beginNextFile() }
    if ending == .end { parser.finish(into: batch) }
    if matchNotices.isMatchOverdue(parser, now: now) { parser.reportNoMatch(into: batch) }
  }

  /// Finds out what the source brings, unless it is known. If only its last lines are read, its
  /// beginning tells, even before there are any.
  mutating func recognize(
    _ block: UnsafeBufferPointer<UInt8>, _ ending: BlockReader.Ending,
    heading: @autoclosure () -> [UInt8]
  ) {
    guard case .unknown = content else { return }
    let heading = heading()
    let isAll = ending == .end || ending == .boundary || ending == .cut
    content =
      heading.isEmpty
      ? SourceContent(firstBytes: block, isAll: isAll)
      : heading.withUnsafeBufferPointer { SourceContent(firstBytes: $0, isAll: true) }
  }

  /// What the source is, and how many of its lines cannot be read.
  ///
  /// - Parameter tally: its lines.
  func summary(_ tally: LineTally) -> SourceSummary {
    var summary = SourceSummary(path: path, format: format)
    summary.wrappers = parser.wrappers
    summary.names = parser.nameCount
    summary.lines = tally.lines
    summary.rejected = tally.rejected
    summary.listener = listener
    return summary
  }
}
