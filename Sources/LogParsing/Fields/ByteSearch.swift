/// Searches 16 bytes at a time. They may read up to 15 bytes past `count`, but never return an
/// index there.
enum ByteSearch {
  /// The index of the first `byte`, or `count` if there is none.
  ///
  /// - Complexity: O(`count`).
  @inline(__always)
  static func first(_ byte: UInt8, in start: UnsafePointer<UInt8>, count: Int) -> Int {
    search(start, count: count) { $0 .== SIMD16(repeating: byte) }
  }

  /// The index of the first byte that is `one` or `other`, or `count` if there is none.
  ///
  /// - Complexity: O(`count`).
  @inline(__always)
  static func first(
    _ one: UInt8, or other: UInt8, in start: UnsafePointer<UInt8>, count: Int
  ) -> Int {
    search(start, count: count) {
      ($0 .== SIMD16(repeating: one)) .| ($0 .== SIMD16(repeating: other))
    }
  }

  /// The index of the first byte of a block at which plain text of a JSON string ends: a quote, a
  /// backslash or a control character; 16 if there is none.
  @inline(__always)
  static func endOfJSONText(in block: SIMD16<UInt8>) -> Int {
    let matches: ByteMask =
      (block .== SIMD16(repeating: .quote)) .| (block .== SIMD16(repeating: .backslash))
      .| (block .< SIMD16(repeating: .space))
    return (matches.bits | 1 &<< 16).trailingZeroBitCount
  }

  /// The index of the first byte of a block that ends a segment of a path: slash, space, `;`, `?` or
  /// `#`; 16 if there is none.
  @inline(__always)
  static func endOfSegment(in block: SIMD16<UInt8>) -> Int {
    let matches: ByteMask =
      (block .== SIMD16(repeating: .slash)) .| (block .== SIMD16(repeating: .space))
      .| (block .== SIMD16(repeating: UInt8(ascii: ";")))
      .| (block .== SIMD16(repeating: UInt8(ascii: "?")))
      .| (block .== SIMD16(repeating: UInt8(ascii: "#")))
    return (matches.bits | 1 &<< 16).trailingZeroBitCount
  }

  /// The index of the first byte that ends the authority of a URI: slash, `?` or `#`; or `count` if
  /// there is none.
  ///
  /// - Complexity: O(`count`).
  @inline(__always)
  static func endOfAuthority(in start: UnsafePointer<UInt8>, count: Int) -> Int {
    search(start, count: count) {
      ($0 .== SIMD16(repeating: .slash)) .| ($0 .== SIMD16(repeating: UInt8(ascii: "?")))
        .| ($0 .== SIMD16(repeating: UInt8(ascii: "#")))
    }
  }

  /// The index of the first byte that ends a path, or begins a parameter in it: space, `;`, `?` or `#`;
  /// or `count` if there is none.
  ///
  /// - Complexity: O(`count`).
  @inline(__always)
  static func endOfPath(in start: UnsafePointer<UInt8>, count: Int) -> Int {
    search(start, count: count) {
      ($0 .== SIMD16(repeating: .space)) .| ($0 .== SIMD16(repeating: UInt8(ascii: ";")))
        .| ($0 .== SIMD16(repeating: UInt8(ascii: "?")))
        .| ($0 .== SIMD16(repeating: UInt8(ascii: "#")))
    }
  }

  /// The index of the first byte that an ordinary address or host name does not hold: below `-`,
  /// or `:`, `[` or `]`; or `count` if there is none.
  ///
  /// - Complexity: O(`count`).
  @inline(__always)
  static func firstOutsideName(in start: UnsafePointer<UInt8>, count: Int) -> Int {
    search(start, count: count) {
      ($0 .< SIMD16(repeating: .hyphen)) .| ($0 .== SIMD16(repeating: .colon))
        .| ($0 .== SIMD16(repeating: .openingBracket))
        .| ($0 .== SIMD16(repeating: .closingBracket))
    }
  }

  @inline(__always)
  private static func search(
    _ start: UnsafePointer<UInt8>, count: Int,
    matches: (SIMD16<UInt8>) -> ByteMask
  ) -> Int {
    var index = 0
    while index < count {
      let bits = matches(start.lanes(index)).bits
      if bits != 0 { return min(index &+ bits.trailingZeroBitCount, count) }
      index &+= 16
    }
    return count
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let comma = UInt8(ascii: ",")
  static let slash = UInt8(ascii: "/")
  static let colon = UInt8(ascii: ":")
  static let dot = UInt8(ascii: ".")
  static let openingBracket = UInt8(ascii: "[")
  static let closingBracket = UInt8(ascii: "]")
  static let escape: UInt8 = 0x1B
  static let hyphen = UInt8(ascii: "-")
  static let zero = UInt8(ascii: "0")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}
