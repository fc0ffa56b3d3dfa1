import AccessLog

// The texts of a record: the client, the request, and what is not always wanted.

extension LayoutReader {
  /// The client, or the one that stands in for it; `-` if there is neither.
  static func client(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> TextRange {
    var field = found.text(.client, in: line)
    if layout.traits.contains(.clientHasPort) {
      if let name = field.nameBeforePort { return name }
      field = field.withoutLastPort
    }
    let client =
      !field.isEmpty && ClientName.plainLength(field.start, count: field.count) == field.count
      ? field : ClientName.client(of: field)
    guard client.elementsEqual("-"), found.has(.otherClient) else { return client }
    return ClientName.client(of: found.text(.otherClient, in: line))
  }

  /// A request, and its target.
  struct Request {
    var line: RequestLine
    /// The whole request line, or what stands for its method; then `target` is its own.
    var text: TextRange
    var target: TextRange?

    /// The host that the target names. See `RequestLine.authority`.
    var authority: TextRange {
      if let target { return RequestLine.authority(of: target, method: text) }
      let method = text.prefix(text.firstIndex(of: .space) ?? text.count)
      let target = text.from(min(method.count + 1, text.count))
      return RequestLine.authority(of: target, method: method)
    }
  }

  /// The request of a line of which no byte is escaped, so that its name is a part of the line; `nil` for
  /// any other.
  @inline(__always)
  static func plainRequest(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> RequestLine? {
    let hasHashes = layout.traits.contains(.hashEscapes)
    if found.has(.request) {
      let text = found.text(.request, in: line)
      let isPlain =
        hasHashes ? text.firstIndex(of: UInt8(ascii: "#")) == nil : found.hasNoBackslashes
      return isPlain ? RequestLine(text) : nil
    }
    let method = found.text(.method, in: line)
    guard found.hasNoBackslashes, !hasHashes, method.count > 1 else { return nil }
    return RequestLine(method: method, target: found.text(.target, in: line))
  }

  @inline(__always)
  mutating func request(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> Request {
    if found.has(.request) {
      let text = unescape(.request, found, of: line, layout)
      return Request(line: RequestLine(text), text: text)
    }
    let target = unescape(.target, found, of: line, layout)
    var method = found.text(.method, in: line)
    let isMissing = method.isEmpty || method.elementsEqual("-")
    if isMissing, target.isEmpty || target.elementsEqual("-") {
      return Request(line: RequestLine(.hyphen), text: method, target: target)
    }
    // A target is one even where the log does not name the method.
    if isMissing { method = .hyphen }
    return Request(
      line: RequestLine(method: method, target: target), text: method, target: target)
  }

  private mutating func unescape(
    _ role: FieldRole, _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> TextRange {
    let text = found.text(role, in: line)
    if found.hasNoBackslashes, !layout.traits.contains(.hashEscapes) { return text }
    if layout.traits.contains(.hashEscapes) {
      guard text.firstIndex(of: UInt8(ascii: "#")) != nil else { return text }
      return unescaped.append(text, decoding: UInt8(ascii: "#"))
    }
    return layout.isQuoted(role) ? unescaped.appendUnquoted(text) : text
  }

  mutating func addTexts(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout, _ request: Request,
    to extras: inout LineExtras
  ) {
    if wanted.contains(.host) {
      extras.host =
        layout.traits.contains(.hostInURL)
        ? request.authority
        : found.text(.host, in: line)
    }
    if wanted.contains(.user) { extras.user = unescape(.user, found, of: line, layout) }
    if wanted.contains(.referrer) {
      extras.referrer = unescape(.referrer, found, of: line, layout)
    }
    if wanted.contains(.agent) { extras.agent = unescape(.agent, found, of: line, layout) }
    if wanted.contains(.query), found.has(.query) {
      let query = unescape(.query, found, of: line, layout)
      // Some servers write the `?` too.
      extras.query = query.first == UInt8(ascii: "?") ? query.from(1) : query
    }
  }
}

extension TextRange {
  /// A name, such as an address of version 4, before nothing but a port; `nil` for anything else.
  @inline(__always)
  fileprivate var nameBeforePort: TextRange? {
    let name = ByteSearch.firstOutsideName(in: start, count: count)
    let port = count &- name &- 1
    guard name > 0, port > 0, start[name] == .colon, Numbers.digits(start + (name &+ 1)) >= port
    else { return nil }
    return prefix(name)
  }

  /// Without the port behind the last colon. In an address of version 6 without brackets no other
  /// colon tells it apart.
  fileprivate var withoutLastPort: TextRange {
    var colon = count
    while colon > 0, start[colon - 1].isDigit { colon -= 1 }
    guard colon > 1, colon < count, start[colon - 1] == .colon else { return self }
    return prefix(colon - 1)
  }
}
