import AccessLog
import LogParsing

extension LogParser {
  /// Parses a whole log in pieces of a size, and ends it.
  mutating func parse(_ bytes: [UInt8], pieces: Int = .max, into batch: RecordBatch) {
    var pending: [UInt8] = []
    var rest = bytes[...]
    repeat {
      pending += rest.prefix(pieces)
      rest = rest.dropFirst(pieces)
      let padded = pending + [UInt8](repeating: 0, count: LineBytes.padding)
      let consumed = padded.withUnsafeBufferPointer {
        parse(
          UnsafeBufferPointer(start: $0.baseAddress, count: pending.count), isLast: rest.isEmpty,
          into: batch)
      }
      pending.removeFirst(consumed)
    } while !rest.isEmpty
    finish(into: batch)
  }
}

/// What is made of a log.
struct ParsedLog: Equatable {
  var times: [EpochSecond] = []
  var sections: [String] = []
  var clients: [String] = []
  /// The status codes as they are written.
  var codes: [String] = []
  var rejected: [Rejection: Int] = [:]
  var ignored = 0
  var format: String?
  var wrappers: [Wrapper] = []
  /// The number of names that wrappers give.
  var names = 0

  /// Parses the text in pieces of a size.
  init(
    _ text: String, pieces: Int = .max, format: String? = nil,
    _ options: ParsingOptions = ParsingOptions()
  ) {
    self.init(Array(text.utf8), pieces: pieces, format: format, options)
  }

  init(
    _ bytes: [UInt8], pieces: Int = .max, format: String? = nil,
    _ options: ParsingOptions = ParsingOptions()
  ) {
    var parser = LogParser(format: format.flatMap(FormatCatalog.format), options)
    let batch = RecordBatch()
    parser.parse(bytes, pieces: pieces, into: batch)
    times = batch.records.map(\.time)
    for record in batch.records {
      sections.append(batch.name(record.names[.section], in: .section).description)
      clients.append(batch.name(record.names[.client], in: .client).description)
      codes.append(batch.name(record.names[.status], in: .status).description)
    }
    for run in batch.runs {
      if let reason = run.rejection {
        rejected[reason, default: 0] += run.count
      } else {
        ignored += run.count
      }
    }
    self.format = parser.format
    wrappers = parser.wrappers
    names = parser.nameCount
  }
}
