/// What a `NameTable` compares instead of the bytes of a name: two words, and a hash of them.
///
/// The words of a name of up to 15 bytes are its bytes, zero-padded, and its length in the last
/// byte. Those of a name of 16 bytes whose last one is no control character are its bytes. Equal words
/// of these are equal names. Those of any other name are its first eight bytes and a hash of all bytes,
/// with 0xFF in the last byte: the bytes must be compared too.
@frozen @usableFromInline struct NameKey {
  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64

  /// - Parameter start: at least `NameTable.padding` readable bytes follow the name.
  @inlinable @inline(__always)
  init(_ start: UnsafePointer<UInt8>, count: Int, _ seeds: NameSeeds) {
    let bytes = UnsafeRawPointer(start).loadUnaligned(as: SIMD2<UInt64>.self)
    if count < 16 {
      let form = seeds.forms[count]
      let words = bytes & form.mask | form.length
      (first, second) = (UInt64(littleEndian: words.x), UInt64(littleEndian: words.y))
    } else if count == 16, Self.canEndKey(UInt64(littleEndian: bytes.y)) {
      (first, second) = (UInt64(littleEndian: bytes.x), UInt64(littleEndian: bytes.y))
    } else {
      first = UInt64(littleEndian: bytes.x)
      second = NameHash.hash(start, count: count, seed: seeds.first, seeds.second) | Self.longMark
    }
  }

  /// The last byte of the key of a name whose bytes must be compared.
  @inlinable static var longMark: UInt64 {
    @inline(__always) get { 0xFF << 56 }
  }

  /// Whether the second word of a name of 16 bytes is told from one that has a mark or a length.
  @inlinable @inline(__always)
  static func canEndKey(_ word: UInt64) -> Bool { word &>> 56 &- 16 < 0xFF &- 16 }

  /// Whether the bytes must be compared too.
  @inlinable var isLong: Bool {
    @inline(__always) get { second >= Self.longMark }
  }

  /// Whether it is the key of a name of up to 15 bytes.
  var isShort: Bool { second < 16 &<< 56 }

  /// A hash of both words. The seeds of the process keep crafted names from colliding.
  @inlinable @inline(__always)
  func hash(_ seeds: NameSeeds) -> UInt32 {
    let product = (first ^ seeds.first).multipliedFullWidth(by: second ^ seeds.second)
    let folded = product.high ^ product.low
    return UInt32(truncatingIfNeeded: folded ^ (folded &>> 32))
  }
}

/// What makes a key, kept where it is used for every line.
@frozen @usableFromInline struct NameSeeds: Sendable {
  /// The key of a name of up to 15 bytes, given the 16 bytes from its start on.
  @frozen @usableFromInline struct Form: Sendable {
    /// Selects the bytes of the name.
    @usableFromInline let mask: SIMD2<UInt64>
    /// The length, in the last byte.
    @usableFromInline let length: SIMD2<UInt64>

    init(count: Int) {
      let bits = 8 * count
      mask = SIMD2(
        (~(UInt64.max << bits)).littleEndian, (~(UInt64.max << max(0, bits - 64))).littleEndian)
      length = SIMD2(0, (UInt64(count) << 56).littleEndian)
    }
  }

  // The seeds of the process.
  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64
  /// By length, 0 to 15; never deallocated.
  @usableFromInline nonisolated(unsafe) let forms: UnsafePointer<Form>

  init() {
    first = NameHash.seed
    second = NameHash.secondSeed
    forms = Self.forms
  }

  nonisolated(unsafe) private static let forms: UnsafePointer<Form> = {
    let forms = UnsafeMutableBufferPointer<Form>.allocate(capacity: 16)
    _ = forms.initialize(from: (0..<16).map { Form(count: $0) })
    // Not empty.
    return UnsafePointer(forms.baseAddress!)
  }()
}
