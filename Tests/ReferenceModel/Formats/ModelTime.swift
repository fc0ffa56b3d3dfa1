// The calendar, year by year and month by month.

func isLeapYear(_ year: Int64) -> Bool {
  year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// - Parameter month: counted from 1.
func daysIn(month: Int, year: Int64) -> Int64 {
  [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}

/// Days from 1970-01-01 to the first day of each year from year -1 on.
private let firstDays: [Int64] = {
  var days: [Int64] = [0]
  for year in Int64(-1)...10_001 { days.append(days.last! + (isLeapYear(year) ? 366 : 365)) }
  let epoch = days[1970 + 1]
  return days.map { $0 - epoch }
}()

/// Days from 1970-01-01 to the first day of `year`.
private func daysBefore(year: Int64) -> Int64 {
  firstDays[Int(year) + 1]
}

/// The first and the last second of the years 1 to 9999.
let firstSecond: Int64 = -62_135_596_800
let lastSecond: Int64 = 253_402_300_799

/// Parses `14/Mar/2026:09:26:53 +0100`; `nil` if it is malformed or does not exist.
func commonLogTime(_ text: [UInt8]) -> Int64? {
  guard text.count == 26 else { return nil }
  func digits(_ range: Range<Int>) -> Int64? { wholeNumber(Array(text[range])) }
  func mark(_ index: Int) -> Character { Character(Unicode.Scalar(text[index])) }

  let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  guard mark(2) == "/", mark(6) == "/", mark(11) == ":", mark(14) == ":", mark(17) == ":",
    mark(20) == " ", mark(21) == "+" || mark(21) == "-",
    let monthIndex = names.firstIndex(where: { Array($0.utf8) == Array(text[3..<6]) }),
    let day = digits(0..<2), let year = digits(7..<11), let hour = digits(12..<14),
    let minute = digits(15..<17), let second = digits(18..<20), let zoneHour = digits(22..<24),
    let zoneMinute = digits(24..<26)
  else { return nil }
  guard year >= 1, day >= 1, day <= daysIn(month: monthIndex + 1, year: year), hour <= 23,
    minute <= 59, second <= 60, zoneHour <= 14, zoneMinute <= 59
  else { return nil }

  var days = daysBefore(year: year)
  for month in 1..<(monthIndex + 1) { days += daysIn(month: month, year: year) }
  days += day - 1
  let local = ((days * 24 + hour) * 60 + minute) * 60 + second
  let zone = (zoneHour * 60 + zoneMinute) * 60
  // A zone east of Greenwich shows a later time of day for the same second.
  return mark(21) == "+" ? local - zone : local + zone
}

/// Parses epoch seconds: digits with an optional minus sign and fraction; rounded down.
func epochTime(_ text: [UInt8]) -> Int64? {
  var text = text
  let negative = text.first == UInt8(ascii: "-")
  if negative { text.removeFirst() }
  var whole = text
  var fraction: [UInt8] = []
  if let point = text.firstIndex(of: UInt8(ascii: ".")) {
    whole = Array(text[..<point])
    fraction = Array(text[(point + 1)...])
    if fraction.isEmpty || !fraction.allSatisfy(isDigit) { return nil }
  }
  guard let magnitude = wholeNumber(whole) else { return nil }
  var seconds = negative ? -magnitude : magnitude
  if negative && fraction.contains(where: { $0 != UInt8(ascii: "0") }) {
    if seconds == Int64.min { return nil }
    seconds -= 1
  }
  return seconds >= firstSecond && seconds <= lastSecond ? seconds : nil
}

/// Formats a time: `2019-02-07T21:12:36Z`.
func isoTime(_ epoch: Int64) -> String {
  var days = floorDivide(epoch, 86_400)
  let secondOfDay = epoch - days * 86_400
  // No year is longer than 366 days, so this is early enough to begin with.
  var year = days >= 0 ? 1970 + days / 366 : 1969 + days / 365
  while daysBefore(year: year + 1) <= days { year += 1 }
  days -= daysBefore(year: year)
  var month = 1
  while days >= daysIn(month: month, year: year) {
    days -= daysIn(month: month, year: year)
    month += 1
  }
  func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
  // ISO 8601 marks a year of more than four digits.
  return (year > 9999 ? "+" : "") + padded(year, 4) + "-" + padded(Int64(month), 2) + "-"
    + padded(days + 1, 2)
    + "T" + padded(secondOfDay / 3600, 2) + ":" + padded(secondOfDay / 60 % 60, 2)
    + ":" + padded(secondOfDay % 60, 2) + "Z"
}

/// Formats a duration: `1m 27s`. Parts that are zero are omitted.
func durationText(_ seconds: Int64) -> String {
  let parts = [
    (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
    (seconds % 60, "s"),
  ]
  return parts.filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
}
