/// Why bytes cannot be decoded.
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
  /// Not the JSON object that was expected, or members of it are missing.
  case malformed
  /// More bytes or names than a message may have.
  case tooLarge
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

  /// Writes 0 or 1.
  package mutating func write(_ flag: Bool) { write(flag ? 1 as UInt64 : 0) }

  /// Writes 1 and a time, zigzag-encoded, or 0.
  package mutating func write(_ time: EpochSecond?) {
    write(time != nil)
    if let time { write(zigzag: time.value) }
  }

  /// Writes a byte string, preceded by its length.
  package mutating func write(_ part: some Collection<UInt8>) {
    write(part.count)
    bytes.append(contentsOf: part)
  }
}
