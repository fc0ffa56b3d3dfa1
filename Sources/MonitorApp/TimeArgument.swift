import AccessLog
import Glibc

/// A time on the command line: epoch seconds, or ISO 8601 in UTC, with an offset, or local.
enum TimeArgument {
  static func read(_ text: String) -> EpochSecond? {
    if let epoch = Int64(text), abs(epoch) < 1_000_000_000_000 { return EpochSecond(epoch) }
    var rest = Array(text.utf8)[...]
    guard let year = digits(4, &rest), skip("-", &rest), let month = digits(2, &rest),
      skip("-", &rest), let day = digits(2, &rest)
    else { return nil }
    var clock = (hour: 0, minute: 0, second: 0)
    if !rest.isEmpty {
      guard skip("T", &rest) || skip(" ", &rest), let hour = digits(2, &rest), skip(":", &rest),
        let minute = digits(2, &rest)
      else { return nil }
      clock = (hour, minute, 0)
      if skip(":", &rest) {
        guard let second = digits(2, &rest) else { return nil }
        clock.second = second
      }
    }
    guard year >= 1, (1...12).contains(month), day >= 1,
      day <= CivilTime.days(inMonth: month, of: year), clock.hour < 24, clock.minute < 60,
      clock.second < 60
    else { return nil }
    let civil = CivilTime(
      year: year, month: month, day: day, hour: clock.hour, minute: clock.minute,
      second: clock.second)
    guard let zone = zone(&rest) else { return rest.isEmpty ? local(civil) : nil }
    return rest.isEmpty ? civil.epochSecond.advanced(by: Int64(-zone)) : nil
  }

  /// Seconds east of Greenwich; `nil` without any.
  private static func zone(_ rest: inout ArraySlice<UInt8>) -> Int? {
    if skip("Z", &rest) { return 0 }
    let sign = skip("+", &rest) ? 1 : skip("-", &rest) ? -1 : 0
    guard sign != 0, let hours = digits(2, &rest) else { return nil }
    _ = skip(":", &rest)
    guard let minutes = digits(2, &rest), hours < 15, minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  /// (mktime(3))
  private static func local(_ civil: CivilTime) -> EpochSecond {
    var parts = tm()
    parts.tm_year = Int32(civil.year - 1900)
    parts.tm_mon = Int32(civil.month - 1)
    parts.tm_mday = Int32(civil.day)
    parts.tm_hour = Int32(civil.hour)
    parts.tm_min = Int32(civil.minute)
    parts.tm_sec = Int32(civil.second)
    parts.tm_isdst = -1
    return EpochSecond(Int64(mktime(&parts)))
  }

  private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.count >= count, rest.prefix(count).allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func skip(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
