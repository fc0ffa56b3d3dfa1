import AccessLog

/// Compiles the string of a custom format.
enum FormatString {
  static func layout(_ string: [UInt8]) throws(FormatStringError) -> FieldLayout {
    let dialect = FormatDialect(string)
    let written =
      dialect == .nginx
      ? try NginxFormatString.parts(of: string)
      : try PercentFormatString.parts(of: string, dialect)
    let parts = FormatStringParts.simplified(written)
    try checkFields(parts, dialect)
    try checkEnds(parts)
    return FieldLayout(parts)
  }

  /// Checks that a record can be made of what the fields give.
  private static func checkFields(
    _ parts: [LayoutPart], _ dialect: FormatDialect
  ) throws(FormatStringError) {
    let fields = parts.compactMap(\.field)
    func has(_ role: FieldRole) -> Bool { fields.contains { $0.role == role } }
    let patterns = fields.compactMap(\.pattern)
    let hasWhole = fields.contains { $0.role == .time && $0.pattern == nil }
    let hasDate = has(.date) || patterns.contains(where: \.hasDate)
    let hasTimeOfDay = has(.timeOfDay) || patterns.contains(where: \.hasTimeOfDay)
    guard hasWhole || (hasDate && hasTimeOfDay) else { throw .missing(.time, dialect) }
    guard has(.client) else { throw .missing(.client, dialect) }
    guard has(.status) else { throw .missing(.status, dialect) }
  }

  /// Checks that each field has an end that can be found.
  private static func checkEnds(_ parts: [LayoutPart]) throws(FormatStringError) {
    for index in parts.indices.dropLast() {
      guard let field = parts[index].field else { continue }
      guard case .text(let text) = parts[index + 1] else {
        let next = parts[index + 1].field
        guard let next, field.pattern == nil, next.role != .target else { continue }
        throw .adjacent(field.spelling, next.spelling, place: next.place)
      }
      guard field.role == .request, text.first == .space else { continue }
      let next = index + 2 < parts.count ? parts[index + 2].field : nil
      guard text == [.space], next?.role == .status else {
        throw .unquotedRequest(field.spelling, place: field.place)
      }
    }
  }
}

extension LayoutPart {
  /// The field, if it is one.
  var field: LayoutField? {
    if case .field(let field) = self { field } else { nil }
  }

  /// The text, if it is one.
  var text: [UInt8]? {
    if case .text(let text) = self { text } else { nil }
  }
}
