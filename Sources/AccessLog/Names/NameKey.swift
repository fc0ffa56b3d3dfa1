/// What a `NameTable` compares instead of the bytes of a name: two words, and a hash of them.
///
/// The words of a name of up to 15 bytes are its bytes, zero-padded, and its length in the last
/// byte: equal words are equal names. Those of a longer name are its first eight bytes and a hash of
/// all bytes, with 0xFF in the last byte: the bytes must be compared too.
@frozen @usableFromInline struct NameKey {
  /// The length from which on the bytes must be compared.
  @usableFromInline static var longCount: Int { 16 }
  /// The last byte of a longer name.
  @usableFromInline static var longMark: UInt64 { 0xFF << 56 }

  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64

  /// - Parameter start: at least `NameTable.padding` readable bytes follow the name.
  @inlinable @inline(__always)
  init(_ start: UnsafePointer<UInt8>, count: Int, _ seeds: NameSeeds) {
    let bytes = UnsafeRawPointer(start)
    let head = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    if count < 8 {
      first = head & ~(UInt64.max &<< UInt64(truncatingIfNeeded: 8 &* count))
      second = UInt64(truncatingIfNeeded: count) &<< 56
    } else if count < Self.longCount {
      let tail = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      first = head
      second =
        (tail & ~(UInt64.max &<< UInt64(truncatingIfNeeded: 8 &* (count &- 8))))
        | UInt64(truncatingIfNeeded: count) &<< 56
    } else {
      first = head
      second = NameHash.hash(start, count: count, seed: seeds.first, seeds.second) | Self.longMark
    }
  }

  @inlinable var isLong: Bool {
    @inline(__always) get { second >= Self.longMark }
  }

  /// A hash of both words. The seeds of the process keep crafted names from colliding.
  @inlinable @inline(__always)
  func hash(_ seeds: NameSeeds) -> UInt32 {
    let product = (first ^ seeds.first).multipliedFullWidth(by: second ^ seeds.second)
    let folded = product.high ^ product.low
    return UInt32(truncatingIfNeeded: folded ^ (folded &>> 32))
  }
}

/// The seeds of the process, kept where they are used for every line.
@frozen @usableFromInline struct NameSeeds: Sendable {
  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64

  init() {
    first = NameHash.seed
    second = NameHash.secondSeed
  }
}
