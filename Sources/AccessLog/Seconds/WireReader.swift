/// Reads what `WireWriter` wrote, and validates all of it.
package struct WireReader {
  private let source: [UInt8]
  private var index: Int
  private let end: Int

  package init(_ bytes: some Collection<UInt8>) {
    source = Array(bytes)
    index = 0
    end = source.count
  }

  /// Reads a part of the bytes of another reader.
  private init(_ bytes: [UInt8], _ part: Range<Int>) {
    source = bytes
    index = part.lowerBound
    end = part.upperBound
  }

  package var isAtEnd: Bool { index == end }

  /// The number of bytes that are left.
  var remaining: Int { end - index }

  /// Reads a number.
  ///
  /// - Throws: `truncated`, or `badNumber` if it is above 2^64-1 or not in its shortest form.
  package mutating func number() throws(WireFailure) -> UInt64 {
    guard index < end else { throw .truncated }
    let first = source[index]
    index += 1
    // Most numbers have one byte.
    if first < 0x80 { return UInt64(first) }
    var number = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while true {
      guard index < end else { throw .truncated }
      let byte = source[index]
      index += 1
      let bits = UInt64(byte & 0x7F)
      guard shift < 63 || bits <= 1 else { throw .badNumber }
      number |= bits << shift
      if byte < 0x80 {
        guard byte > 0 else { throw .badNumber }
        return number
      }
      shift += 7
      guard shift <= 63 else { throw .badNumber }
    }
  }

  /// Reads a signed number in zigzag form.
  package mutating func zigzag() throws(WireFailure) -> Int64 {
    let number = try number()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// Reads a number that fits an `Int`.
  ///
  /// - Throws: `truncated` or `badNumber`.
  package mutating func count() throws(WireFailure) -> Int {
    guard let count = Int(exactly: try number()) else { throw .badNumber }
    return count
  }

  /// Reads 0 or 1.
  ///
  /// - Throws: `truncated` or `badNumber`.
  package mutating func flag() throws(WireFailure) -> Bool {
    switch try number() {
    case 0: false
    case 1: true
    default: throw .badNumber
    }
  }

  /// Reads 1 and a time, or 0.
  ///
  /// - Throws: `truncated` or `badNumber`.
  package mutating func time() throws(WireFailure) -> EpochSecond? {
    try flag() ? EpochSecond(try zigzag()) : nil
  }

  /// Reads a byte string, preceded by its length.
  ///
  /// - Throws: `truncated` or `badNumber`.
  package mutating func bytes() throws(WireFailure) -> ArraySlice<UInt8> {
    let range = try range()
    return source[range]
  }

  /// Reads a byte string like `bytes()`, and returns a reader of it.
  mutating func part() throws(WireFailure) -> WireReader { WireReader(source, try range()) }

  /// Reads a byte string like `bytes()` as a name.
  mutating func name() throws(WireFailure) -> Name {
    let range = try range()
    return source.withUnsafeBufferPointer { Name(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private mutating func range() throws(WireFailure) -> Range<Int> {
    let count = try count()
    guard count <= remaining else { throw .truncated }
    defer { index += count }
    return index..<index + count
  }
}
