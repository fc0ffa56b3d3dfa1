import AccessLog

/// Parses the time of the common log format, `14/Mar/2026:09:26:53 +0100`, which is
/// `%d/%b/%Y:%H:%M:%S %z` of strftime(3) in the C locale.
struct Timestamp: Sendable {
  /// The range of valid times: 0001-01-01 00:00:00 to 9999-12-31 23:59:59.
  static let firstEpoch: Int64 = -62_135_596_800
  static let lastEpoch: Int64 = 253_402_300_799

  /// The length of the text in bytes, which is always the same.
  static let count = 26

  /// The text of a time, as words that are compared quickly.
  private typealias Text = (UInt64, UInt64, UInt64, UInt16)

  // Consecutive lines often have the same second, so the last text and its time are cached. The
  // cache starts with a valid text and its time, since any other text might occur in a line.
  private var cached = Self.epoch
  private var cachedTime = EpochSecond(0)
  private var cachedSecond = 0
  /// The offset from UTC of the last time, in seconds east.
  private(set) var offset = 0

  /// Parses a time; `nil` if it is malformed or does not exist. A leap second, `:60`, is the next
  /// second.
  @inline(__always)
  mutating func read(_ start: UnsafePointer<UInt8>, count: Int) -> EpochSecond? {
    guard count == Self.count else { return nil }
    let key = Self.words(start)
    return key == cached ? cachedTime : readUncached(start, key)
  }

  private mutating func readUncached(_ start: UnsafePointer<UInt8>, _ key: Text) -> EpochSecond? {
    if isInCachedMinute(key), let second = Self.digits(start + 18, 2), second <= 60 {
      cachedTime = cachedTime.advanced(by: Int64(second - cachedSecond))
      cachedSecond = second
      cached = key
      return cachedTime
    }
    guard let time = Self.parse(start) else { return nil }
    cached = key
    cachedTime = time
    cachedSecond = Self.digits(start + 18, 2) ?? 0
    offset = Self.zone(start + 21) ?? 0
    return time
  }

  /// Whether the text differs from the cached one only in the seconds, bytes 18 and 19.
  private func isInCachedMinute(_ key: Text) -> Bool {
    let difference = UInt64(littleEndian: key.2 ^ cached.2) & ~0xFFFF_0000
    return key.0 == cached.0 && key.1 == cached.1 && difference == 0 && key.3 == cached.3
  }

  @inline(__always)
  private static func words(_ start: UnsafePointer<UInt8>) -> Text {
    let raw = UnsafeRawPointer(start)
    return (
      raw.loadUnaligned(as: UInt64.self),
      raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
      raw.loadUnaligned(fromByteOffset: 24, as: UInt16.self)
    )
  }

  /// The text of epoch second 0.
  private static let epoch: Text = {
    let text: StaticString = "01/Jan/1970:00:00:00 +0000"
    return words(text.utf8Start)
  }()

  private static func parse(_ text: UnsafePointer<UInt8>) -> EpochSecond? {
    guard text[2] == .slash, text[6] == .slash, text[11] == UInt8(ascii: ":"),
      text[14] == UInt8(ascii: ":"), text[17] == UInt8(ascii: ":"), text[20] == .space,
      let day = digits(text, 2), let month = month(text + 3), let year = digits(text + 7, 4),
      let hour = digits(text + 12, 2), let minute = digits(text + 15, 2),
      let second = digits(text + 18, 2), let zone = zone(text + 21)
    else { return nil }
    guard year >= 1, day >= 1, day <= CivilTime.days(inMonth: month, of: year), hour <= 23,
      minute <= 59, second <= 60
    else { return nil }
    let civil = CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    return civil.epochSecond.advanced(by: Int64(-zone))
  }

  /// Parses `+hhmm` or `-hhmm`, up to 14:59, into seconds.
  private static func zone(_ text: UnsafePointer<UInt8>) -> Int? {
    guard let hours = digits(text + 1, 2), let minutes = digits(text + 3, 2), hours <= 14,
      minutes <= 59
    else { return nil }
    switch text[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case .hyphen: return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  private static func digits(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    var value = 0
    for index in 0..<count {
      let digit = text[index] &- .zero
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  private static func month(_ text: UnsafePointer<UInt8>) -> Int? {
    switch (text[0], text[1], text[2]) {
    case (0x4A, 0x61, 0x6E): 1  // Jan
    case (0x46, 0x65, 0x62): 2  // Feb
    case (0x4D, 0x61, 0x72): 3  // Mar
    case (0x41, 0x70, 0x72): 4  // Apr
    case (0x4D, 0x61, 0x79): 5  // May
    case (0x4A, 0x75, 0x6E): 6  // Jun
    case (0x4A, 0x75, 0x6C): 7  // Jul
    case (0x41, 0x75, 0x67): 8  // Aug
    case (0x53, 0x65, 0x70): 9  // Sep
    case (0x4F, 0x63, 0x74): 10  // Oct
    case (0x4E, 0x6F, 0x76): 11  // Nov
    case (0x44, 0x65, 0x63): 12  // Dec
    default: nil
    }
  }
}
