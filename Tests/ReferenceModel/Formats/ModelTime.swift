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
func daysBefore(year: Int64) -> Int64 {
  firstDays[Int(year) + 1]
}

/// The first and the last second of the years 1 to 9999.
let firstSecond: Int64 = -62_135_596_800
let lastSecond: Int64 = 253_402_300_799

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
