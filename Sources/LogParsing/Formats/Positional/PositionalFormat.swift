import AccessLog

/// A format whose fields are told apart by their positions.
protocol PositionalLayouts: Sendable {
  static var members: [FormatMember] { get }
  /// The forms of a line; the first that a line has is the one that counts.
  static var layouts: [FieldLayout] { get }
  /// Finds the fields of a record in a line of the first layout, as its steps do, if the line is like
  /// nearly all others. A format that has this is read sooner than by steps; never inlined, because C
  /// functions stay calls in what a protocol inlines.
  ///
  /// - Parameter line: a newline follows it, and behind that `LineBytes.padding` bytes.
  /// - Returns: `false` if the line has to be read by steps.
  static func findUsual(in line: TextRange, _ found: inout FoundFields) -> Bool
}

extension PositionalLayouts {
  @inline(__always)
  static func findUsual(in line: TextRange, _ found: inout FoundFields) -> Bool {
    false
  }
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
    reader.readUsualLines(
      &lines, from: &position, into: batch, find: Layouts.findUsual, mayBeWrapped: { _ in false })
  }

  func progress(with line: LineBytes) -> FormatProgress { reader.progress(with: line) }
}
