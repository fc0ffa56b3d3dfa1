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

  /// The 26 bytes of a time, as vectors that are compared quickly.
  private struct Text: Sendable {
    /// From byte 0 on.
    let first: SIMD16<UInt8>
    /// From byte 10 on.
    var last: SIMD16<UInt8>

    @inline(__always)
    init(_ start: UnsafePointer<UInt8>) {
      first = start.lanes(0)
      last = start.lanes(10)
    }

    @inline(__always)
    static func == (one: Text, other: Text) -> Bool {
      let begin: ByteMask = one.first .== other.first
      let end: ByteMask = one.last .== other.last
      return (begin .& end).bits == 0xFFFF
    }

    /// The same with the seconds of another text.
    func withSeconds(of other: Text) -> Text {
      var text = self
      text.last[8] = other.last[8]
      text.last[9] = other.last[9]
      return text
    }
  }

  // Consecutive lines often have the same second, so the last text and its time are cached. The
  // cache starts with a valid text and its time, since any other text might occur in a line.
  private var cached = Self.epoch
  private var cachedTime = EpochSecond(0)
  private var cachedSecond = 0
  private var cachedOffset = 0
  /// Another text and its time, which is earlier, with the same offset: in many logs some lines are a
  /// second late.
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
    let key = Text(start)
    guard key == cached else { return readUncached(start, key) }
    offset = cachedOffset
    return cachedTime
  }

  /// The same for a text of `count` bytes that no bracket may be part of; may fail for other forms.
  @inline(__always)
  mutating func readUsual(_ start: UnsafePointer<UInt8>) -> EpochSecond? {
    let key = Text(start)
    if key == cached {
      offset = cachedOffset
      return cachedTime
    }
    if key == former {
      offset = cachedOffset
      return formerTime
    }
    return readUnbracketed(start, key)
  }

  @inline(never)
  private mutating func readUnbracketed(
    _ start: UnsafePointer<UInt8>, _ key: Text
  ) -> EpochSecond? {
    let bracket = ByteSearch.first(
      .openingBracket, or: .closingBracket, in: start, count: Self.count)
    return bracket == Self.count ? readUncached(start, key) : nil
  }

  @inline(never)
  private mutating func readUncached(_ start: UnsafePointer<UInt8>, _ key: Text) -> EpochSecond? {
    if isInCachedMinute(key), let second = Self.second(start + 18) {
      offset = cachedOffset
      let time = cachedTime.advanced(by: Int64(second - cachedSecond))
      if second < cachedSecond {
        // The latest stays the first to be compared.
        (former, formerTime) = (key, time)
        return time
      }
      (former, formerTime) = (cached, cachedTime)
      (cached, cachedTime) = (key, time)
      cachedSecond = second
      return time
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
  @inline(never)
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
  private func isInCachedMinute(_ key: Text) -> Bool { key.withSeconds(of: cached) == cached }

  /// The two digits of a second, which may be a leap second.
  private static func second(_ start: UnsafePointer<UInt8>) -> Int? {
    let (tens, ones) = (start[0] &- .zero, start[1] &- .zero)
    let second = Int(tens) * 10 + Int(ones)
    return tens <= 9 && ones <= 9 && second <= 60 ? second : nil
  }

  /// The text of epoch second 0.
  private static let epoch: Text = {
    let text: StaticString = "01/Jan/1970:00:00:00 +0000"
    return Text(text.utf8Start)
  }()
}
