/// Why bytes are not a closed second.
package enum WireFailure: Error, Equatable, Sendable {
  /// Written by a program that is newer than this one.
  case unknownVersion(UInt64)
  /// The bytes end too early.
  case truncated
  /// Bytes follow behind the end.
  case tooLong
  /// A number is not as short as it can be, or too great.
  case badNumber
  /// The figures contradict each other, or are not in their order.
  case contradiction
}

/// Writes numbers (unsigned LEB128) and bytes one behind the other.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A number that is never negative.
  mutating func write(_ number: some BinaryInteger) { write(UInt64(number)) }

  /// Zigzag: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
  mutating func write(zigzag number: Int64) {
    write(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  /// Bytes, after their number.
  mutating func write(_ part: some Collection<UInt8>) {
    write(part.count)
    bytes.append(contentsOf: part)
  }
}

/// Reads what `WireWriter` wrote, and trusts nothing.
struct WireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) {
    rest = Array(bytes)[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// - Throws: `truncated`, or `badNumber` where it is over 2^64-1 or longer than it need be.
  mutating func number() throws(WireFailure) -> UInt64 {
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

  mutating func zigzag() throws(WireFailure) -> Int64 {
    let number = try number()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// - Throws: `badNumber` too where it is over 2^63-1.
  mutating func count() throws(WireFailure) -> Int {
    guard let count = Int(exactly: try number()) else { throw .badNumber }
    return count
  }

  /// Bytes after their number.
  mutating func bytes() throws(WireFailure) -> ArraySlice<UInt8> {
    let count = try count()
    guard count <= rest.count else { throw .truncated }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
