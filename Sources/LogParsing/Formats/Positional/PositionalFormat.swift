import AccessLog

/// A format whose fields are told apart by their positions.
protocol PositionalLayouts: Sendable {
  static var members: [FormatMember] { get }
  /// The forms of a line; the first that a line has is the one that counts.
  static var layouts: [FieldLayout] { get }
}

/// Parses the lines of a format by its layouts.
struct PositionalFormat<Layouts: PositionalLayouts>: CatalogFormat {
  static var members: [FormatMember] { Layouts.members }

  private var reader: LayoutReader

  init(_ options: ParsingOptions) {
    reader = LayoutReader(Layouts.layouts, options)
  }

  var zoneOffset: Int { reader.timestamp.offset }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    reader.read(line, into: batch)
  }

  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    // No wrapper leaves a line the shape that it has without one.
    reader.readUsualLines(&lines, from: &position, into: batch) { _ in false }
  }

  func progress(with line: LineBytes) -> FormatProgress { reader.progress(with: line) }
}
