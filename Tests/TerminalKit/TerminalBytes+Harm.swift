extension TerminalBytes {
  /// Characters that no text may hold on its way to a terminal, by number: bytes that are not UTF-8
  /// (in eight bits some of them steer), C1, formats and directions, line and paragraph separators,
  /// those without a shape or a width, and the fifth combining mark in a row.
  package var harmfulCharacters: [String] {
    var found: [String] = []
    for case .text(let bytes) in items {
      var decoder = UTF8()
      var iterator = bytes.makeIterator()
      var marks = 0
      decoding: while true {
        switch decoder.decode(&iterator) {
        case .emptyInput: break decoding
        case .error: found.append("not UTF-8")
        case .scalarValue(let scalar):
          marks = scalar.properties.generalCategory == .nonspacingMark ? marks + 1 : 0
          if isHarmful(scalar) || marks > 4 {
            found.append("U+" + String(scalar.value, radix: 16, uppercase: true))
          }
        }
      }
    }
    return found
  }

  private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
