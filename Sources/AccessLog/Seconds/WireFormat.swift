/// Why bytes cannot be decoded as a closed second.
package enum WireFailure: Error, Equatable, Sendable {
  /// Written in a version of the wire form that this program does not know.
  case unknownVersion(UInt64)
  /// The bytes end too early.
  case truncated
  /// Bytes follow after the end.
  case tooLong
  /// A number is not in its shortest form, or out of range.
  case badNumber
  /// The figures contradict each other, or names are not in order.
  case contradiction
}

/// Appends numbers (unsigned LEB128) and byte strings to a buffer.
package struct WireWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes a number that must not be negative.
  package mutating func write(_ number: some BinaryInteger) { write(UInt64(number)) }

  /// Writes a signed number in zigzag form: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
  package mutating func write(zigzag number: Int64) {
    write(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  /// Writes a byte string, preceded by its length.
  package mutating func write(_ part: some Collection<UInt8>) {
    write(part.count)
    bytes.append(contentsOf: part)
  }
}

/// Reads what `WireWriter` wrote, and validates all of it.
package struct WireReader {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: some Collection<UInt8>) {
    rest = Array(bytes)[...]
  }

  package var isAtEnd: Bool { rest.isEmpty }

  /// Reads a number.
  ///
  /// - Throws: `truncated`, or `badNumber` if it is above 2^64-1 or not in its shortest form.
  package mutating func number() throws(WireFailure) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard let byte = rest.popFirst() else { throw .truncated }
      let bits = UInt64(byte & 0x7F)
      guard shift < 63 || bits <= 1 else { throw .badNumber }
      number |= bits << shift
      if byte < 0x80 {
        guard byte > 0 || shift == 0 else { throw .badNumber }
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

  /// Reads a byte string, preceded by its length.
  ///
  /// - Throws: `truncated` or `badNumber`.
  package mutating func bytes() throws(WireFailure) -> ArraySlice<UInt8> {
    let count = try count()
    guard count <= rest.count else { throw .truncated }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
