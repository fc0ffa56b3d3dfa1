import AccessLog

/// Parses the times that formats write without brackets around them: those of `Timestamp`, which
/// often have a fraction of a second that differs from line to line.
struct FieldTimestamp: Sendable {
  /// A text without its fraction, as words that are compared quickly.
  private typealias Key = (UInt64, UInt64, UInt64, UInt64)

  private var common: Timestamp
  private let zone: AssumedZone
  // No text has an empty key: it holds the length of what follows the fraction, plus one.
  private var cached: Key = (0, 0, 0, 0)
  private var cachedTime = EpochSecond(0)
  private var cachedOffset = 0
  /// Whether the cached text has a month in letters, a fraction and no zone; then its first 20 bytes are
  /// those of `begin`, and of `end` from byte 4 on.
  private var endsInFraction = false
  private var begin = SIMD16<UInt8>()
  private var end = SIMD16<UInt8>()
  /// The offset from UTC of the last time, in seconds east.
  private(set) var offset = 0

  /// - Parameter zone: the zone of times that are written without one.
  init(zone: AssumedZone) {
    common = Timestamp(zone: zone)
    self.zone = zone
  }

  /// Parses a time; `nil` if it is malformed or does not exist. A fraction is dropped.
  @inline(__always)
  mutating func read(_ text: TextRange) -> EpochSecond? {
    if text.count == Timestamp.count, text.start[2] == .slash {
      let time = common.read(text.start, count: text.count)
      offset = common.offset
      return time
    }
    if endsInFraction, isCached(text) {
      offset = cachedOffset
      return cachedTime
    }
    return readOther(text)
  }

  /// The place of the point in a text with a month in letters.
  private static let point = 20

  /// Whether a text differs from the cached one, which ends in a fraction, in nothing but that.
  @inline(__always)
  private func isCached(_ text: TextRange) -> Bool {
    let same: ByteMask = text.start.lanes(0) .== begin
    let alike: ByteMask = text.start.lanes(4) .== end
    return (same .& alike).bits == 0xFFFF && Self.endsInFraction(text)
  }

  /// Whether a point and up to eight digits end a text behind its first 20 bytes.
  @inline(__always)
  private static func endsInFraction(_ text: TextRange) -> Bool {
    let decimals = text.count &- point &- 1
    return decimals > 0 && text.start[point] == .dot
      && Numbers.digits(text.start + point + 1) >= decimals
  }

  private mutating func readOther(_ text: TextRange) -> EpochSecond? {
    if let epoch = Self.usualEpoch(text) {
      offset = 0
      return epoch
    }
    guard let key = Self.key(text) else { return readUncached(text) }
    if key == cached {
      offset = cachedOffset
      return cachedTime
    }
    guard let time = readUncached(text) else { return nil }
    (cached, cachedTime, cachedOffset) = (key, time, offset)
    endsInFraction = text.start[2] == .slash && Self.endsInFraction(text)
    (begin, end) = (text.start.lanes(0), text.start.lanes(4))
    return time
  }

  private mutating func readUncached(_ text: TextRange) -> EpochSecond? {
    if let parsed = TimeText(text) { return read(parsed) }
    guard let epoch = Numbers.epoch(text.start, count: text.count) else { return nil }
    offset = 0
    return epoch
  }

  /// Ten digits of seconds since 1970, perhaps with a fraction of one to seven digits, as nearly all
  /// epoch times are written; `nil` for any other text.
  @inline(__always)
  private static func usualEpoch(_ text: TextRange) -> EpochSecond? {
    guard text.count >= 10, text.count <= 18,
      let upper = Numbers.shortNumber(text.start, digits: 5),
      let lower = Numbers.shortNumber(text.start + 5, digits: 5)
    else { return nil }
    if text.count > 10 {
      let decimals = text.count &- 11
      guard text.start[10] == .dot, decimals > 0, Numbers.digits(text.start + 11) >= decimals else {
        return nil
      }
    }
    // Ten digits are a year before 2287.
    return EpochSecond(upper &* 100_000 &+ lower)
  }

  /// The instant of a time whose fields were read one by one.
  mutating func read(_ time: TimeText) -> EpochSecond {
    guard let east = time.offset else {
      let instant = zone.instant(time.civil)
      offset = Int(time.civil.epochSecond.seconds(since: instant))
      return instant
    }
    offset = east
    return time.civil.epochSecond.advanced(by: Int64(-east))
  }

  /// The bytes of a date and a time of day, and of the zone behind the fraction; `nil` if the text is
  /// too short, or has too long a zone, or has no digit in its fraction.
  private static func key(_ text: TextRange) -> Key? {
    guard text.count >= 20 else { return nil }
    let length = text.start[4] == .hyphen ? 19 : 20
    var rest = length
    if rest < text.count, text.start[rest] == .dot || text.start[rest] == .comma {
      rest += 1
      let fraction = rest
      while rest < text.count, text.start[rest].isDigit { rest += 1 }
      guard rest > fraction else { return nil }
    }
    guard text.count - rest <= 7 else { return nil }
    let bytes = UnsafeRawPointer(text.start)
    // At least 32 readable bytes follow the text.
    let end = word(bytes, at: 16, count: length - 16)
    return (
      bytes.loadUnaligned(as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      end | UInt64(text.count - rest + 1) << 56,
      word(bytes, at: rest, count: text.count - rest)
    )
  }

  /// Up to seven bytes.
  private static func word(_ bytes: UnsafeRawPointer, at index: Int, count: Int) -> UInt64 {
    let word = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    return word & (1 << UInt64(8 * count) - 1)
  }
}
