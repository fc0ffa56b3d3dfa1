extension TerminalBytes {
  /// The characters in drawn text that must never reach a terminal: bytes that are not UTF-8 (some of
  /// them are control characters), C1, format and direction characters, line and paragraph separators,
  /// invisible characters, and the fifth and later combining marks in a row.
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
