import AccessLog
import Messages
import TrafficAnalysis

/// Builds JSON (RFC 8259) in a buffer that is reused for the next object.
package final class JSONText {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 14
  private var count = 0
  /// Whether bytes above 0x7E are escaped.
  private let asciiOnly: Bool

  package init(asciiOnly: Bool) {
    self.asciiOnly = asciiOnly
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// The text written since `removeAll`; valid until the next change.
  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  package func removeAll() { count = 0 }

  /// Removes the last byte, such as the bracket of an object that gets another member.
  func removeLast() { count = max(0, count - 1) }

  /// Grows the buffer if it has no room for `more` bytes.
  @inline(__always)
  private func reserve(_ more: Int) {
    if count &+ more > capacity { grow(by: more) }
  }

  private func grow(by more: Int) {
    capacity = max(2 * capacity, count + more)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    grown.update(from: start, count: count)
    start.deallocate()
    start = grown
  }

  @inline(__always)
  private func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count &+= 1
  }

  private func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    reserve(text.count)
    (start + count).update(from: base, count: text.count)
    count &+= text.count
  }

  private func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends JSON syntax unchanged.
  @inline(__always)
  package func raw(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    (start + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count &+= text.utf8CodeUnitCount
  }

  /// Appends a number that is formatted already.
  package func digits(_ number: String) {
    for digit in number.utf8 {
      reserve(1)
      start[count] = digit
      count &+= 1
    }
  }

  /// Appends a number.
  package func number(_ value: Int) { number(Int64(value)) }

  func number(_ value: Int64) {
    reserving(ReservedText.numberRoom) { $0.number(value) }
  }

  /// Appends what fits into so many bytes.
  @inline(__always)
  func reserving(_ bytes: Int, _ body: (inout ReservedText) -> Void) {
    reserve(bytes)
    var text = ReservedText(at: start + count)
    body(&text)
    let length = start.distance(to: text.end)
    precondition(length &- count <= bytes)
    count = length
  }

  /// Appends a time in epoch seconds, or `null`.
  func number(_ second: EpochSecond?) {
    if let second { number(second.value) } else { raw("null") }
  }

  /// Appends a rate with at most two decimals.
  func number(_ rate: Rate) {
    append(rate.shortText)
  }

  /// Appends the value of a rule: with at most two decimals, or a latency in seconds.
  func number(_ value: RuleValue) {
    switch value {
    case .ratio(let rate): number(rate)
    case .latency(let microseconds): digits(LatencyText.seconds(microseconds))
    }
  }

  func number(_ threshold: Threshold) {
    append(threshold.text)
  }

  package func boolean(_ value: Bool) {
    raw(value ? "true" : "false")
  }

  package func string(_ text: String) {
    var text = text
    text.withUTF8 { string($0) }
  }

  @inline(__always)
  func string(_ name: Name) {
    guard let words = name.words, Self.isPlain(words) else {
      return name.withBytes { string($0) }
    }
    // Both words are written, and what is behind the name is overwritten.
    reserve(18)
    let place = UnsafeMutableRawPointer(start + count)
    place.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
    place.storeBytes(of: words.first, toByteOffset: 1, as: UInt64.self)
    place.storeBytes(of: words.second, toByteOffset: 9, as: UInt64.self)
    place.storeBytes(of: UInt8(ascii: "\""), toByteOffset: 1 &+ words.count, as: UInt8.self)
    count &+= words.count &+ 2
  }

  /// Whether every byte of a short name stands for itself.
  @inline(__always)
  private static func isPlain(_ words: (first: UInt64, second: UInt64, count: Int)) -> Bool {
    // The unused bytes of the words are filled with a byte that is plain; a shift by 64 or more gives
    // zero.
    let fill = repeated(0x20)
    let first = UInt64(littleEndian: words.first) | fill << (8 &* words.count)
    let second = UInt64(littleEndian: words.second) | fill << (8 &* max(0, words.count &- 8))
    return isPlain(first) && isPlain(second)
  }

  /// Appends a string of any bytes. Invalid UTF-8 becomes U+FFFD, one for each maximal subpart
  /// (Unicode, section 3.9); control characters, including C1, are escaped.
  private func string(_ text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    if Self.isPlain(text) {
      append(text)
    } else {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { append(scalar) }
    }
    append(UInt8(ascii: "\""))
  }

  /// Whether no byte needs an escape: printable ASCII except the quote and the backslash.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(text)
    var index = 0
    while index &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      guard isPlain(word) else { return false }
      index &+= 8
    }
    // The last bytes of a longer text are checked together with some that precede them.
    if bytes.count >= 8 {
      return isPlain(bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
    }
    // A shorter text is padded with plain bytes.
    var word = repeated(0x20)
    for index in 0..<bytes.count { word = word &<< 8 | UInt64(bytes[index]) }
    return isPlain(word)
  }

  /// Checks eight bytes at once. The high bit of a byte is set if it is below 0x20, above 0x7E, a
  /// quote or a backslash.
  @inline(__always)
  private static func isPlain(_ word: UInt64) -> Bool {
    let control = (word &- repeated(0x20)) & ~word
    let beyond = word | (word &+ repeated(0x01))
    let quotes = zeros(word ^ repeated(0x22)) | zeros(word ^ repeated(0x5C))
    return (control | beyond | quotes) & repeated(0x80) == 0
  }

  /// Sets the high bit of each byte that is zero, and possibly of bytes above it.
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- repeated(0x01)) & ~word }

  /// The byte in all eight positions.
  private static func repeated(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  private func append(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x22: raw("\\\"")
    case 0x5C: raw("\\\\")
    case 0x08: raw("\\b")
    case 0x09: raw("\\t")
    case 0x0A: raw("\\n")
    case 0x0C: raw("\\f")
    case 0x0D: raw("\\r")
    case 0...0x1F, 0x7F...0x9F: appendEscape(UInt16(scalar.value))
    case 0xA0... where asciiOnly: for unit in String(scalar).utf16 { appendEscape(unit) }
    default: for byte in UTF8.encode(scalar)! { append(byte) }
    }
  }

  /// Appends an escape such as `\u202e`.
  private func appendEscape(_ unit: UInt16) {
    raw("\\u")
    for shift: UInt16 in [12, 8, 4, 0] { append(Self.hexDigit(unit >> shift & 15)) }
  }

  private static func hexDigit(_ value: UInt16) -> UInt8 {
    UInt8(value < 10 ? 0x30 + value : 0x57 + value)
  }
}
