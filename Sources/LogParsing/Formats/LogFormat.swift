import AccessLog

/// The bytes of a line, without its line ending. At least `LineBytes.padding` readable bytes follow
/// them, so that a search can read 16 bytes at a time.
package struct LineBytes {
  /// The number of readable bytes that must follow every block that is parsed.
  package static let padding = 32

  var start: UnsafePointer<UInt8>
  var count: Int

  package init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }
}

/// How a format judges a line.
package enum LineVerdict: Equatable, Sendable {
  /// A record was added to the batch.
  case hit
  /// The line is a header: neither a record nor wrong.
  case ignored
  /// The line does not match the format.
  case rejected(Rejection)
}

/// A log format: parses a line into a record, or says why it cannot.
///
/// A new format is a new file with a conforming type, and a line in `FormatCatalog`.
package protocol LogFormat: Sendable {
  /// The name, as given to `--format`.
  static var name: String { get }
  /// A one-line description for the list of formats.
  static var summary: String { get }

  init()

  /// Parses a line, and adds a record to the batch if it is a hit.
  ///
  /// - Complexity: O(bytes of the line).
  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict

  /// The offset from UTC of the log's times, in seconds east; 0 if the format has none.
  var zoneOffset: Int { get }

  /// Whether the line has marks that only this format has. If several formats accept a line, the
  /// first one in `FormatCatalog` that claims it is chosen.
  func claims(_ line: LineBytes) -> Bool

  /// How far the format can read a line that it rejects, for messages. Called for few lines only.
  func progress(with line: LineBytes) -> FormatProgress
}

extension LogFormat {
  package var zoneOffset: Int { 0 }
}

/// All log formats.
package enum FormatCatalog {
  /// Ordered by how specific they are, the most specific first.
  package static let all: [any LogFormat.Type] = [
    VCombinedFormat.self, CombinedFormat.self, CommonFormat.self, CSVFormat.self,
  ]

  /// The format with that name.
  package static func format(named name: String) -> (any LogFormat.Type)? {
    all.first { $0.name == name }
  }
}
