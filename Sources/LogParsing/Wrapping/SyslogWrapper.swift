import AccessLog

/// Syslog: RFC 5424, RFC 3164 and what is like it (`Nov 25 12:00:01 web1 nginx: `, with or without a
/// priority, a host and a tag, or with an ISO 8601 time), and the CRI, which begins with such a time
/// too.
enum SyslogWrapper {
  static func match(_ text: TextRange) -> WrapperMatch? {
    var cursor = ByteCursor(text)
    let hasPriority = cursor.next == UInt8(ascii: "<")
    if hasPriority {
      guard skipPriority(&cursor) else { return nil }
      if let match = version1(cursor) { return match }
    }
    guard let first = cursor.next else { return nil }
    if first.isDigit {
      guard skipISOTime(&cursor), cursor.skip(.space) || cursor.isAtEnd else { return nil }
      if !hasPriority, let match = runtime(cursor) { return match }
      return header(cursor.rest)
    }
    guard skipTraditionalTime(&cursor) else { return nil }
    return header(cursor.rest)
  }

  private static let clock = Shape("00:00:00")
  private static let yearAndMonth = Shape("0000-00-")
  private static let dayAndHour = Shape("00T00:00")

  /// Moves over `<190>`.
  private static func skipPriority(_ cursor: inout ByteCursor) -> Bool {
    cursor.skip(UInt8(ascii: "<")) && (1...3).contains(cursor.skipDigits())
      && cursor.skip(UInt8(ascii: ">"))
  }

  /// Moves over `Nov 25 12:00:01 `, with an optional year and fraction.
  private static func skipTraditionalTime(_ cursor: inout ByteCursor) -> Bool {
    guard MonthName.month(cursor.rest) != nil else { return false }
    cursor.index += 3
    guard cursor.skipAll(.space), (1...2).contains(cursor.skipDigits()), cursor.skipAll(.space)
    else { return false }
    if !cursor.skip(clock) {
      guard cursor.digits(4) != nil, cursor.skip(.space), cursor.skip(clock) else { return false }
    }
    if cursor.skip(.dot), cursor.skipDigits() == 0 { return false }
    return cursor.skip(.space) || cursor.isAtEnd
  }

  /// Moves over `2026-11-25T12:00:01.5+00:00`, with an optional fraction and zone.
  private static func skipISOTime(_ cursor: inout ByteCursor) -> Bool {
    guard cursor.skip(yearAndMonth), cursor.skip(dayAndHour), cursor.skip(.colon),
      cursor.digits(2) != nil
    else { return false }
    if cursor.skip(.dot) || cursor.skip(.comma), cursor.skipDigits() == 0 { return false }
    if cursor.skip(UInt8(ascii: "Z")) { return true }
    guard cursor.skip(UInt8(ascii: "+")) || cursor.skip(.hyphen) else { return true }
    guard cursor.digits(2) != nil else { return false }
    if cursor.skip(.colon) { return cursor.digits(2) != nil }
    let end = cursor
    if cursor.digits(2) == nil { cursor = end }
    return true
  }

  // MARK: - Host and tag

  /// Reads what follows the time: a host and a tag, of which either may be missing.
  private static func header(_ text: TextRange) -> WrapperMatch {
    let first = text.coloredWord(from: 0)
    let second = text.coloredWord(from: first.upperBound)
    if isTag(text[first]) { return match(nil, text.afterSpace(first.upperBound)) }
    if isTag(text[second]) { return match(text[first], text.afterSpace(second.upperBound)) }
    if !ClientName.isAddress(text[first]), isHost(text[first]), beginsLine(text, second) {
      return match(text[first], text.afterSpace(first.upperBound))
    }
    return match(nil, text)
  }

  private static func match(_ name: TextRange?, _ inside: TextRange) -> WrapperMatch {
    WrapperMatch(wrapper: .syslog, name: name, inside: inside)
  }

  /// Whether the word is `nginx:` or `nginx[812]:`.
  private static func isTag(_ word: TextRange) -> Bool {
    guard word.last == .colon else { return false }
    var index = 0
    while isTagByte(word[index]) { index += 1 }
    guard index > 0 else { return false }
    if word[index] == .openingBracket {
      guard let closing = word.firstIndex(of: .closingBracket, from: index) else { return false }
      index = closing + 1
    }
    return index == word.count - 1
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    byte != .colon && byte != .openingBracket && byte != .closingBracket && byte != .quote
  }

  /// Whether the word can be the name of a host, without a port.
  private static func isHost(_ word: TextRange) -> Bool {
    !word.isEmpty
      && word.allSatisfy {
        $0.isLetter || $0.isDigit || $0 == .dot || $0 == .hyphen || $0 == UInt8(ascii: "_")
      }
  }

  /// Whether a line rather begins with this word than before it: it is an address, or a virtual
  /// host before a client, or begins a line of another format.
  private static func beginsLine(_ text: TextRange, _ range: Range<Int>) -> Bool {
    let word = text[range]
    if word.first == .quote || word.first == UInt8(ascii: "{") { return true }
    if word.firstIndex(of: .comma) != nil || ClientName.isAddress(word) { return true }
    let next = text[text.coloredWord(from: range.upperBound)]
    if ClientName.namesPort(word), !next.isEmpty { return !next.elementsEqual("-") }
    return isHost(word) && ClientName.isAddress(next)
  }

  // MARK: - RFC 5424

  /// Reads `1 2026-11-25T12:00:01Z host app process message [structured data] `, after the priority.
  private static func version1(_ start: ByteCursor) -> WrapperMatch? {
    var cursor = start
    guard cursor.skip(UInt8(ascii: "1")), cursor.skip(.space) else { return nil }
    let time = cursor.word()
    if !time.elementsEqual("-") {
      var stamp = ByteCursor(time)
      guard skipISOTime(&stamp), stamp.isAtEnd else { return nil }
    }
    let host = cursor.word()
    let (app, process, message) = (cursor.word(), cursor.word(), cursor.word())
    guard !host.isEmpty, !app.isEmpty, !process.isEmpty, !message.isEmpty,
      cursor.skip(.space), skipStructuredData(&cursor), cursor.skip(.space) || cursor.isAtEnd
    else { return nil }
    var inside = cursor.rest
    if inside.hasPrefix("\u{FEFF}") { inside = inside.from(3) }
    return match(host.elementsEqual("-") ? nil : host, inside)
  }

  /// Moves over `-`, or over one or more `[id name="value"]`, in which `\` escapes a quote.
  private static func skipStructuredData(_ cursor: inout ByteCursor) -> Bool {
    if cursor.skip(.hyphen) { return true }
    guard cursor.next == .openingBracket else { return false }
    while cursor.skip(.openingBracket) {
      var isQuoted = false
      while let byte = cursor.next, isQuoted || byte != .closingBracket {
        if byte == .quote { isQuoted.toggle() }
        cursor.index += byte == .backslash && isQuoted ? 2 : 1
      }
      guard cursor.skip(.closingBracket) else { return false }
    }
    return true
  }

  // MARK: - CRI

  /// Reads `stdout F `, after the time.
  private static func runtime(_ start: ByteCursor) -> WrapperMatch? {
    var cursor = start
    let stream = cursor.word()
    let isOutput = stream.elementsEqual("stdout")
    guard isOutput || stream.elementsEqual("stderr"), cursor.skip(.space) else { return nil }
    let tags = cursor.word()
    guard let tag = tags.first, tag == UInt8(ascii: "F") || tag == UInt8(ascii: "P"),
      tags.count == 1 || tags[1] == .colon, cursor.skip(.space) || cursor.isAtEnd
    else { return nil }
    return WrapperMatch(
      wrapper: .cri, name: nil, inside: cursor.rest, stream: isOutput ? .output : .errors,
      isCut: tag == UInt8(ascii: "P"))
  }
}
