/// A 64-bit hash of bytes that is the same in every process and on every machine.
///
/// Only for figures that must not vary from run to run. Whoever chooses names can find such with
/// equal hashes, so hash tables use `NameHash`.
package enum StableHash {
  private static let multiplier: UInt64 = 0xC6A4_A793_5BD1_E995

  /// Hashes bytes as MurmurHash64A does, with a seed of 0.
  ///
  /// - Complexity: O(count)
  package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var state = UInt64(truncatingIfNeeded: raw.count) &* multiplier
    var index = 0
    while raw.count - index >= 8 {
      var word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      word &*= multiplier
      word ^= word >> 47
      word &*= multiplier
      state = (state ^ word) &* multiplier
      index += 8
    }
    if index < raw.count {
      var word: UInt64 = 0
      for offset in (index..<raw.count).reversed() { word = word << 8 | UInt64(raw[offset]) }
      state = (state ^ word) &* multiplier
    }
    state ^= state >> 47
    state &*= multiplier
    return state ^ state >> 47
  }
}
