import AccessLog

/// Turns the bytes of one source into records: cuts them into lines, finds the format, and counts
/// what is no hit. A value: a copy goes on from the same place.
package struct LogParser: Sendable {
  /// The longest line that is read, in bytes, without its ending.
  package static let lineLimit = 65_536
  /// How many rejected lines of each reason are kept for show.
  package static let detailLimit = 10

  private enum Reading: Sendable {
    case detecting(FormatDetector)
    case reading(any LogFormat)
  }

  private var framer = LineFramer()
  private var reading: Reading
  /// Lines that ended, whatever they held.
  private var lineNumber = 0
  /// Rejected lines that have been shown.
  private var shown = RejectionCounts()
  private var watch = MatchWatch()
  /// The first line of those that do not match now.
  private var firstFailure: RejectedLine?
  /// Another format, which accepts that line.
  private var alternative: String?

  /// - Parameter format: `nil` to find it out.
  package init(format: (any LogFormat.Type)? = nil) {
    reading = format.map { .reading($0.init()) } ?? .detecting(FormatDetector())
  }

  /// The name of the format, once it is known.
  package var format: String? {
    guard case .reading(let format) = reading else { return nil }
    return type(of: format).name
  }

  /// The offset from UTC that the log writes its times with, in seconds east.
  package var zoneOffset: Int {
    guard case .reading(let format) = reading else { return 0 }
    return format.zoneOffset
  }

  /// Lines that no format has accepted so far: they are not in any batch yet.
  package var undecided: Int {
    guard case .detecting(let detector) = reading else { return 0 }
    return detector.undecided
  }

  /// Something in the source matched the format, if only a header.
  package var matchedAnything: Bool { watch.hasMatched }

  /// The lines so far, where not one of them matched; `nil` where one did or there are none.
  package var unmatched: FailedLines? {
    guard watch.unmatched > 0 else { return nil }
    return FailedLines(
      lines: watch.unmatched, format: format, first: firstFailure, alternative: alternative)
  }

  /// Nothing has matched, and that has been said.
  package var saysNothingMatches: Bool { watch.saysNothingMatches }

  /// Reads the lines that end in a block.
  ///
  /// - Parameters:
  ///   - block: bytes not consumed so far; `LineBytes.padding` readable bytes must follow.
  ///   - isLast: the file has ended: a line without a newline counts.
  ///   - batch: is filled with what the lines held, after what it holds already.
  /// - Returns: how many bytes were consumed; the rest is the beginning of a line.
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

  /// Reads the header lines that a log begins with, where the lines to be parsed stand far behind
  /// them. Nothing is counted, and what is no header is left alone.
  ///
  /// - Parameter heading: whole lines from the beginning of the log.
  package mutating func read(heading: [UInt8]) {
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

  /// - Returns: whether the line is a header of the format, or while that is unknown, of any.
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

  /// Begins with another file of the same source.
  package mutating func beginNextFile() {
    framer = LineFramer()
  }

  /// The source has ended: what no format accepted counts as rejected.
  package mutating func conclude(into batch: RecordBatch) {
    endPatience(into: batch)
    guard case .detecting(var detector) = reading else { return }
    detector.settle(for: nil, into: batch)
    reading = .detecting(detector)
  }

  /// The time is over within which a line should have matched.
  package mutating func endPatience(into batch: RecordBatch) {
    if let change = watch.endPatience() { report(change, into: batch) }
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
        switch detector.offer(line, trial: trial) {
        case .rejected(let reason):
          let number = lineNumber
          fail(reason, into: batch) { detector.explain(line, number: number) }
        case .accepted(var format):
          detector.settle(for: format, into: batch)
          if case .ignored = format.read(line, into: batch) { batch.add(line: nil) }
          reading = .reading(format)
          succeed(into: batch)
          return consumed
        }
      }
    }
    return consumed
  }

  /// Goes on with a known format; the compiler makes one loop for each.
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
        case .hit: if !watch.isCalm { succeed(into: batch) }
        case .ignored:
          batch.add(line: nil)
          succeed(into: batch)
        case .rejected(let reason):
          batch.add(line: reason)
          let number = lineNumber
          fail(reason, into: batch) {
            format.explain(line, number: number, reason)
          } alternative: {
            FormatCatalog.accepting(line, besides: format)
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
    fail(.oversize, into: batch) { RejectedLine(number: number, rejection: .oversize) }
  }
}

// MARK: - Lines that fail

extension LogParser {
  /// A line matched, after others that did not.
  private mutating func succeed(into batch: RecordBatch) {
    if let change = watch.matched() { report(change, into: batch) }
  }

  /// A line did not match.
  ///
  /// - Parameters:
  ///   - explain: the line with what is wrong with it; asked for only where that is to be shown.
  ///   - alternative: another format that accepts the line, likewise.
  @inline(__always)
  private mutating func fail(
    _ reason: Rejection, into batch: RecordBatch, explain: () -> RejectedLine,
    alternative: () -> String? = { nil }
  ) {
    let change = watch.failed()
    guard change != nil || watch.isFirstFailure || shown[reason] < Self.detailLimit else { return }
    keep(explain(), into: batch)
    if change == .mostLinesFail || watch.unmatched == 1 { self.alternative = alternative() }
    if let change { report(change, into: batch) }
  }

  /// Keeps what is to be shown of a line that did not match.
  private mutating func keep(_ line: RejectedLine, into batch: RecordBatch) {
    if watch.isFirstFailure { firstFailure = line }
    guard shown[line.rejection] < Self.detailLimit else { return }
    shown[line.rejection] += 1
    batch.details.append(line)
  }

  private func report(_ change: MatchWatch.Change, into batch: RecordBatch) {
    var notice: Notice?
    switch change {
    case .linesMatchAgain: break
    case .nothingMatches: notice = unmatched.map { .unknownFormat($0) }
    case .mostLinesFail:
      notice = .doubtfulFormat(
        FailedLines(
          lines: FailureRun.length, format: format, first: firstFailure, alternative: alternative))
    }
    batch.matchChanges.append(MatchChange(line: lineNumber, notice: notice))
  }
}
