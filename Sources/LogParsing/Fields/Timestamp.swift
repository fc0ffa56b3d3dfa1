import AccessLog

/// Parses the time in the brackets of the common log format: `14/Mar/2026:09:26:53 +0100`, which is
/// `%d/%b/%Y:%H:%M:%S %z` of strftime(3) in the C locale, or any other form of `TimeText`, or epoch
/// seconds.
struct Timestamp: Sendable {
  /// The range of valid times: 0001-01-01 00:00:00 to 9999-12-31 23:59:59.
  static let firstEpoch: Int64 = -62_135_596_800
  static let lastEpoch: Int64 = 253_402_300_799

  /// The length of the usual text in bytes.
  static let count = 26

  /// The text of a time, as words that are compared quickly.
  private typealias Text = (UInt64, UInt64, UInt64, UInt16)

  // Consecutive lines often have the same second, so the last text and its time are cached. The
  // cache starts with a valid text and its time, since any other text might occur in a line.
  private var cached = Self.epoch
  private var cachedTime = EpochSecond(0)
  private var cachedSecond = 0
  private var cachedOffset = 0
  /// The text before that and its time, with the same offset: in many logs some lines are a second
  /// late.
  private var former = Self.epoch
  private var formerTime = EpochSecond(0)
  /// The last text of another form and its time; no text is empty.
  private var otherText: [UInt8] = []
  private var otherTime = EpochSecond(0)
  private var otherOffset = 0
  private let zone: AssumedZone
  /// The offset from UTC of the last time, in seconds east.
  private(set) var offset = 0

  /// - Parameter zone: the zone of times that are written without one.
  init(zone: AssumedZone = .utc) {
    self.zone = zone
  }

  /// Parses a time; `nil` if it is malformed or does not exist. A leap second, `:60`, is the next
  /// second.
  @inline(__always)
  mutating func read(_ start: UnsafePointer<UInt8>, count: Int) -> EpochSecond? {
    guard count == Self.count else { return readOther(TextRange(start: start, count: count)) }
    let key = Self.words(start)
    guard key == cached else { return readUncached(start, key) }
    offset = cachedOffset
    return cachedTime
  }

  /// The same for a text of `count` bytes that no bracket may be part of; may fail for other forms.
  @inline(__always)
  mutating func readUsual(_ start: UnsafePointer<UInt8>) -> EpochSecond? {
    let key = Self.words(start)
    if key == cached {
      offset = cachedOffset
      return cachedTime
    }
    if key == former {
      offset = cachedOffset
      return formerTime
    }
    guard
      ByteSearch.first(.openingBracket, or: .closingBracket, in: start, count: Self.count)
        == Self.count
    else { return nil }
    return readUncached(start, key)
  }

  private mutating func readUncached(_ start: UnsafePointer<UInt8>, _ key: Text) -> EpochSecond? {
    if isInCachedMinute(key), let second = Self.second(start + 18) {
      (former, formerTime) = (cached, cachedTime)
      cachedTime = cachedTime.advanced(by: Int64(second - cachedSecond))
      cachedSecond = second
      cached = key
      offset = cachedOffset
      return cachedTime
    }
    let text = TextRange(start: start, count: Self.count)
    guard start[2] == .slash, let parsed = TimeText(text), let offset = parsed.offset else {
      return readOther(text)
    }
    cached = key
    cachedTime = instant(parsed)
    cachedSecond = parsed.civil.second
    (former, formerTime) = (cached, cachedTime)
    (self.offset, cachedOffset) = (offset, offset)
    return cachedTime
  }

  /// Parses a time of another form, or without a zone.
  private mutating func readOther(_ text: TextRange) -> EpochSecond? {
    let bytes = UnsafeBufferPointer(start: text.start, count: text.count)
    if !otherText.isEmpty, text.elementsEqual(otherText) {
      offset = otherOffset
      return otherTime
    }
    if let parsed = TimeText(text) {
      otherTime = instant(parsed)
      otherOffset = Int(parsed.civil.epochSecond.seconds(since: otherTime))
    } else if let epoch = Numbers.epoch(text.start, count: text.count) {
      otherTime = epoch
      otherOffset = 0
    } else {
      return nil
    }
    // A fraction makes most texts new: the memory stays.
    otherText.removeAll(keepingCapacity: true)
    otherText.append(contentsOf: bytes)
    offset = otherOffset
    return otherTime
  }

  private func instant(_ time: TimeText) -> EpochSecond {
    guard let offset = time.offset else { return zone.instant(time.civil) }
    return time.civil.epochSecond.advanced(by: Int64(-offset))
  }

  /// Whether the text differs from the cached one only in the seconds, bytes 18 and 19.
  private func isInCachedMinute(_ key: Text) -> Bool {
    let difference = UInt64(littleEndian: key.2 ^ cached.2) & ~0xFFFF_0000
    return key.0 == cached.0 && key.1 == cached.1 && difference == 0 && key.3 == cached.3
  }

  /// The two digits of a second, which may be a leap second.
  private static func second(_ start: UnsafePointer<UInt8>) -> Int? {
    let (tens, ones) = (start[0] &- .zero, start[1] &- .zero)
    let second = Int(tens) * 10 + Int(ones)
    return tens <= 9 && ones <= 9 && second <= 60 ? second : nil
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
}
