import CByteMasks

/// The result of comparing 16 bytes.
///
/// Written out as the type of each test: without it the compiler compares byte by byte.
typealias ByteMask = SIMDMask<SIMD16<Int8>>

extension ByteMask {
  /// A bit for each byte that satisfies the test, that of the first in the lowest place.
  @inline(__always)
  var bits: UInt64 { cbytemasks_bits(unsafeBitCast(self, to: SIMD16<Int8>.self)) }
}

extension UnsafePointer<UInt8> {
  /// The 16 bytes from an index on.
  @inline(__always)
  func lanes(_ index: Int) -> SIMD16<UInt8> {
    UnsafeRawPointer(self).loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
  }

  /// Bits for the 48 bytes from an index on. See `ByteMask.bits`.
  @inline(__always)
  func bits48(_ index: Int, _ test: (SIMD16<UInt8>) -> ByteMask) -> UInt64 {
    test(lanes(index)).bits | test(lanes(index &+ 16)).bits &<< 16
      | test(lanes(index &+ 32)).bits &<< 32
  }

  /// Bits for the 64 bytes from an index on. See `ByteMask.bits`.
  @inline(__always)
  func bits64(_ index: Int, _ test: (SIMD16<UInt8>) -> ByteMask) -> UInt64 {
    bits48(index, test) | test(lanes(index &+ 48)).bits &<< 48
  }
}
