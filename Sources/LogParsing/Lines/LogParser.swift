import AccessLog

/// Parses the bytes of a source into records: splits lines, detects the format, and counts the
/// lines that are not hits. A copy continues from the same line.
package struct LogParser: Sendable {
  /// The longest line that is parsed, in bytes, without its line ending.
  package static let lineLimit = 65_536
  /// How many rejected lines of each reason are kept for display.
  package static let detailLimit = 10

  private enum Reading: Sendable {
    case detecting(FormatDetector)
    case reading(any LogFormat)
  }

  private var framer = LineFramer()
  private var reading: Reading
  /// The number of the last line that has ended, blank lines included.
  var lineNumber = 0
  /// The number of rejected lines that were kept for display.
  var kept = RejectionCounts()
  var watch = MatchWatch()
  /// The first line of the current failures.
  var firstFailure: RejectedLine?
  /// Another format that accepts it.
  var alternative: String?

  /// - Parameter format: `nil` to detect it.
  package init(format: (any LogFormat.Type)? = nil) {
    reading = format.map { .reading($0.init()) } ?? .detecting(FormatDetector())
  }

  /// The name of the format, once it is known.
  package var format: String? {
    guard case .reading(let format) = reading else { return nil }
    return type(of: format).name
  }

  /// The offset from UTC of the log's times, in seconds east.
  package var zoneOffset: Int {
    guard case .reading(let format) = reading else { return 0 }
    return format.zoneOffset
  }

  /// The number of lines read while the format is unknown. They are in no batch yet.
  package var undecided: Int {
    guard case .detecting(let detector) = reading else { return 0 }
    return detector.undecided
  }

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
    var consumed = 0
    if case .detecting(var detector) = reading {
      consumed = detect(base, count: block.count, isLast: isLast, &detector, into: batch)
      if case .detecting = reading { reading = .detecting(detector) }
    }
    if case .reading(let format) = reading {
      consumed = read(base, from: consumed, count: block.count, isLast, format, into: batch)
    }
    return consumed
  }

  /// Reads a header at the beginning of a log whose first lines are not parsed otherwise. Nothing
  /// is counted, and lines that are not headers have no effect.
  ///
  /// - Parameter heading: whole lines from the beginning of the log.
  package mutating func readHeading(_ heading: [UInt8]) {
    guard lineNumber == 0, !heading.isEmpty else { return }
    let padded = heading + Array(repeating: 0, count: LineBytes.padding)
    padded.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var framer = LineFramer()
      var position = 0
      while let frame = framer.next(base, from: &position, count: heading.count, isLast: false) {
        if case .blank = frame { continue }
        guard case .line(let line) = frame, readHeader(line) else { return }
      }
    }
  }

  /// - Returns: whether the line is a header of the format; while that is unknown, of any format.
  private mutating func readHeader(_ line: LineBytes) -> Bool {
    let trial = RecordBatch()
    let formats: [any LogFormat] =
      switch reading {
      case .detecting(let detector): detector.candidates
      case .reading(let format): [format]
      }
    for var format in formats {
      guard case .ignored = format.read(line, into: trial) else { continue }
      reading = .reading(format)
      return true
    }
    return false
  }

  /// Continues with the next file of the same source.
  package mutating func beginNextFile() {
    framer = LineFramer()
  }

  /// Ends the source: the lines that no format has accepted count as rejected.
  package mutating func finish(into batch: RecordBatch) {
    reportNoMatch(into: batch)
    guard case .detecting(var detector) = reading else { return }
    detector.addUndecided(as: nil, into: batch)
    reading = .detecting(detector)
  }

  /// Reports that nothing matches, if no line has matched and that was not reported yet.
  package mutating func reportNoMatch(into batch: RecordBatch) {
    if let change = watch.reportNoMatch() { report(change, into: batch) }
  }

  private mutating func detect(
    _ base: UnsafePointer<UInt8>, count: Int, isLast: Bool, _ detector: inout FormatDetector,
    into batch: RecordBatch
  ) -> Int {
    var consumed = 0
    let trial = RecordBatch()
    while let frame = framer.next(base, from: &consumed, count: count, isLast: isLast) {
      lineNumber += 1
      switch frame {
      case .blank: batch.add(line: nil)
      case .oversize: rejectOversize(into: batch)
      case .line(let line):
        switch detector.judge(line, trial: trial) {
        case .rejected(let reason):
          let number = lineNumber
          countFailure(reason, into: batch) { detector.explain(line, number: number) }
        case .accepted(var format):
          detector.addUndecided(as: format, into: batch)
          if case .ignored = format.read(line, into: batch) { batch.add(line: nil) }
          reading = .reading(format)
          countMatch(into: batch)
          return consumed
        }
      }
    }
    return consumed
  }

  /// Parses lines in a known format. The compiler specializes the loop for each format.
  private mutating func read(
    _ base: UnsafePointer<UInt8>, from first: Int, count: Int, _ isLast: Bool,
    _ known: some LogFormat, into batch: RecordBatch
  ) -> Int {
    var format = known
    var consumed = first
    while let frame = framer.next(base, from: &consumed, count: count, isLast: isLast) {
      lineNumber &+= 1
      switch frame {
      case .blank: batch.add(line: nil)
      case .oversize: rejectOversize(into: batch)
      case .line(let line):
        switch format.read(line, into: batch) {
        case .hit: if !watch.isSettled { countMatch(into: batch) }
        case .ignored:
          batch.add(line: nil)
          countMatch(into: batch)
        case .rejected(let reason):
          batch.add(line: reason)
          let number = lineNumber
          countFailure(reason, into: batch) {
            format.explain(line, number: number, reason)
          } alternative: {
            FormatCatalog.alternative(to: format, accepting: line)
          }
        }
      }
    }
    reading = .reading(format)
    return consumed
  }

  private mutating func rejectOversize(into batch: RecordBatch) {
    batch.add(line: .oversize)
    let number = lineNumber
    countFailure(.oversize, into: batch) { RejectedLine(number: number, rejection: .oversize) }
  }
}
