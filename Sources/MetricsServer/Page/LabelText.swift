import AccessLog

/// The values of labels, which may come from a log.
enum LabelText {
  /// The longest value in bytes of UTF-8; what is longer ends with an ellipsis.
  static let limit = 256

  /// A name as the value of a label: valid UTF-8, without control characters but the newline, and not
  /// too long. What has no place in it becomes U+FFFD, so different names may give the same value.
  ///
  /// - Complexity: O(`limit`)
  static func value(of name: Name) -> String {
    // A character that the cut would divide is repaired like any other, and dropped.
    let text = name.withBytes { String(decoding: $0.prefix(limit + 4), as: UTF8.self) }
    var scalars = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      let shown =
        scalar.properties.generalCategory == .control && scalar != "\n" ? "\u{FFFD}" : scalar
      length += UTF8.width(shown)
      if length > limit { return String(scalars) + "…" }
      scalars.append(shown)
    }
    return String(scalars)
  }

  /// A value with `\`, `"` and newlines escaped, as it stands between quotes.
  static func escaped(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else {
      return value
    }
    var text = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text.append(contentsOf: "\\\\".unicodeScalars)
      case "\"": text.append(contentsOf: "\\\"".unicodeScalars)
      case "\n": text.append(contentsOf: "\\n".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
