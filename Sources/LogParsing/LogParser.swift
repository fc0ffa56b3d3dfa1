import AccessLog

/// Turns the bytes of one source into records: cuts them into lines, finds the format, and counts
/// what is no hit. A value: a copy goes on from the same place.
package struct LogParser: Sendable {
  /// The longest line that is read, in bytes, without its ending.
  package static let lineLimit = 65_536

  private enum Reading: Sendable {
    case detecting(FormatDetector)
    case reading(any LogFormat)
  }

  private var framer = LineFramer()
  private var reading: Reading
  /// Lines that ended, whatever they held.
  private var lineNumber = 0
  private var detailsLeft = FormatDetector.detailLimit
  private var probation = Probation()

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

  /// While no line matches any format: how many did not, and the first of them.
  package var undecided: (lines: Int, first: RejectedLine?) {
    guard case .detecting(let detector) = reading else { return (0, nil) }
    return (detector.undecided, detector.firstSuspect)
  }

  /// The line at which it was clear that over half of the first lines after the format was found do
  /// not match it; `nil` where they do.
  package private(set) var doubtfulSinceLine: Int?

  /// Something in the source matched the format, if only a header.
  package private(set) var matchedAnything = false

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

  /// Begins with another file of the same source.
  package mutating func beginNextFile() {
    framer = LineFramer()
  }

  /// The source has ended: what no format accepted counts as rejected.
  package mutating func conclude(into batch: RecordBatch) {
    guard case .detecting(var detector) = reading else { return }
    detector.settle(for: nil, into: batch)
    reading = .detecting(detector)
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
      case .oversize: batch.add(line: .oversize)
      case .line(let line):
        guard var format = detector.offer(line, number: lineNumber, trial: trial) else { continue }
        detector.settle(for: format, into: batch)
        detailsLeft -= min(detailsLeft, batch.details.count)
        self.count(format.read(line, into: batch), of: line, into: batch)
        reading = .reading(format)
        return consumed
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
      case .oversize: batch.add(line: .oversize)
      case .line(let line):
        let verdict = format.read(line, into: batch)
        if case .hit = verdict, probation.isOver {
          matchedAnything = true
        } else {
          self.count(verdict, of: line, into: batch)
        }
      }
    }
    reading = .reading(format)
    return consumed
  }

  private mutating func count(
    _ verdict: LineVerdict, of line: LineBytes, into batch: RecordBatch
  ) {
    defer { if probation.failed, doubtfulSinceLine == nil { doubtfulSinceLine = lineNumber } }
    switch verdict {
    case .hit:
      matchedAnything = true
      probation.observe(failed: false)
    case .ignored:
      matchedAnything = true
      batch.add(line: nil)
    case .rejected(let reason):
      batch.add(line: reason)
      probation.observe(failed: true)
      guard detailsLeft > 0 else { return }
      detailsLeft -= 1
      batch.details.append(
        RejectedLine(number: lineNumber, rejection: reason, excerpt: line.excerpt))
    }
  }
}

/// Watches the first lines after a format was found.
struct Probation: Sendable {
  static let length = 64

  private var lines = 0
  private var failures = 0

  var isOver: Bool { lines > Self.length }
  /// Over half of the lines failed.
  var failed: Bool { isOver && failures * 2 > Self.length }

  /// The line that decided is not counted.
  mutating func observe(failed: Bool) {
    guard !isOver else { return }
    lines += 1
    if failed, lines > 1 { failures += 1 }
  }
}
