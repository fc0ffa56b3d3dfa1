/// The characters that a terminal or a file can be given.
package enum Repertoire: Sendable {
  /// Any character that has a shape and a known width; UTF-8 where it leaves the program.
  case unicode
  /// Printable ASCII alone: every other byte is written as `\xHH`.
  case ascii

  /// What stands where text was cut; one column.
  package var ellipsis: SafeString {
    switch self {
    case .unicode: "…"
    case .ascii: "~"
    }
  }
}
