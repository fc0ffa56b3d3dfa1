/// The ends of consecutive fields of a usual line, found at once among 64 bytes: so the processor knows
/// an end before it has looked at the field in front of it.
struct FieldEnds {
  private let line: UnsafePointer<UInt8>
  /// The index that the first bit stands for.
  private let first: Int
  /// Bits for the ends that were not taken.
  private var bits: UInt64
  /// Bits for all of them, from the first field on that is looked at.
  private var all: UInt64
  /// The bit of the first byte of that field.
  private var start: UInt64 = 1
  /// The number of the bit that was taken last.
  private var last = 0
  /// Not 0 once an end is another byte than was expected.
  private var errors: UInt8 = 0

  /// The ends of fields of digits.
  @inline(__always)
  static func ofDigits(_ line: UnsafePointer<UInt8>, from index: Int) -> FieldEnds {
    FieldEnds(line, index) { ($0 &- SIMD16(repeating: .zero)) .> SIMD16(repeating: 9) }
  }

  /// The ends of words: every byte up to a space is one.
  @inline(__always)
  static func ofWords(_ line: UnsafePointer<UInt8>, from index: Int) -> FieldEnds {
    FieldEnds(line, index) { $0 .<= SIMD16(repeating: .space) }
  }

  /// The ends of words and of their parts between slashes.
  @inline(__always)
  static func ofParts(_ line: UnsafePointer<UInt8>, from index: Int) -> FieldEnds {
    FieldEnds(line, index) {
      ($0 .<= SIMD16(repeating: .space)) .| ($0 .== SIMD16(repeating: .slash))
    }
  }

  @inline(__always)
  private init(
    _ line: UnsafePointer<UInt8>, _ first: Int, _ isEnd: (SIMD16<UInt8>) -> ByteMask
  ) {
    (self.line, self.first) = (line, first)
    bits = line.bits64(first, isEnd)
    all = bits
  }

  /// The index of the next end, which is expected to be a byte. Whether it is, `areRight` tells; where
  /// there is none, it is any index.
  @inline(__always)
  mutating func next(_ byte: UInt8) -> Int {
    let bit = bits.trailingZeroBitCount
    errors |= line[first &+ bit] ^ byte
    (last, bits) = (bit, bits & (bits &- 1))
    return first &+ bit
  }

  /// Goes on with the field that begins at an index.
  @inline(__always)
  mutating func move(to index: Int) {
    start = 1 << UInt64(truncatingIfNeeded: index &- first)
    bits = all & ~(start &- 1)
    all = bits
  }

  /// Whether all ends that were asked for since the last move are there and, like those before it, the
  /// bytes that were expected, and no field in front of one is empty.
  @inline(__always)
  var areRight: Bool {
    let taken = all ^ bits
    return errors == 0 && last < UInt64.bitWidth && taken & (taken &<< 1 | start) == 0
  }
}
