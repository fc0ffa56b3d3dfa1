// The times that may stand in the brackets of the common-log family, and in a CSV log.

/// Parses a time in brackets: `14/Mar/2026:09:26:53 +0100`, ISO 8601 or epoch seconds; `nil` if it
/// is malformed or does not exist. Fractions are dropped.
///
/// - Parameter zone: the offset of times without a zone, in seconds east of UTC.
func bracketTime(_ text: [UInt8], zone: Int64) -> Int64? {
  if let epoch = epochTime(text) {
    LineBranch.epochInBrackets.reach()
    return epoch
  }
  return commonLogTime(text, zone: zone) ?? isoLogTime(text, zone: zone)
}

/// The months as logs name them.
let monthNames = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private func commonLogTime(_ text: [UInt8], zone: Int64) -> Int64? {
  var cursor = ModelCursor(text)
  guard let day = cursor.number(digits: 2), cursor.take("/"),
    let name = cursor.takeOne(of: monthNames), cursor.take("/"),
    let year = cursor.number(digits: 4), let separator = cursor.takeOne(of: [":", " "]),
    let timeOfDay = timeOfDay(&cursor)
  else { return nil }
  if separator == " " { LineBranch.spaceInTime.reach() }
  if cursor.fraction(after: [".", ","]) { LineBranch.fraction.reach() }
  var offset = zone
  if cursor.isAtEnd {
    LineBranch.timeWithoutZone.reach()
  } else {
    // Four digits and no colon.
    guard cursor.take(" "), cursor.rest.count == 5, !cursor.rest.contains(UInt8(ascii: ":")),
      let written = offsetFromUTC(&cursor), cursor.isAtEnd
    else { return nil }
    offset = written
  }
  let month = monthNames.firstIndex(of: name)! + 1
  return second(year: year, month: month, day: day, timeOfDay: timeOfDay, zone: offset)
}

func isoLogTime(_ text: [UInt8], zone: Int64) -> Int64? {
  var cursor = ModelCursor(text)
  guard let year = cursor.number(digits: 4), cursor.take("-"),
    let month = cursor.number(digits: 2), cursor.take("-"), let day = cursor.number(digits: 2),
    cursor.takeOne(of: ["T", " "]) != nil, let timeOfDay = timeOfDay(&cursor)
  else { return nil }
  LineBranch.isoTime.reach()
  if cursor.fraction(after: [".", ","]) { LineBranch.fraction.reach() }
  var offset = zone
  if cursor.isAtEnd {
    LineBranch.timeWithoutZone.reach()
  } else {
    _ = cursor.take(" ")
    guard let written = offsetFromUTC(&cursor), cursor.isAtEnd else { return nil }
    offset = written
  }
  return second(year: year, month: Int(month), day: day, timeOfDay: timeOfDay, zone: offset)
}

/// Reads `09:26:53` as seconds since midnight.
private func timeOfDay(_ cursor: inout ModelCursor) -> Int64? {
  guard let hour = cursor.number(digits: 2), cursor.take(":"),
    let minute = cursor.number(digits: 2), cursor.take(":"),
    let second = cursor.number(digits: 2), hour <= 23, minute <= 59, second <= 60
  else { return nil }
  return (hour * 60 + minute) * 60 + second
}

/// Reads a zone that exists, in seconds east of UTC.
private func offsetFromUTC(_ cursor: inout ModelCursor) -> Int64? {
  guard let zone = cursor.zone(), zone.hours <= 14, zone.minutes <= 59 else { return nil }
  return zone.seconds
}

/// The epoch second of a local time; `nil` if its day does not exist.
private func second(
  year: Int64, month: Int, day: Int64, timeOfDay: Int64, zone: Int64
) -> Int64? {
  guard year >= 1, month >= 1, month <= 12, day >= 1, day <= daysIn(month: month, year: year)
  else { return nil }
  var days = daysBefore(year: year) + day - 1
  for earlier in 1..<month { days += daysIn(month: earlier, year: year) }
  // A zone east of Greenwich shows a later time of day for the same second.
  return days * 86_400 + timeOfDay - zone
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
