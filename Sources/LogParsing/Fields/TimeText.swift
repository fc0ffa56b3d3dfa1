import AccessLog

/// A date and a time of day as a log writes them, with the offset from UTC if the log gives one.
struct TimeText {
  var civil: CivilTime
  /// Seconds east of UTC; `nil` if the text has no zone.
  var offset: Int?

  /// Parses a whole text: `25/Nov/2026:12:00:02 +0000` with a colon or a space between date and
  /// time, or ISO 8601, both with an optional fraction of a second, which is dropped, and an
  /// optional zone.
  ///
  /// - Returns: `nil` if the text is malformed or the time does not exist. A leap second, `:60`, is
  ///   the same as the next second.
  init?(_ text: TextRange) {
    var cursor = ByteCursor(text)
    let isISO = text.count > 4 && text[4] == .hyphen
    let time = isISO ? TimeText(iso: &cursor) : TimeText(common: &cursor)
    guard let time, cursor.isAtEnd, time.exists else { return nil }
    self = time
  }

  /// A time whose fields were read one by one.
  ///
  /// - Returns: `nil` if the time does not exist.
  init?(_ civil: CivilTime, offset: Int?) {
    (self.civil, self.offset) = (civil, offset)
    guard exists else { return nil }
  }

  /// Reads `Z`, `+01:00`, `+0100` or `+01`, as seconds east of UTC.
  static func offset(_ cursor: inout ByteCursor) -> Int? {
    if cursor.skip(UInt8(ascii: "Z")) { return 0 }
    guard let sign = sign(&cursor), let zone = isoZone(&cursor) else { return nil }
    return sign * zone
  }

  /// Reads `2026-11-25T12:00:02.5+01:00`. Spaces may stand in place of the `T` and before the zone.
  private init?(iso cursor: inout ByteCursor) {
    guard let year = cursor.digits(4), cursor.skip(.hyphen), let month = cursor.digits(2),
      cursor.skip(.hyphen), let day = cursor.digits(2),
      cursor.skip(UInt8(ascii: "T")) || cursor.skip(.space)
    else { return nil }
    civil = CivilTime(year: year, month: month, day: day)
    guard Self.readTimeOfDay(&cursor, into: &civil) else { return nil }
    let end = cursor.index
    _ = cursor.skip(.space)
    offset = Self.offset(&cursor)
    if offset == nil { cursor.index = end }
  }

  /// Reads `25/Nov/2026:12:00:02 +0000`.
  private init?(common cursor: inout ByteCursor) {
    guard let day = cursor.digits(2), cursor.skip(.slash),
      let month = MonthName.month(cursor.rest), cursor.text.count >= cursor.index + 4
    else { return nil }
    cursor.index += 3
    guard cursor.skip(.slash), let year = cursor.digits(4),
      cursor.skip(.colon) || cursor.skip(.space)
    else { return nil }
    civil = CivilTime(year: year, month: month, day: day)
    guard Self.readTimeOfDay(&cursor, into: &civil) else { return nil }
    guard !cursor.isAtEnd else { return }
    guard cursor.skip(.space), let sign = Self.sign(&cursor), let hours = cursor.digits(2),
      let minutes = cursor.digits(2), let zone = Self.zone(hours, minutes)
    else { return nil }
    offset = sign * zone
  }

  /// Whether the calendar and the clock have this time, within the years 1 to 9999.
  private var exists: Bool {
    civil.year >= 1 && civil.year <= 9999 && civil.month >= 1 && civil.month <= 12
      && civil.day >= 1
      && civil.day <= CivilTime.days(inMonth: civil.month, of: civil.year)
      && civil.hour <= 23 && civil.minute <= 59 && civil.second <= 60
  }

  /// Reads `12:00:02` and moves over a fraction.
  private static func readTimeOfDay(_ cursor: inout ByteCursor, into civil: inout CivilTime) -> Bool
  {
    guard let hour = cursor.digits(2), cursor.skip(.colon), let minute = cursor.digits(2),
      cursor.skip(.colon), let second = cursor.digits(2)
    else { return false }
    (civil.hour, civil.minute, civil.second) = (hour, minute, second)
    guard cursor.skip(.dot) || cursor.skip(.comma) else { return true }
    return cursor.skipDigits() > 0
  }

  /// Reads `+` or `-`, as 1 or -1.
  private static func sign(_ cursor: inout ByteCursor) -> Int? {
    if cursor.skip(UInt8(ascii: "+")) { return 1 }
    return cursor.skip(.hyphen) ? -1 : nil
  }

  /// Reads `01:00`, `0100` or `01`, as seconds.
  private static func isoZone(_ cursor: inout ByteCursor) -> Int? {
    guard let hours = cursor.digits(2) else { return nil }
    let end = cursor.index
    let hasColon = cursor.skip(.colon)
    if let minutes = cursor.digits(2) { return zone(hours, minutes) }
    cursor.index = end
    return hasColon ? nil : zone(hours, 0)
  }

  /// The seconds of an offset from UTC of up to 14:59.
  private static func zone(_ hours: Int, _ minutes: Int) -> Int? {
    hours <= 14 && minutes <= 59 ? hours * 3600 + minutes * 60 : nil
  }
}

/// The English abbreviations of the months, as in the C locale.
enum MonthName {
  /// The month, 1 to 12, whose abbreviation the text begins with.
  static func month(_ text: TextRange) -> Int? {
    guard text.count >= 3 else { return nil }
    let start = text.start
    switch UInt32(start[0]) << 16 | UInt32(start[1]) << 8 | UInt32(start[2]) {
    case 0x4A_61_6E: return 1  // Jan
    case 0x46_65_62: return 2  // Feb
    case 0x4D_61_72: return 3  // Mar
    case 0x41_70_72: return 4  // Apr
    case 0x4D_61_79: return 5  // May
    case 0x4A_75_6E: return 6  // Jun
    case 0x4A_75_6C: return 7  // Jul
    case 0x41_75_67: return 8  // Aug
    case 0x53_65_70: return 9  // Sep
    case 0x4F_63_74: return 10  // Oct
    case 0x4E_6F_76: return 11  // Nov
    case 0x44_65_63: return 12  // Dec
    default: return nil
    }
  }
}
