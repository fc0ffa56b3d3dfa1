import AccessLog

/// Syslog: RFC 5424, RFC 3164 and what is like it (`Nov 25 12:00:01 web1 nginx: `, with or without a
/// priority, a host and a tag, or with another time), and the CRI, which begins with a time too.
enum SyslogWrapper {
  /// - Parameter prefixes: the hosts and tags of the last lines.
  static func match(_ text: TextRange, _ prefixes: inout PrefixCache) -> WrapperMatch? {
    var cursor = ByteCursor(text)
    let hasPriority = cursor.next == UInt8(ascii: "<")
    if hasPriority {
      guard SyslogStamp.skipPriority(&cursor) else { return nil }
      if let match = version1(cursor, &prefixes) { return match }
    }
    if cursor.next?.isDigit ?? false {
      let start = cursor
      if SyslogStamp.skipISO(&cursor), endsWord(&cursor) {
        if !hasPriority {
          if let match = runtime(cursor.rest) { return match }
          if ClassicLoadBalancerLayouts.follows(cursor.rest) { return nil }
        }
        return header(cursor.rest, &prefixes)
      }
      cursor = start
      if SyslogStamp.skipEpoch(&cursor), endsWord(&cursor) {
        return SyslogHeader.matchAfterJournalTime(cursor.rest)
      }
      return withoutTime(start.rest, hasPriority: hasPriority)
    }
    let start = cursor
    if SyslogStamp.skipTraditional(&cursor), endsWord(&cursor) {
      return header(cursor.rest, &prefixes)
    }
    cursor = start
    let isFull = SyslogStamp.skipFull(&cursor)
    if !isFull { cursor = start }
    if isFull || SyslogStamp.skipMonotonic(&cursor), endsWord(&cursor) {
      return SyslogHeader.matchAfterJournalTime(cursor.rest)
    }
    return withoutTime(start.rest, hasPriority: hasPriority)
  }

  /// Reads what is not preceded by a time: the journal keeps the host and the tag that a server writes
  /// itself as a part of the message, and some servers write nothing but a priority.
  private static func withoutTime(_ text: TextRange, hasPriority: Bool) -> WrapperMatch? {
    SyslogHeader.matchWithoutTime(text) ?? (hasPriority ? SyslogHeader.matchBeforeLine(text) : nil)
  }

  /// Reads host and tag after a time.
  private static func header(_ text: TextRange, _ prefixes: inout PrefixCache) -> WrapperMatch {
    if let match = prefixes.match(text, at: .afterTime) { return match }
    guard let match = SyslogHeader.matchWithTag(text) else { return SyslogHeader.match(text) }
    prefixes.add(match, of: text, at: .afterTime)
    return match
  }

  private static func endsWord(_ cursor: inout ByteCursor) -> Bool {
    cursor.skip(.space) || cursor.isAtEnd
  }

  // MARK: - RFC 5424

  /// Reads `1 2026-11-25T12:00:01Z host app process message [structured data] `, after the priority.
  private static func version1(
    _ start: ByteCursor, _ prefixes: inout PrefixCache
  ) -> WrapperMatch? {
    var cursor = start
    guard cursor.skip(UInt8(ascii: "1")), cursor.skipAll(.space),
      cursor.skip(.hyphen) || SyslogStamp.skipISO(&cursor), cursor.skip(.space)
    else { return nil }
    let text = cursor.rest
    guard var match = prefixes.match(text, at: .afterTime5424) ?? message(text, &prefixes) else {
      return nil
    }
    if match.inside.hasPrefix("\u{FEFF}") { match.inside = match.inside.from(3) }
    return match
  }

  /// Reads `host app process message [structured data] `.
  private static func message(_ text: TextRange, _ prefixes: inout PrefixCache) -> WrapperMatch? {
    var cursor = ByteCursor(text)
    let host = cursor.word()
    let (app, process, message) = (cursor.word(), cursor.word(), cursor.word())
    guard !host.isEmpty, !app.isEmpty, !process.isEmpty, !message.isEmpty,
      cursor.skipAll(.space)
    else { return nil }
    let hasData = cursor.next == .openingBracket
    guard skipStructuredData(&cursor), endsWord(&cursor) else { return nil }
    let match = WrapperMatch(
      wrapper: .syslog, name: host.elementsEqual("-") ? nil : host, inside: cursor.rest)
    // Data differ from line to line.
    if !hasData { prefixes.add(match, of: text, at: .afterTime5424) }
    return match
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
  private static func runtime(_ text: TextRange) -> WrapperMatch? {
    let streamRange = text.coloredWord(from: 0)
    let stream = text[streamRange]
    guard stream.elementsEqual("stdout") || stream.elementsEqual("stderr") else { return nil }
    let tagRange = text.coloredWord(from: streamRange.upperBound)
    let tags = text[tagRange]
    guard let tag = tags.first, tag == UInt8(ascii: "F") || tag == UInt8(ascii: "P"),
      tags.count == 1 || tags[1] == .colon
    else { return nil }
    return WrapperMatch(
      wrapper: .cri, name: nil, inside: text.afterSpace(tagRange.upperBound), stream: stream,
      isCut: tag == UInt8(ascii: "P"))
  }
}
