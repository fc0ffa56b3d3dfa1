import AccessLog

/// Parses the bytes of a source into records: splits lines, takes off what other programs put
/// around them, detects the format, and counts the lines that are not hits. A copy continues from
/// the same line.
///
/// The format is detected for each name that wrappers give, since each container or host may write
/// another one; lines without a name count as one name more.
package struct LogParser: Sendable {
  /// The longest line that is parsed, in bytes, without its line ending and without wrappers.
  package static let lineLimit = 65_536
  /// The longest line that is parsed with what is around it, in bytes: JSON makes a line longer.
  static let wrappedLimit = 2 * lineLimit
  /// How many rejected lines of each reason are kept for display.
  package static let detailLimit = 10

  /// The name in `Dimension.source` of lines that no wrapper names.
  private let source: Name
  /// Whether each line has a label before it. (`LabelledLine`)
  private let isLabelled: Bool
  /// What is asked of each line; `nil` for nothing.
  private let conditions: CompiledConditions?
  /// What records get besides their own fields.
  package let wanted: WantedFacts
  var framer = LineFramer()
  var unwrapper: LineUnwrapper
  var readers: LineReaders
  /// What was around lines that matched.
  var wrapperSet = WrapperSet()
  /// The number of the last line that has ended, blank lines included.
  var lineNumber = 0
  /// The number of rejected lines that were kept for display.
  var kept = RejectionCounts()
  var watch = MatchWatch()
  /// The first of the lines that a notice is about.
  var firstFailure: RejectedLine?
  /// Another format that accepts it.
  var alternative: String?

  /// - Parameters:
  ///   - format: `nil` to detect it.
  ///   - options: what the log does not say.
  ///   - source: the name of the log.
  ///   - isLabelled: whether each line has a label before it. (`LabelledLine`)
  package init(
    format: NamedFormat? = nil, _ options: ParsingOptions = ParsingOptions(),
    source: Name = Name("-"), isLabelled: Bool = false
  ) {
    self.source = source
    self.isLabelled = isLabelled
    wanted = options.wantedFacts
    conditions = CompiledConditions(options.conditions)
    readers = LineReaders(format, options)
    unwrapper = LineUnwrapper(format)
  }

  /// The name of the format, once it is known; the first if there are several.
  package var format: String? { readers.first?.name }

  /// The offset from UTC of the log's times, in seconds east.
  package var zoneOffset: Int { readers.first?.format.zoneOffset ?? 0 }

  /// What was around lines that matched.
  package var wrappers: [Wrapper] { wrapperSet.list }

  /// The number of names that wrappers give to lines that match.
  package var nameCount: Int { readers.nameCount }

  /// The number of lines read while the format is unknown. They are in no batch yet.
  package var undecided: Int { readers.undecided }

  /// Whether a line matched the format, if only a header.
  package var matchedAnything: Bool { watch.hasMatched }

  /// The lines so far, if none of them matched; `nil` if one did or there are none.
  package var unmatched: FailedLines? {
    guard watch.unmatched > 0 else { return nil }
    return FailedLines(
      lines: watch.unmatched, format: format, first: firstFailure, alternative: alternative)
  }

  /// Whether nothing has matched, and a notice said so.
  package var hasReportedNoMatch: Bool { watch.hasReportedNoMatch }

  /// Parses the lines that end in a block.
  ///
  /// - Parameters:
  ///   - block: the bytes not consumed so far. `LineBytes.padding` readable bytes must follow.
  ///   - isLast: the file ends with the block: a line without a newline counts.
  ///   - batch: the records are appended to it.
  /// - Returns: the number of bytes consumed. The rest is a partial line.
  /// - Complexity: O(bytes of the block).
  package mutating func parse(
    _ block: UnsafeBufferPointer<UInt8>, isLast: Bool, into batch: RecordBatch
  ) -> Int {
    guard let base = block.baseAddress else { return 0 }
    beginSource(of: batch)
    defer { batch.resolveNames() }
    let scratch = ScratchBytes()
    var blockLines = BlockLines(base, count: block.count)
    var consumed = 0
    while true {
      if framer.isAtLineStart, !wanted.lines, !isLabelled {
        let lines = readers.readUsualLines(&blockLines, from: &consumed, into: batch)
        lineNumber &+= lines
        countMatches(lines, into: batch)
      }
      guard let frame = framer.next(base, from: &consumed, count: block.count, isLast: isLast)
      else { return consumed }
      switch frame {
      case .blank: countBlank(into: batch)
      case .oversize: countOversize(into: batch)
      case .line(let wholeLine):
        var line = wholeLine
        if isLabelled {
          let label: TextRange
          (label, line) = LabelledLine.split(wholeLine)
          if !label.isEmpty || TextRange(line).isBlank {
            read(line, label: label, in: &blockLines, scratch, into: batch)
            if wanted.lines { keep(line, in: batch) }
            continue
          }
        }
        defer { if wanted.lines { keep(line, in: batch) } }
        guard readers.isPlainKnown, LineUnwrapper.isPlain(line), line.count <= Self.lineLimit else {
          read(line, in: &blockLines, scratch, into: batch)
          continue
        }
        switch readers.readPlain(line, into: batch) {
        case .hit:
          lineNumber &+= 1
          countMatches(1, into: batch)
        case .ignored: countHeader(into: batch)
        case .rejected(let reason):
          countRejected(UnwrappedLine(line: TextRange(line)), reason, into: batch)
        }
      }
    }
  }

  /// Keeps the line of the record that it is, unless the record was joined from pieces, which has been
  /// kept without what was around them.
  private func keep(_ line: LineBytes, in batch: RecordBatch) {
    batch.keepLine(UnsafeBufferPointer(start: line.start, count: line.count))
  }

  /// Lets the records that follow have the name of the log, if they are to have one, and be asked what
  /// the parser's conditions ask.
  func beginSource(of batch: RecordBatch) {
    batch.ask(conditions, source)
    guard batch.wanted.dimensions.contains(.source) else { return }
    batch.source = batch.id(adding: source, in: .source)
  }

  /// Continues with the next file of the same source.
  package mutating func beginNextFile() {
    framer = LineFramer()
  }

  /// Continues at another place of the source, where a line begins.
  package mutating func jump() {
    framer = LineFramer()
    unwrapper.reset()
  }
}
