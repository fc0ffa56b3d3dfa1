import AccessLog

/// A format, and the name that it was detected or asked for by.
struct LineReader: Sendable {
  let name: String
  var format: any LogFormat
  /// Whether lines of the format may be headers.
  let hasHeaders: Bool

  init(name: String, format: any LogFormat) {
    self.name = name
    self.format = format
    hasHeaders = type(of: format).hasHeaders
  }
}

extension LineReader {
  init(_ format: NamedFormat, _ options: ParsingOptions) {
    self.init(name: format.name, format: format.make(options))
  }
}

/// The formats of a source: one for each name that wrappers give to lines, and one for the lines
/// without a name. Each is the one that the first line with the name matches.
struct LineReaders: Sendable {
  /// The format that was asked for; `nil` to detect it.
  private let requested: NamedFormat?
  private let options: ParsingOptions
  private var labels = LabelTable()
  /// By the number of the name, from 1; the first element is for lines without a name.
  private var readers: [LineReader]
  /// Whether lines without a name have a format.
  private(set) var isPlainKnown: Bool
  /// The number of the name whose line matched first.
  private var firstMatch: Int?
  private var detector: FormatDetector

  init(_ requested: NamedFormat?, _ options: ParsingOptions) {
    self.requested = requested
    self.options = options
    detector = FormatDetector(options)
    isPlainKnown = requested != nil
    firstMatch = requested == nil ? nil : 0
    // While the format is not known, any will do.
    readers = [LineReader(requested ?? FormatCatalog.all[0], options)]
  }

  /// The first that was found.
  var first: LineReader? { firstMatch.map { readers[$0] } }
  /// How many names have one.
  var nameCount: Int { labels.count }
  /// Whether the format of any line is known.
  var isAnyKnown: Bool { firstMatch != nil }

  /// Whether the same formats are known for the same names, each in the same state.
  func isInterchangeable(with other: LineReaders) -> Bool {
    readers.count == other.readers.count && isPlainKnown == other.isPlainKnown
      && zip(readers, other.readers).allSatisfy { $0.format.isInterchangeable(with: $1.format) }
  }

  /// The number of lines that wait for a format.
  var undecided: Int { detector.undecided }

  /// Reads lines without a name, as long as they have the usual shape. See `LogFormat`. Their names may
  /// not be resolved yet.
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    guard isPlainKnown else { return 0 }
    return readers[0].format.readUsualLines(&lines, from: &position, into: batch)
  }

  /// Reads the part of a line from a position on as a line of a name, if it has the usual shape.
  ///
  /// - Returns: whether it has been read.
  mutating func readUsualLine(
    of lines: inout BlockLines, at position: Int, name: TextRange?, into batch: RecordBatch
  ) -> Bool {
    guard let number = number(of: name), isKnown(number) else { return false }
    let count = lines.readOne(at: position) { lines, position in
      readers[number].format.readUsualLines(&lines, from: &position, into: batch)
    }
    return count == 1
  }

  /// Reads a line without a name, whose format is known.
  @inline(__always)
  mutating func readPlain(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    readers[0].format.read(line, into: batch)
  }

  /// Reads a line of a name, and adds a record to the batch if it is a hit. If the format of the
  /// name is not known, the line decides it if any format accepts it.
  ///
  /// - Parameters:
  ///   - scratch: for records on trial.
  ///   - requiresAddress: whether to reject headers, and lines whose client is not an address.
  mutating func read(
    _ line: LineBytes, name: TextRange?, _ scratch: ScratchBytes, into batch: RecordBatch,
    requiresAddress: Bool = false
  ) -> LineVerdict {
    let number = number(of: name)
    if let number, isKnown(number) {
      if requiresAddress, readers[number].hasHeaders, readers[number].format.isHeader(line) {
        return .rejected(.shape)
      }
      return Self.check(readers[number].format.read(line, into: batch), batch, requiresAddress)
    }
    var reader: LineReader
    if let requested {
      reader = LineReader(requested, options)
      if requiresAddress, reader.format.isHeader(line) { return .rejected(.shape) }
    } else {
      guard
        let format = detector.format(
          of: line, trial: scratch.trial, requiresAddress: requiresAddress)
      else {
        return detector.isPossibleHeader ? .ignored : .rejected(detector.furthest)
      }
      reader = LineReader(name: format.name(of: line), format: format)
      if firstMatch == nil { detector.addUndecided(as: format, into: batch) }
    }
    let verdict = Self.check(reader.format.read(line, into: batch), batch, requiresAddress)
    if case .rejected = verdict { return verdict }
    add(reader, number ?? name.map { labels.add($0) } ?? 0)
    return verdict
  }

  /// Reads a line with what seems to be a wrapper around it, if a line of the format may look like
  /// that.
  ///
  /// - Returns: whether it is a hit. Nothing else has an effect.
  mutating func readWithWrappers(
    _ line: LineBytes, name: TextRange?, _ scratch: ScratchBytes, into batch: RecordBatch
  ) -> Bool {
    if let number = number(of: name), isKnown(number) {
      return readers[number].format.mayLookWrapped
        && readers[number].format.read(line, into: batch) == .hit
    }
    guard requested != nil || !isAnyKnown else { return false }
    let trial = RecordBatch()
    var copy = self
    guard copy.read(line, name: name, scratch, into: trial) == .hit,
      copy.reader(of: name)?.format.mayLookWrapped ?? false
    else { return false }
    return read(line, name: name, scratch, into: batch) == .hit
  }

  private static func check(
    _ verdict: LineVerdict, _ batch: RecordBatch, _ requiresAddress: Bool
  ) -> LineVerdict {
    guard requiresAddress, verdict == .hit, !batch.hasAddress else { return verdict }
    batch.removeLast()
    return .rejected(.shape)
  }

  /// Reads a line that may be a header of the format; while that is unknown, of any format.
  ///
  /// - Returns: whether it is one. No other line has an effect.
  mutating func readHeader(_ line: LineBytes, name: TextRange?, _ scratch: ScratchBytes) -> Bool {
    var copy = self
    let trial = RecordBatch()
    guard case .ignored = copy.read(line, name: name, scratch, into: trial) else {
      return false
    }
    self = copy
    return true
  }

  /// The format of a name; `nil` if it is not known.
  func reader(of name: TextRange?) -> LineReader? {
    number(of: name).flatMap { isKnown($0) ? readers[$0] : nil }
  }

  private func isKnown(_ number: Int) -> Bool {
    number == 0 ? isPlainKnown : number < readers.count
  }

  private mutating func add(_ reader: LineReader, _ number: Int) {
    if number == 0 {
      readers[0] = reader
      isPlainKnown = true
    } else {
      // Numbers are given in order.
      readers.append(reader)
    }
    if firstMatch == nil { firstMatch = number }
  }

  /// The number of a name; `nil` if it has none yet.
  private func number(of name: TextRange?) -> Int? {
    name.map { labels.number(of: $0) } ?? 0
  }

  // MARK: - Lines that no format accepts

  /// Counts the line that was just ignored, while no format is known at all, among those that wait for
  /// one.
  mutating func countPossibleHeader() { detector.countUndecided() }

  /// Counts the line that was just rejected: in the batch or, while no format is known at all, among
  /// those that wait for one.
  mutating func countRejected(_ reason: Rejection, into batch: RecordBatch) {
    if firstMatch == nil { detector.countUndecided() } else { batch.add(line: reason) }
  }

  /// Explains the line of a name that was just rejected.
  func explain(
    _ line: LineBytes, name: TextRange?, number: Int, _ reason: Rejection
  ) -> RejectedLine {
    guard let reader = reader(of: name) ?? requestedReader else {
      return detector.explain(line, number: number)
    }
    return reader.format.explain(line, number: number, reason)
  }

  /// The name of a format other than that of a name which accepts a line.
  func alternative(to name: TextRange?, accepting line: LineBytes) -> String? {
    guard let reader = reader(of: name) ?? requestedReader else { return nil }
    return FormatCatalog.alternative(to: reader.format, accepting: line)
  }

  private var requestedReader: LineReader? {
    requested.map { LineReader($0, options) }
  }

  /// Ends the wait for a format: the lines count as rejected.
  mutating func addUndecided(into batch: RecordBatch) {
    detector.addUndecided(as: nil, into: batch)
  }
}
