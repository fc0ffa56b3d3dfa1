/// The characters that may be written to a terminal or a file.
package enum Repertoire: Sendable {
  /// Every visible character of known width, encoded as UTF-8.
  case unicode
  /// Printable ASCII only: every other byte is written as `\xHH`.
  case ascii

  /// The sign that replaces the end of truncated text; one column wide.
  package var ellipsis: SafeString {
    switch self {
    case .unicode: "…"
    case .ascii: "~"
    }
  }
}
