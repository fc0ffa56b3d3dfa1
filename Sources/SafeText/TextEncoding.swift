/// How text is encoded for a terminal or a file, and thus which characters it may contain.
package enum TextEncoding: Sendable {
  /// UTF-8: every visible character of known width.
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
