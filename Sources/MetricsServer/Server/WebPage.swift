/// The answer to a request.
package struct WebPage: Equatable, Sendable {
  /// What the text is.
  package enum Kind: Sendable { case plain, metrics }

  package var status: Int
  package var text: String
  package var kind: Kind

  package init(status: Int = 200, text: String, kind: Kind = .plain) {
    self.status = status
    self.text = text
    self.kind = kind
  }
}

extension WebPage.Kind {
  /// The media type, as a string of C that is never freed.
  var mediaType: UnsafePointer<CChar> {
    let text: StaticString =
      switch self {
      case .plain: "text/plain; charset=utf-8"
      case .metrics: "text/plain; version=0.0.4; charset=utf-8"
      }
    return UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
