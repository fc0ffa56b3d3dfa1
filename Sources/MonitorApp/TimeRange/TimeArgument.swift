import AccessLog

/// A time on the command line, as it was written.
package enum TimeArgument: Equatable, Sendable {
  /// Epoch seconds, or ISO 8601 with a zone.
  case instant(EpochSecond)
  /// ISO 8601 without a zone: in the one that times are shown in.
  case civil(CivilTime)
  /// `HH:MM[:SS]`, in seconds since midnight, on a day that the log decides.
  case ofDay(Int)
  /// `10m`: so many seconds before the log's last record, or before now where it is followed.
  case before(seconds: Int64)

  /// - Returns: `nil` where it cannot be read, or does not exist.
  static func read(_ text: String) -> TimeArgument? {
    var rest = Array(text.utf8)[...]
    if let epoch = epoch(rest) { return .instant(epoch) }
    if let seconds = length(rest) { return .before(seconds: seconds) }
    if let clock = clock(&rest), rest.isEmpty { return .ofDay(clock) }
    rest = Array(text.utf8)[...]
    guard let year = digits(4, &rest), skip("-", &rest), let month = digits(2, &rest),
      skip("-", &rest), let day = digits(2, &rest)
    else { return nil }
    var seconds = 0
    if !rest.isEmpty {
      guard skip("T", &rest) || skip(" ", &rest), let clock = clock(&rest) else { return nil }
      seconds = clock
    }
    guard year >= 1, (1...12).contains(month), day >= 1,
      day <= CivilTime.days(inMonth: month, of: year)
    else { return nil }
    let civil = CivilTime(year: year, month: month, day: day).at(seconds)
    if rest.isEmpty { return .civil(civil) }
    guard let zone = zone(&rest), rest.isEmpty else { return nil }
    return .instant(civil.epochSecond.advanced(by: Int64(-zone)))
  }

  /// Seconds since 1970, with an optional sign and fraction; floored.
  private static func epoch(_ text: ArraySlice<UInt8>) -> EpochSecond? {
    let parts = text.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = Int64(String(decoding: parts[0], as: UTF8.self)),
      whole.magnitude < 1_000_000_000_000
    else { return nil }
    guard parts.count > 1 else { return EpochSecond(whole) }
    guard !parts[1].isEmpty, parts[1].allSatisfy({ (48...57).contains($0) }) else { return nil }
    let isBelow = text.first == UInt8(ascii: "-") && parts[1].contains { $0 != 48 }
    return EpochSecond(isBelow ? whole - 1 : whole)
  }

  /// A whole number and a unit, `90s`, `10m`, `2h`, `1d` or `1w`, in seconds.
  private static func length(_ text: ArraySlice<UInt8>) -> Int64? {
    let units: [Unicode.Scalar: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    let digits = text.dropLast()
    guard let last = text.last, let unit = units[Unicode.Scalar(last)], (1...12) ~= digits.count,
      digits.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) } * unit
  }

  /// `HH:MM[:SS]` in seconds since midnight.
  private static func clock(_ rest: inout ArraySlice<UInt8>) -> Int? {
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

  /// Seconds east of Greenwich; `nil` without any.
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
  /// Whether this is not after the other, as far as that can be told before the log is read.
  func isCertainlyNotAfter(_ other: TimeArgument) -> Bool {
    switch (self, other) {
    case (.instant(let one), .instant(let two)): one <= two
    case (.civil(let one), .civil(let two)): one.epochSecond <= two.epochSecond
    case (.before(let one), .before(let two)): one >= two
    // A time of day is one of many, and chosen so that it fits.
    default: false
    }
  }
}

extension CivilTime {
  /// The same day at so many seconds since midnight.
  func at(_ seconds: Int) -> CivilTime {
    CivilTime(
      year: year, month: month, day: day, hour: seconds / 3600, minute: seconds / 60 % 60,
      second: seconds % 60)
  }
}
