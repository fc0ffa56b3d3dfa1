/// The priority and the times that may begin a line of syslog. Each function moves over one of them;
/// where there is none, the position is undefined.
enum SyslogStamp {
  private static let clock = Shape("00:00:00")
  private static let yearAndMonth = Shape("0000-00-")
  private static let dayAndHour = Shape("00T00:00")

  /// Moves over `<190>`.
  static func skipPriority(_ cursor: inout ByteCursor) -> Bool {
    cursor.skip(UInt8(ascii: "<")) && (1...3).contains(cursor.skipDigits())
      && cursor.skip(UInt8(ascii: ">"))
  }

  /// Moves over `Nov 25 12:00:01` (RFC 3164), with an optional year and fraction.
  static func skipTraditional(_ cursor: inout ByteCursor) -> Bool {
    guard MonthName.month(cursor.rest) != nil else { return false }
    cursor.index += 3
    guard cursor.skipAll(.space), (1...2).contains(cursor.skipDigits()), cursor.skipAll(.space)
    else { return false }
    if !cursor.skip(clock) {
      guard cursor.digits(4) != nil, cursor.skip(.space), cursor.skip(clock) else { return false }
    }
    return skipFraction(&cursor, allowsComma: false)
  }

  /// Moves over `2026-11-25T12:00:01.5+00:00`, with an optional fraction and zone.
  static func skipISO(_ cursor: inout ByteCursor) -> Bool {
    guard cursor.skip(yearAndMonth), cursor.skip(dayAndHour), cursor.skip(.colon),
      cursor.skipTwoDigits(), skipFraction(&cursor, allowsComma: true)
    else { return false }
    if cursor.skip(UInt8(ascii: "Z")) { return true }
    guard cursor.skip(UInt8(ascii: "+")) || cursor.skip(.hyphen) else { return true }
    guard cursor.skipTwoDigits() else { return false }
    if cursor.skip(.colon) { return cursor.skipTwoDigits() }
    _ = cursor.skipTwoDigits()
    return true
  }

  /// Moves over `Wed 2026-11-25 12:00:01 UTC`, of `journalctl -o short-full`.
  static func skipFull(_ cursor: inout ByteCursor) -> Bool {
    for _ in 0..<3 {
      guard cursor.next?.isLetter ?? false else { return false }
      cursor.index += 1
    }
    guard cursor.skip(.space), cursor.skip(yearAndMonth), cursor.skipTwoDigits(),
      cursor.skip(.space), cursor.skip(clock), skipFraction(&cursor, allowsComma: false),
      cursor.skip(.space), cursor.next != .space
    else { return false }
    return !cursor.word().isEmpty
  }

  /// Moves over `1795608001.123456`, of `journalctl -o short-unix`.
  static func skipEpoch(_ cursor: inout ByteCursor) -> Bool {
    cursor.skipDigits() > 0 && cursor.skip(.dot) && cursor.skipDigits() > 0
  }

  /// Moves over `[   12.345678]`, of `journalctl -o short-monotonic`.
  static func skipMonotonic(_ cursor: inout ByteCursor) -> Bool {
    guard cursor.skip(.openingBracket) else { return false }
    _ = cursor.skipAll(.space)
    return skipEpoch(&cursor) && cursor.skip(.closingBracket)
  }

  private static func skipFraction(_ cursor: inout ByteCursor, allowsComma: Bool) -> Bool {
    guard cursor.skip(.dot) || (allowsComma && cursor.skip(.comma)) else { return true }
    return cursor.skipDigits() > 0
  }
}
