import AccessLog
import Glibc

/// A part of a line. At least `LineBytes.padding` readable bytes follow it.
struct TextRange {
  var start: UnsafePointer<UInt8>
  var count: Int

  /// The text without bytes.
  static var empty: TextRange { hyphen.prefix(0) }
  /// What stands for a value that is not known.
  nonisolated(unsafe) static let hyphen = TextRange(constant: "-")

  /// A text that is never deallocated.
  init(constant text: StaticString) {
    count = text.utf8CodeUnitCount
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: count + LineBytes.padding)
    bytes.initialize(repeating: 0, count: count + LineBytes.padding)
    bytes.update(from: text.utf8Start, count: count)
    start = UnsafePointer(bytes)
  }

  init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }

  /// The line of a block from an index to its newline, without a carriage return before that.
  @inline(__always)
  init(_ block: UnsafePointer<UInt8>, line first: Int, _ newline: Int) {
    let hasReturn = newline > first && block[newline &- 1] == .carriageReturn
    self.init(start: block + first, count: newline &- first &- (hasReturn ? 1 : 0))
  }

  /// All bytes of a line.
  init(_ line: LineBytes) {
    self.init(start: line.start, count: line.count)
  }

  subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count)
    return start[index]
  }

  var isEmpty: Bool { count == 0 }
  var first: UInt8? { count > 0 ? start[0] : nil }
  var last: UInt8? { count > 0 ? start[count - 1] : nil }

  /// The text from an index on.
  func from(_ index: Int) -> TextRange {
    assert(index >= 0 && index <= count)
    return TextRange(start: start + index, count: count - index)
  }

  /// The first bytes.
  func prefix(_ length: Int) -> TextRange {
    assert(length >= 0 && length <= count)
    return TextRange(start: start, count: length)
  }

  /// The bytes of a range of indices.
  subscript(range: Range<Int>) -> TextRange {
    assert(range.upperBound <= count)
    return TextRange(start: start + range.lowerBound, count: range.count)
  }

  /// The index of the first such byte from an index on; `nil` if there is none.
  func firstIndex(of byte: UInt8, from index: Int = 0) -> Int? {
    let found = index + ByteSearch.first(byte, in: start + index, count: count - index)
    return found < count ? found : nil
  }

  /// The index of the first byte from an index on that is not such a byte, or `count`.
  func skip(_ byte: UInt8, from index: Int) -> Int {
    var index = index
    while index < count, start[index] == byte { index += 1 }
    return index
  }

  /// The range of the next word from an index on, without the spaces before it; empty at the end.
  func word(from index: Int) -> Range<Int> {
    let first = skip(.space, from: index)
    return first..<(firstIndex(of: .space, from: first) ?? count)
  }

  /// Whether it begins in another text or directly behind it.
  func isPart(of other: TextRange) -> Bool {
    start >= other.start && start <= other.start + other.count
  }

  /// Without such bytes at both ends.
  func trimming(_ byte: UInt8) -> TextRange {
    var text = self
    while text.first == byte { text = text.from(1) }
    while text.last == byte { text.count -= 1 }
    return text
  }

  /// Without a newline at the end, and a carriage return before that.
  var withoutLineEnd: TextRange {
    guard last == .newline else { return self }
    let line = prefix(count - 1)
    return line.last == .carriageReturn ? line.prefix(line.count - 1) : line
  }

  func elementsEqual(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && hasPrefix(text)
  }

  func elementsEqual(_ bytes: [UInt8]) -> Bool {
    guard count == bytes.count else { return false }
    return bytes.withUnsafeBufferPointer { other in
      // An empty array may have no address.
      other.baseAddress.map { memcmp(start, $0, count) == 0 } ?? true
    }
  }

  func hasPrefix(_ text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && memcmp(start, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// Whether there is nothing but spaces and tabs.
  var isBlank: Bool { allSatisfy { $0 == .space || $0 == .tab } }

  func allSatisfy(_ condition: (UInt8) -> Bool) -> Bool {
    for index in 0..<count where !condition(start[index]) { return false }
    return true
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// The bytes, as a line of its own.
  var line: LineBytes { LineBytes(start: start, count: count) }
}

extension UInt8 {
  var isDigit: Bool { self &- .zero <= 9 }

  var isHexDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }

  /// The value of a hexadecimal digit; `nil` for any other byte.
  var hexValue: UInt8? {
    if isDigit { return self &- .zero }
    return isHexDigit ? (self | 0x20) &- 87 : nil
  }

  /// Whether it is an ASCII letter.
  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}
