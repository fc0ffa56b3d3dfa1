/// A date and time of day in the proleptic Gregorian calendar, without a zone of its own.
///
/// Pure arithmetic, independent of the locale and the machine's zone. It covers every year that 64
/// bits of seconds can express, including those before the year 1 (year 0 is 1 BC, as in ISO 8601).
package struct CivilTime: Equatable, Sendable {
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int
  /// 0 to 23.
  package var hour: Int
  /// 0 to 59.
  package var minute: Int
  /// 0 to 59; a leap second (60) is the same instant as the following second.
  package var second: Int

  package init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The local time at `instant` in a zone `offset` seconds ahead of UTC.
  package init(_ instant: EpochSecond, offset: Int = 0) {
    var (days, rest) = Int(instant.value).floored(by: 86_400)
    let (more, ofDay) = (rest &+ offset).floored(by: 86_400)
    days += more
    rest = ofDay
    (year, month, day) = Self.date(ofDay: days)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// The instant of this time in UTC. Wraps around for years that do not fit 64 bits.
  package var epochSecond: EpochSecond {
    let days = Self.dayNumber(year: year, month: month, day: day)
    return EpochSecond(Int64(days &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second))
  }

  /// Days from 1970-01-01 to a date; negative for earlier dates.
  ///
  /// Years are counted from March, so that the leap day is the last day of its year. 400 years
  /// always have 146,097 days, and the months from March have 31 30 31 30 31 days repeatedly.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let (era, ofEra) = (month > 2 ? year : year &- 1).floored(by: 400)
    let sinceMarch = (month &+ 9) % 12
    let ofYear = (153 &* sinceMarch &+ 2) / 5 &+ day &- 1
    let dayOfEra = ofEra &* 365 &+ ofEra / 4 &- ofEra / 100 &+ ofYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// The number of days in a month; 0 if there is no such month.
  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1...12: 31
    default: 0
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (days &+ 719_468).floored(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let ofYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let sinceMarch = (5 * ofYear + 2) / 153
    let month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9
    let day = ofYear - (153 * sinceMarch + 2) / 5 + 1
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
  }
}

// MARK: - As text

extension CivilTime {
  /// Appends `2019-02-07`. Years outside 0 to 9999 carry a sign, as in ISO 8601.
  package func appendDate(to bytes: inout [UInt8]) {
    if year < 0 { bytes.append(UInt8(ascii: "-")) }
    if year > 9999 { bytes.append(UInt8(ascii: "+")) }
    let digits = Array(String(year.magnitude).utf8)
    for _ in 0..<max(0, 4 - digits.count) { bytes.append(UInt8(ascii: "0")) }
    bytes += digits
    bytes.append(UInt8(ascii: "-"))
    Self.appendTwoDigits(month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.appendTwoDigits(day, to: &bytes)
  }

  /// Appends `21:12:36`.
  package func appendTime(to bytes: inout [UInt8]) {
    Self.appendTwoDigits(hour, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.appendTwoDigits(minute, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.appendTwoDigits(second, to: &bytes)
  }

  /// Appends `2019-02-07T21:12:36Z` (ISO 8601). The time must be in UTC.
  package func appendISO8601(to bytes: inout [UInt8]) {
    appendDate(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    appendTime(to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  private static func appendTwoDigits(_ number: Int, to bytes: inout [UInt8]) {
    let number = UInt8(truncatingIfNeeded: number) % 100
    bytes.append(UInt8(ascii: "0") + number / 10)
    bytes.append(UInt8(ascii: "0") + number % 10)
  }
}
