/// A 64-bit hash of the bytes of a name, for use in hash tables. It is seeded randomly per process,
/// so that crafted log lines cannot provoke collisions. Names with equal hashes are still compared
/// by their bytes.
public enum NameHash {
  /// The seed of this process.
  @usableFromInline package static let seed = UInt64.random(in: .min ... .max)
  /// Another one.
  @usableFromInline package static let secondSeed = UInt64.random(in: .min ... .max)

  /// The number of readable bytes that must follow a name to be hashed.
  package static let padding = 8

  /// Hashes `count` bytes as wyhash does: multiplied to 128 bits and folded, 32 at a time in two lanes
  /// and the rest eight at a time.
  ///
  /// Reads up to `padding` bytes after the name, but ignores them.
  ///
  /// - Parameters:
  ///   - seed: not known to those who choose names.
  ///   - other: likewise; without it, bytes that make a product 0 would hide those before them.
  /// - Complexity: O(count)
  @inlinable @inline(__always)
  public static func hash(
    _ start: UnsafePointer<UInt8>, count: Int, seed: UInt64, _ other: UInt64
  ) -> UInt64 {
    let bytes = UnsafeRawPointer(start)
    var state = seed ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
    var index = 0
    if count >= 32 {
      var lane = other
      repeat {
        state = product(state ^ word(bytes, index), other ^ word(bytes, index &+ 8))
        lane = product(lane ^ word(bytes, index &+ 16), seed ^ word(bytes, index &+ 24))
        index &+= 32
      } while index &+ 32 <= count
      state ^= lane
    }
    while index &+ 8 <= count {
      state = fold(state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    let rest = count &- index
    if rest > 0 {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* rest)
      state = fold(state ^ (word & mask))
    }
    return fold(state)
  }

  @inlinable @inline(__always)
  static func word(_ bytes: UnsafeRawPointer, _ index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  @inlinable @inline(__always)
  static func product(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  @inlinable @inline(__always)
  static func fold(_ value: UInt64) -> UInt64 {
    product(value ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)
  }
}
