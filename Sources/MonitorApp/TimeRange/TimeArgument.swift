import AccessLog

/// A time on the command line.
package enum TimeArgument: Equatable, Sendable {
  /// Epoch seconds, or ISO 8601 with a zone.
  case instant(EpochSecond)
  /// ISO 8601 without a zone, meant in the zone in which times are displayed.
  case civil(CivilTime)
  /// `HH:MM[:SS]`, in seconds since midnight, on a day that the log determines.
  case ofDay(Int)
  /// A duration such as `10m`, before the log's last record, or before now if the log is followed.
  case before(seconds: Int64)

  /// Parses a time; fails if the text has no known form or names a date that does not exist.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    if let epoch = Self.epoch(rest) {
      self = .instant(epoch)
    } else if let seconds = Self.duration(rest) {
      self = .before(seconds: seconds)
    } else if let seconds = Self.timeOfDay(&rest), rest.isEmpty {
      self = .ofDay(seconds)
    } else if let time = Self.dateAndTime(Array(text.utf8)[...]) {
      self = time
    } else {
      return nil
    }
  }

  /// `YYYY-MM-DD`, then optionally a time of day, then optionally a zone.
  private static func dateAndTime(_ text: ArraySlice<UInt8>) -> TimeArgument? {
    var rest = text
    guard let year = digits(4, &rest), skip("-", &rest), let month = digits(2, &rest),
      skip("-", &rest), let day = digits(2, &rest)
    else { return nil }
    var seconds = 0
    if !rest.isEmpty {
      guard skip("T", &rest) || skip(" ", &rest), let timeOfDay = timeOfDay(&rest) else {
        return nil
      }
      seconds = timeOfDay
    }
    guard year >= 1, (1...12).contains(month), day >= 1,
      day <= CivilTime.days(inMonth: month, of: year)
    else { return nil }
    let civil = CivilTime(year: year, month: month, day: day).at(seconds)
    if rest.isEmpty { return .civil(civil) }
    guard let zone = zone(&rest), rest.isEmpty else { return nil }
    return .instant(civil.epochSecond.advanced(by: Int64(-zone)))
  }

  /// Seconds since 1970 with an optional sign and fraction, rounded down.
  private static func epoch(_ text: ArraySlice<UInt8>) -> EpochSecond? {
    let parts = text.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = Int64(String(decoding: parts[0], as: UTF8.self)),
      whole.magnitude < 1_000_000_000_000
    else { return nil }
    guard parts.count > 1 else { return EpochSecond(whole) }
    guard !parts[1].isEmpty, parts[1].allSatisfy({ (48...57).contains($0) }) else { return nil }
    let isRoundedDown = text.first == UInt8(ascii: "-") && parts[1].contains { $0 != 48 }
    return EpochSecond(isRoundedDown ? whole - 1 : whole)
  }

  /// A whole number and a unit, `90s`, `10m`, `2h`, `1d` or `1w`, in seconds.
  private static func duration(_ text: ArraySlice<UInt8>) -> Int64? {
    let units: [Unicode.Scalar: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    let digits = text.dropLast()
    guard let last = text.last, let unit = units[Unicode.Scalar(last)], (1...12) ~= digits.count,
      digits.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) } * unit
  }

  /// `HH:MM[:SS]` in seconds since midnight.
  private static func timeOfDay(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let hour = digits(2, &rest), skip(":", &rest), let minute = digits(2, &rest) else {
      return nil
    }
    var second = 0
    if skip(":", &rest) {
      guard let digits = digits(2, &rest) else { return nil }
      second = digits
      // A fraction is dropped, as in a log.
      if skip(".", &rest) || skip(",", &rest) {
        let fraction = rest.prefix { (48...57).contains($0) }
        guard !fraction.isEmpty else { return nil }
        rest = rest.dropFirst(fraction.count)
      }
    }
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Parses `Z`, `UTC` or an offset from UTC such as `+01:00` or `-0330`, in seconds east.
  static func offset(_ text: String) -> Int? {
    if text == "UTC" { return 0 }
    var rest = Array(text.utf8)[...]
    guard let offset = zone(&rest), rest.isEmpty else { return nil }
    return offset
  }

  /// An offset from UTC, in seconds east.
  private static func zone(_ rest: inout ArraySlice<UInt8>) -> Int? {
    if skip("Z", &rest) { return 0 }
    let sign = skip("+", &rest) ? 1 : skip("-", &rest) ? -1 : 0
    guard sign != 0, let hours = digits(2, &rest) else { return nil }
    _ = skip(":", &rest)
    guard let minutes = digits(2, &rest), hours < 15, minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
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

extension TimeArgument {
  /// Whether this time cannot be after the other, whatever the log contains.
  func isCertainlyNotAfter(_ other: TimeArgument) -> Bool {
    switch (self, other) {
    case (.instant(let one), .instant(let two)): one <= two
    case (.civil(let one), .civil(let two)): one.epochSecond <= two.epochSecond
    case (.before(let one), .before(let two)): one >= two
    // The day of a time of day is chosen so that the order fits.
    default: false
    }
  }
}

extension CivilTime {
  /// The same day at another time, in seconds since midnight.
  func at(_ seconds: Int) -> CivilTime {
    CivilTime(
      year: year, month: month, day: day, hour: seconds / 3600, minute: seconds / 60 % 60,
      second: seconds % 60)
  }
}
