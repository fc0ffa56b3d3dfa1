/// Reads the directives of `LogFormat` (Apache HTTP server, mod_log_config) and of `log-format`
/// (GoAccess), which both begin with `%`.
enum PercentFormatString {
  /// A directive: `%>s`, `%!200,304{Referer}i`.
  struct Directive {
    /// The letter, with what follows it in `^FB` and the like.
    var name: String
    /// What stands in braces.
    var argument: String?
    /// `>` for the last of the requests that a redirection makes, `<` for the first; else 0.
    var order: UInt8 = 0
  }

  /// - Throws: an error for what is not a directive of the dialect.
  static func parts(
    of string: [UInt8], _ dialect: FormatDialect
  ) throws(FormatStringError) -> [LayoutPart] {
    var parts: [LayoutPart] = []
    var scanner = FormatStringScanner(string)
    while let byte = scanner.next {
      let start = scanner.index
      if dialect == .goAccess, byte == UInt8(ascii: "~"), let field = forwarded(&scanner, start) {
        parts.append(.field(field))
        continue
      }
      guard byte == UInt8(ascii: "%") else {
        parts.append(.text([scanner.readText()]))
        continue
      }
      scanner.index += 1
      if scanner.skip(UInt8(ascii: "%")) {
        parts.append(.text([UInt8(ascii: "%")]))
        continue
      }
      let directive = try directive(&scanner, from: start, dialect)
      let (text, place) = (scanner.text(from: start), scanner.place(of: start))
      let new =
        dialect == .goAccess
        ? GoAccessDirectives.parts(directive)
        : try ApacheDirectives.parts(directive, text, place: place)
      guard let new else { throw .unknown(text, place: place) }
      parts += new.map { $0.spelled(text, place: place) }
    }
    return parts
  }

  private static func directive(
    _ scanner: inout FormatStringScanner, from start: Int, _ dialect: FormatDialect
  ) throws(FormatStringError) -> Directive {
    var directive = Directive(name: "")
    if dialect == .apache { skipCondition(&scanner, &directive) }
    if scanner.skip(UInt8(ascii: "{")) {
      let first = scanner.index
      while let byte = scanner.next, byte != UInt8(ascii: "}") { scanner.index += 1 }
      directive.argument = scanner.text(from: first)
      scanner.index += 1
      if dialect == .apache { skipCondition(&scanner, &directive) }
    }
    let first = scanner.index
    let length = dialect == .apache && scanner.next == UInt8(ascii: "^") ? 3 : 1
    for _ in 0..<length where scanner.next != nil { scanner.index += 1 }
    guard scanner.index - first == length else {
      throw .unfinished(scanner.text(from: start), place: scanner.place(of: start))
    }
    directive.name = scanner.text(from: first)
    return directive
  }

  /// Moves over the statuses for which a directive is logged, and `<` or `>`.
  private static func skipCondition(
    _ scanner: inout FormatStringScanner, _ directive: inout Directive
  ) {
    while let byte = scanner.next,
      byte.isDigit || byte == .comma || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "<")
        || byte == UInt8(ascii: ">")
    {
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") { directive.order = byte }
      scanner.index += 1
    }
  }

  /// Reads `~h`, a list of clients, and the bytes in braces that enclose and separate them.
  private static func forwarded(
    _ scanner: inout FormatStringScanner, _ start: Int
  ) -> LayoutField? {
    scanner.index += 1
    guard scanner.skip(UInt8(ascii: "h")) else {
      scanner.index = start
      return nil
    }
    if scanner.skip(UInt8(ascii: "{")) {
      while let byte = scanner.next, byte != UInt8(ascii: "}") { scanner.index += 1 }
      scanner.index += 1
    }
    var field = LayoutField(.client)
    (field.spelling, field.place) = (scanner.text(from: start), scanner.place(of: start))
    return field
  }
}

extension LayoutPart {
  /// The part with its place in the format string.
  fileprivate func spelled(_ text: String, place: Int) -> LayoutPart {
    guard case .field(var field) = self else { return self }
    (field.spelling, field.place) = (text, place)
    return .field(field)
  }
}
