/// Reads the members of one JSON object (RFC 8259) of untrusted origin, without making values of those
/// that nobody wants.
struct JSONCursor {
  /// The depth of nested arrays and objects above which text counts as invalid.
  private static let depthLimit = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Calls the body for each member of the object that the text consists of. The body must read the
  /// value of the member, or skip it.
  ///
  /// - Parameter body: gets the name as it is written, without the quotes.
  /// - Throws: `malformed` if the text is not an object, or what the body throws.
  mutating func forEachMember(
    _ body: (inout JSONCursor, UnsafeBufferPointer<UInt8>) throws(WireFailure) -> Void
  ) throws(WireFailure) {
    try expect("{")
    if next() == UInt8(ascii: "}") {
      index += 1
    } else {
      repeat {
        let name = try string()
        try expect(":")
        try body(&self, name)
      } while try hasMore(until: "}")
    }
    guard next() == nil else { throw .malformed }
  }

  /// The first byte that is not white space.
  private mutating func next() -> UInt8? {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(WireFailure) {
    guard next() == UInt8(ascii: mark) else { throw .malformed }
    index += 1
  }

  /// Whether another element follows, behind a comma.
  private mutating func hasMore(until end: Unicode.Scalar) throws(WireFailure) -> Bool {
    let mark = next()
    index += 1
    if mark == UInt8(ascii: ",") { return true }
    guard mark == UInt8(ascii: end) else { throw .malformed }
    return false
  }

  // MARK: - Values

  /// Reads a string.
  ///
  /// - Returns: its text as it is written, without the quotes.
  mutating func string() throws(WireFailure) -> UnsafeBufferPointer<UInt8> {
    try expect("\"")
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<index])
      case UInt8(ascii: "\\"): index += 2
      case 0..<0x20: throw .malformed
      default: index += 1
      }
    }
    throw .malformed
  }

  /// Reads a whole number.
  mutating func integer<Number: FixedWidthInteger>() throws(WireFailure) -> Number {
    _ = next()
    let start = index
    while index < bytes.count, Self.isOfNumber(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let number = Number(text), text.first != "+" else { throw .malformed }
    return number
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Skips a value of any kind. Numbers and words are only roughly checked.
  mutating func skip(depth: Int = 0) throws(WireFailure) {
    guard depth < Self.depthLimit, let first = next() else { throw .malformed }
    switch first {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"): try skipElements(until: "}", depth)
    case UInt8(ascii: "["): try skipElements(until: "]", depth)
    default:
      let start = index
      while index < bytes.count, Self.isOfNumber(bytes[index]) { index += 1 }
      guard index > start else { throw .malformed }
    }
  }

  private mutating func skipElements(
    until end: Unicode.Scalar, _ depth: Int
  ) throws(WireFailure) {
    index += 1
    if next() == UInt8(ascii: end) {
      index += 1
      return
    }
    repeat {
      if end == "}" {
        _ = try string()
        try expect(":")
      }
      try skip(depth: depth + 1)
    } while try hasMore(until: end)
  }
}
