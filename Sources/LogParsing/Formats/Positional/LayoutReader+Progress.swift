import AccessLog

extension LayoutReader {
  /// How far a line can be read, by the layout that fits it best.
  func progress(with line: LineBytes) -> FormatProgress {
    let text = TextRange(line)
    return layouts.map { layout in FoundFields.with { progress(with: text, layout, &$0) } }
      .max { $0.fields < $1.fields } ?? FormatProgress(readable: [])
  }

  private func progress(
    with line: TextRange, _ layout: FieldLayout, _ found: inout FoundFields
  ) -> FormatProgress {
    let hasShape = layout.find(in: line, &found)
    var reader = self
    var readable: Set<LogField> = []
    var missing: LogField?
    for step in layout.steps {
      guard let field = step.role.logField, !readable.contains(field) else { continue }
      let isReadable =
        switch field {
        case .time: reader.time(found, of: line, layout) != nil
        case .status: Self.status(found.text(.status, in: line), layout) != nil
        case .bytes: found.has(.bytes) && Self.bytes(found, of: line, layout) != nil
        case .client, .request: found.has(step.role)
        }
      guard isReadable else {
        missing = field
        break
      }
      readable.insert(field)
    }
    // Words that no time or status stands among are not the fields that they may look like.
    if !hasShape, !readable.contains(.time) { readable = [] }
    var progress = FormatProgress(readable: readable)
    progress.missing = missing
    return progress
  }
}

extension FieldRole {
  /// The field that messages call it.
  fileprivate var logField: LogField? {
    switch self {
    case .time, .date, .timeOfDay: .time
    case .client: .client
    case .request, .target: .request
    case .status: .status
    case .bytes: .bytes
    default: nil
    }
  }
}
