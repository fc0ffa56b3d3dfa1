/// An Internet address of version 4 or 6. An address of version 4 that is mapped into version 6
/// (`::ffff:10.0.0.1`, RFC 4291 section 2.5.5.2) is one of version 4.
package struct NetworkAddress: Hashable, BitwiseCopyable, Sendable {
  /// The address as a number; of version 4 the lowest 32 bits.
  package let value: UInt128
  package let isVersion4: Bool

  /// The number of its bits.
  package var length: Int { isVersion4 ? 32 : 128 }

  init(_ value: UInt128, isVersion4: Bool) {
    (self.value, self.isVersion4) = (value, isVersion4)
  }

  /// Reads an address. A scope (`%eth0`, RFC 4007) is read over.
  ///
  /// - Returns: `nil` if the text is anything else.
  /// - Complexity: O(bytes of the text).
  package init?(_ text: UnsafeBufferPointer<UInt8>) {
    if let number = Self.version4(text, from: 0, to: text.count) {
      self.init(UInt128(number), isVersion4: true)
      return
    }
    // An address has a colon within its first group or behind it.
    guard text.prefix(5).contains(UInt8(ascii: ":")) else { return nil }
    let end = text.firstIndex(of: UInt8(ascii: "%")) ?? text.count
    guard end == text.count || end + 1 < text.count, let value = Self.version6(text, to: end)
    else { return nil }
    let isMapped = value >> 32 == 0xFFFF
    self.init(isMapped ? value & 0xFFFF_FFFF : value, isVersion4: isMapped)
  }

  /// Four decimal numbers of up to three digits, with dots between them.
  private static func version4(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> UInt32? {
    var (address, index): (UInt32, Int) = (0, start)
    for part in 0..<4 {
      var (group, digits): (UInt32, Int) = (0, 0)
      while index < end, digits < 3, text[index] &- 0x30 <= 9 {
        group = group &* 10 &+ UInt32(text[index] &- 0x30)
        (index, digits) = (index &+ 1, digits &+ 1)
      }
      guard digits > 0, group <= 255 else { return nil }
      address = address &<< 8 | group
      guard part < 3 else { break }
      guard index < end, text[index] == UInt8(ascii: ".") else { return nil }
      index &+= 1
    }
    return index == end ? address : nil
  }

  /// Groups of up to four hexadecimal digits with colons between them, the last two of which may be
  /// an address of version 4; `::` stands once for groups of zeros.
  private static func version6(_ text: UnsafeBufferPointer<UInt8>, to end: Int) -> UInt128? {
    let colon = UInt8(ascii: ":")
    var (value, count, index): (UInt128, Int, Int) = (0, 0, 0)
    /// The number of groups before `::`.
    var gap: Int?
    if end >= 2, text[0] == colon, text[1] == colon { (gap, index) = (0, 2) }
    while index < end {
      let start = index
      var group: UInt128 = 0
      while index < end, index - start < 4, let digit = hexDigit(text[index]) {
        group = group << 4 | UInt128(digit)
        index += 1
      }
      if index < end, text[index] == UInt8(ascii: ".") {
        guard count <= 6, let last = version4(text, from: start, to: end) else { return nil }
        (value, count, index) = (value << 32 | UInt128(last), count + 2, end)
        break
      }
      guard index > start, count < 8 else { return nil }
      (value, count) = (value << 16 | group, count + 1)
      guard index < end else { break }
      guard text[index] == colon, index + 1 < end else { return nil }
      index += 1
      if text[index] == colon {
        guard gap == nil else { return nil }
        (gap, index) = (count, index + 1)
      }
    }
    guard let gap else { return count == 8 ? value : nil }
    guard count < 8 else { return nil }
    let behind = 16 * (count - gap)
    return (value >> behind) << (16 * (8 - gap)) | value & ((1 << behind) - 1)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 <= 9 { return byte &- 0x30 }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }
}

/// The addresses that begin with the same bits. (RFC 4632, RFC 4291 section 2.3)
package struct NetworkPrefix: Hashable, BitwiseCopyable, Sendable {
  /// An address of the network; the bits behind the prefix are 0.
  package let address: NetworkAddress
  /// The number of bits that they share.
  package let bits: Int

  /// - Parameters:
  ///   - address: any address of the network.
  ///   - bits: 0 to the length of the address as it was written.
  ///   - isWrittenAsVersion6: whether the address was written with colons. The prefix of one that is
  ///     mapped from version 4 counts the 96 bits before it.
  /// - Returns: `nil` if there are too many bits, or too few to hold only mapped addresses.
  package init?(_ address: NetworkAddress, bits: Int, isWrittenAsVersion6: Bool = false) {
    let bits = address.isVersion4 && isWrittenAsVersion6 ? bits - 96 : bits
    guard (0...address.length).contains(bits) else { return nil }
    let rest = address.length - bits
    // Shifts by the whole width give 0.
    self.address = NetworkAddress(
      (address.value >> rest) << rest, isVersion4: address.isVersion4)
    self.bits = bits
  }

  /// The bits of the prefix, as a mask.
  package var mask: UInt128 {
    let all: UInt128 = address.isVersion4 ? 0xFFFF_FFFF : .max
    return (all >> (address.length - bits)) << (address.length - bits)
  }

  /// Whether an address belongs to it. None of the other version does.
  package func contains(_ other: NetworkAddress) -> Bool {
    other.isVersion4 == address.isVersion4
      && (other.value ^ address.value) >> (address.length - bits) == 0
  }
}
