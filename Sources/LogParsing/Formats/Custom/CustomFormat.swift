import AccessLog

/// A format that a string describes, as servers describe theirs.
struct CustomFormat: LogFormat {
  private var reader: LayoutReader
  /// Whether a line that has the shape of the layout is never taken for a wrapped one.
  private let isNeverWrapped: Bool

  init(_ layout: FieldLayout, _ options: ParsingOptions) {
    reader = LayoutReader([layout], options)
    isNeverWrapped = layout.beginsWithTime
  }

  var zoneOffset: Int { reader.timestamp.offset }

  var mayLookWrapped: Bool { true }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    reader.read(line, into: batch)
  }

  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    let isNeverWrapped = isNeverWrapped
    return reader.readUsualLines(
      &lines, from: &position, into: batch, find: { _, _ in false },
      mayBeWrapped: { !isNeverWrapped && !LineUnwrapper.isPlain($0) })
  }

  func name(of line: LineBytes) -> String { NamedFormat.customName }

  func progress(with line: LineBytes) -> FormatProgress { reader.progress(with: line) }
}

extension NamedFormat {
  /// The name of every custom format.
  static let customName = "custom"

  /// The format that a string describes: with the variables of nginx, or with the directives of the
  /// Apache HTTP server or of GoAccess.
  ///
  /// - Throws: an error for what is no variable or directive, and if the client, the time or the
  ///   status is missing.
  package init(custom string: String) throws(FormatStringError) {
    let layout = try FormatString.layout(Array(string.utf8))
    self.init(
      name: Self.customName, summary: string, example: "",
      timedLayout: layout.beginsWithTime ? layout : nil
    ) { CustomFormat(layout, $0) }
  }

  /// The format that a text names, or describes if it holds a `$` or a `%`; `nil` if there is none
  /// of that name.
  ///
  /// - Throws: see `init(custom:)`.
  package init?(_ text: String) throws(FormatStringError) {
    if text.utf8.contains(UInt8(ascii: "$")) || text.utf8.contains(UInt8(ascii: "%")) {
      try self.init(custom: text)
    } else if let format = FormatCatalog.format(named: text) {
      self = format
    } else {
      return nil
    }
  }
}
