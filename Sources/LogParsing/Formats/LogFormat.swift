import AccessLog

/// The bytes of one line, without its ending. At least `LineBytes.padding` more bytes can be read
/// after them, so that a search may look at 16 at a time.
package struct LineBytes {
  /// How many readable bytes must follow every block that is parsed.
  package static let padding = 32

  var start: UnsafePointer<UInt8>
  var count: Int

  package init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }
}

/// What a format makes of a line.
package enum LineVerdict: Equatable, Sendable {
  /// A record was added to the batch.
  case hit
  /// No record, and nothing wrong: a header.
  case ignored
  case rejected(Rejection)
}

/// One log format: turns a line into a record, or says why not.
///
/// A new format is a new file with a type that conforms to this, and a line in `FormatCatalog`.
package protocol LogFormat: Sendable {
  /// The name that `--format` takes.
  static var name: String { get }
  /// What people know it as.
  static var summary: String { get }

  init()

  /// Reads one line, and adds a record to the batch if it is a hit.
  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict

  /// The offset from UTC that the log writes its times with, in seconds east; 0 where it writes
  /// none.
  var zoneOffset: Int { get }

  /// Of two formats that accept a line, the one that claims it is the more specific.
  func claims(_ line: LineBytes) -> Bool

  /// How far it gets with a line that it rejects, for people; no line that is counted comes here.
  func progress(with line: LineBytes) -> FormatProgress
}

extension LogFormat {
  package var zoneOffset: Int { 0 }
}

/// The formats that can be read, the most specific first.
package enum FormatCatalog {
  package static let all: [any LogFormat.Type] = [
    VCombinedFormat.self, CombinedFormat.self, CommonFormat.self, CSVFormat.self,
  ]

  /// The format of that name.
  package static func format(named name: String) -> (any LogFormat.Type)? {
    all.first { $0.name == name }
  }
}
