import AccessLog

/// The bytes of a line, without its line ending. At least `LineBytes.padding` readable bytes follow
/// them, so that a search can read as many at a time.
package struct LineBytes {
  /// The number of readable bytes that must follow every block that is parsed.
  package static let padding = 64

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

/// What a line that is ignored says about the format of its log.
enum FormatEvidence: Comparable {
  /// Nothing: while no other line decides the format, it is a line that none accepts.
  case none
  /// It may belong to the format, but another line has to decide that.
  case weak
  /// The log has the format.
  case decisive
}

/// What a format cannot learn from the log.
package struct ParsingOptions: Sendable {
  /// The zone of times that are written without one.
  package var zone = AssumedZone.utc
  /// The dimensions in which records get names besides the common ones: what the others would need
  /// is not read.
  package var wanted: DimensionSet = []
  /// The conditions of which parsing finds out whether each record satisfies them.
  package var conditions = ConditionList()

  /// Whether the lines of records are kept.
  package var keepsLines = false

  package init() {}

  /// What records get besides their own fields.
  package var wantedFacts: WantedFacts {
    WantedFacts(wanted, conditions: conditions.conditions.count, lines: keepsLines)
  }

  /// What is read of a line besides what makes a record: for names, or for conditions.
  ///
  /// - Complexity: O(terms of all conditions).
  var extras: ExtraFields { ExtraFields(wanted).union(ExtraFields(conditions)) }
}

/// A name that a format goes by.
struct FormatMember {
  /// As given to `--format`.
  var name: String
  /// A one-line description for the list of formats.
  var summary: String
  /// A line of it.
  var example: String
}

/// A log format: parses a line into a record, or says why it cannot.
protocol LogFormat: Sendable {
  /// Parses a line, and adds a record to the batch if it is a hit.
  ///
  /// - Complexity: O(bytes of the line).
  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict

  /// Parses consecutive lines up to the first that is not of the shape that nearly all lines have.
  /// None of them is wrapped; each is read as `read` would read it. A format that is rare does
  /// without it.
  ///
  /// - Parameters:
  ///   - lines: the lines of a block.
  ///   - position: where the first line begins in the block; moves behind the last one that was read.
  /// - Returns: the number of lines.
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int

  /// Whether lines of the format may be headers.
  static var hasHeaders: Bool { get }

  /// Whether a line may look like one that another program has put a wrapper around.
  var mayLookWrapped: Bool { get }

  /// Whether the line is a header.
  func isHeader(_ line: LineBytes) -> Bool

  /// What a line that the format ignores says about the format of a log whose format is not known.
  func evidence(ofIgnored line: LineBytes) -> FormatEvidence

  /// The offset from UTC of the log's times, in seconds east; 0 if the format has none.
  var zoneOffset: Int { get }

  /// Whether it reads every line as `other` does.
  func isInterchangeable(with other: any LogFormat) -> Bool

  /// The member that the line is of.
  func name(of line: LineBytes) -> String

  /// How far the format can read a line that it rejects, for messages. Called for few lines only.
  func progress(with line: LineBytes) -> FormatProgress
}

extension LogFormat {
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int { 0 }

  var zoneOffset: Int { 0 }

  static var hasHeaders: Bool { false }

  var mayLookWrapped: Bool { false }

  func isHeader(_ line: LineBytes) -> Bool { false }

  func evidence(ofIgnored line: LineBytes) -> FormatEvidence { .decisive }

  func isInterchangeable(with other: any LogFormat) -> Bool { other is Self }
}

/// A format that has names, by which it can be asked for, and is recognized by itself.
///
/// A new format is a new file with a conforming type, and a line in `FormatCatalog`.
protocol CatalogFormat: LogFormat {
  /// The names that the format goes by: several if its lines may have more or fewer fields.
  static var members: [FormatMember] { get }

  init(_ options: ParsingOptions)
}

extension CatalogFormat {
  func name(of line: LineBytes) -> String { Self.members[0].name }
}

/// A format that a log can be read by.
package struct NamedFormat: Sendable {
  package let name: String
  /// A one-line description.
  package let summary: String
  /// A line of it; empty for a custom format.
  package let example: String
  /// Its layout, if its lines begin with a time that might be taken for that of a wrapper.
  var timedLayout: FieldLayout?
  /// Makes a parser of it.
  let make: @Sendable (ParsingOptions) -> any LogFormat
}
