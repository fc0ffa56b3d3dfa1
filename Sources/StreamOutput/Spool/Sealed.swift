import AccessLog

/// Bytes with a checksum at their end, which finds damage, not forgery. (FNV-1a, 64 bits)
enum Sealed {
  private static let length = 8

  static func seal(_ bytes: [UInt8]) -> [UInt8] {
    let sum = checksum(bytes)
    return bytes + (0..<length).map { UInt8(truncatingIfNeeded: sum >> UInt64($0 * 8)) }
  }

  /// The bytes without their checksum; `nil` if it is not theirs.
  static func open(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.count >= length else { return nil }
    let content = bytes.dropLast(length)
    let sum = bytes.suffix(length).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return checksum(content) == sum ? content : nil
  }

  private static func checksum(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
