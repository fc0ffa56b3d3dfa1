/// Formats figures for display.
package enum Wording {
  /// Formats a number with grouped digits: `48,311`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Formats a number as `48,311`, or as `48.3k` if that takes more than `columns` columns.
  package static func grouped(_ number: Int, in columns: Int) -> String {
    let text = grouped(number)
    return text.utf8.count <= columns ? text : ShortNumber.text(Double(number))
  }

  /// Formats a rate in at most eight columns: `18.4/s`, `22.4k/s`.
  package static func rate(_ value: Double) -> String {
    // Always one decimal, so that the width does not change all the time.
    (value < 9999.95 ? oneDecimal(value) : ShortNumber.text(value)) + "/s"
  }

  /// Formats a rate in at most six columns.
  package static func shortRate(_ value: Double) -> String {
    (value < 99.95 ? oneDecimal(value) : ShortNumber.text(value, wholeFrom: 10)) + "/s"
  }

  /// Formats a count with its noun: `1 rotation`, `2 rotations`.
  ///
  /// - Parameters:
  ///   - noun: in the singular; its plural must end in "s".
  ///   - number: formats the number.
  package static func count(
    _ count: Int, _ noun: String, number: (Int) -> String = { grouped($0) }
  ) -> String {
    number(count) + " " + noun + (count == 1 ? "" : "s")
  }

  /// Formats bytes in decimal units: `512 B`, `171.8 kB`, `1.2 GB`. See `ByteSizeText`.
  package static func bytes(_ count: Int64) -> String { ByteSizeText(bytes: count).text }

  private static func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Formats a share: `3.1 %`. An estimate that exceeds the whole counts as 100 %.
  package static func percent(_ part: Int, of whole: Int) -> String {
    whole > 0 ? oneDecimal(Double(min(part, whole)) * 100 / Double(whole)) + " %" : "0.0 %"
  }

  /// Formats a share in whole percent: `56 %`, `<1 %`.
  package static func shortPercent(_ part: Int, of whole: Int) -> String {
    guard whole > 0, part > 0 else { return "0 %" }
    let share = Double(min(part, whole)) * 100 / Double(whole)
    return share < 1 ? "<1 %" : "\(Int(share.rounded())) %"
  }

  /// Formats a rate in at most seven columns, a low one by the minute: `18.4/s`, `6/min`, `22.4k/s`.
  package static func humanRate(_ value: Double) -> String {
    if value >= 999.95 { return ShortNumber.text(value) + "/s" }
    if value >= 0.95 || value * 60 < 0.05 { return oneDecimal(value) + "/s" }
    let perMinute = value * 60
    return (perMinute < 0.95 ? "<1" : "\(Int(perMinute.rounded()))") + "/min"
  }

  /// Formats a change of a rate without its sign: in hits per second, by the minute if it is tiny.
  package static func change(_ value: Double) -> String {
    value >= 0.05 && value < 999.95 ? oneDecimal(value) + "/s" : humanRate(value)
  }

  /// Formats bytes in at most seven columns: `512 B`, `172 kB`, `1.2 GB`.
  package static func shortBytes(_ count: Int64) -> String {
    let text = bytes(count)
    guard text.utf8.count > 6, let point = text.firstIndex(of: "."),
      let unit = text.firstIndex(of: " ")
    else { return text }
    let whole = Int(text[..<point]) ?? 0
    return "\(whole + (text[text.index(after: point)] >= "5" ? 1 : 0))" + text[unit...]
  }

  /// Formats the time since something happened in one unit: `40 s`, `5 minutes`, `8 months`.
  package static func age(_ seconds: Int64) -> String {
    let units: [(length: Int64, noun: String)] = [
      (31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3600, "hour"), (60, "minute"),
    ]
    for unit in units where seconds >= unit.length * (unit.noun == "month" ? 2 : 1) {
      return count(Int(seconds / unit.length), unit.noun)
    }
    return "\(max(0, seconds)) s"
  }

  /// Formats seconds like a clock: `0:28`, `12:05`, `1:02:03`, `3d 04:00`.
  package static func clockDuration(_ seconds: Int64) -> String {
    let (minutes, rest) = max(0, seconds).quotientAndRemainder(dividingBy: 60)
    if minutes < 60 { return "\(minutes):\(twoDigits(rest))" }
    let (hours, remainder) = minutes.quotientAndRemainder(dividingBy: 60)
    if hours < 24 { return "\(hours):\(twoDigits(remainder)):\(twoDigits(rest))" }
    return "\(hours / 24)d \(twoDigits(hours % 24)):\(twoDigits(remainder))"
  }

  /// Formats seconds in the largest unit that divides them: `10 s`, `5 min`, `1 h`.
  package static func exactDuration(_ seconds: Int64) -> String {
    if seconds < 60 || seconds % 60 != 0 { return "\(seconds) s" }
    if seconds < 3600 || seconds % 3600 != 0 { return "\(seconds / 60) min" }
    return "\(seconds / 3600) h"
  }

  /// Formats the two largest parts of seconds: `10 s`, `11 min`, `5 min 30 s`, `6 h 12 min`.
  package static func roundedDuration(_ seconds: Int64) -> String {
    let parts = [
      (seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
    ].drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
    return parts.isEmpty ? "0 s" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  /// Formats a number with at least two digits: `07`.
  private static func twoDigits(_ number: some BinaryInteger) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
