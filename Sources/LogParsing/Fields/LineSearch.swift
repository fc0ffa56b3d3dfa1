/// Searches within lines that end in a newline. A newline ends every search, so none needs a limit: at
/// most `LineBytes.padding` bytes behind the newline are read.
enum LineSearch {
  /// The index of the first `byte` or newline.
  @inline(__always)
  static func first(_ byte: UInt8, in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      ($0 .== SIMD16(repeating: byte)) .| ($0 .== SIMD16(repeating: .newline))
    }
  }

  /// The index behind the space that ends the word at an index; `nil` if the word is empty, or ends the
  /// line.
  @inline(__always)
  static func behindWord(of line: UnsafePointer<UInt8>, at start: Int) -> Int? {
    let end = start &+ first(.space, in: line + start)
    return end > start && line[end] == .space ? end &+ 1 : nil
  }

  /// The index of the first byte that is `one` or `other`, or newline.
  @inline(__always)
  static func first(_ one: UInt8, or other: UInt8, in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      ($0 .== SIMD16(repeating: one)) .| ($0 .== SIMD16(repeating: other))
        .| ($0 .== SIMD16(repeating: .newline))
    }
  }

  /// The index of the first `byte` or newline, for long texts. (`searchLong`)
  @inline(__always)
  static func endOfText(_ byte: UInt8, in start: UnsafePointer<UInt8>) -> Int {
    searchLong(start) {
      ($0 .== SIMD16(repeating: byte)) .| ($0 .== SIMD16(repeating: .newline))
    }
  }

  /// The index of the first quote, backslash or newline.
  @inline(__always)
  static func endOfQuotedText(in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      ($0 .== SIMD16(repeating: .quote)) .| ($0 .== SIMD16(repeating: .backslash))
        .| ($0 .== SIMD16(repeating: .newline))
    }
  }

  /// The same for long texts. (`searchLong`)
  @inline(__always)
  static func endOfLongQuotedText(in start: UnsafePointer<UInt8>) -> Int {
    searchLong(start) {
      ($0 .== SIMD16(repeating: .quote)) .| ($0 .== SIMD16(repeating: .backslash))
        .| ($0 .== SIMD16(repeating: .newline))
    }
  }

  /// The index of the first quote or backslash, or `count` if there is none.
  @inline(__always)
  static func endOfQuotedText(in start: UnsafePointer<UInt8>, count: Int) -> Int {
    var index = 0
    while index < count {
      let bits = start.bits48(index) {
        ($0 .== SIMD16(repeating: .quote)) .| ($0 .== SIMD16(repeating: .backslash))
      }
      if bits != 0 { return min(index &+ bits.trailingZeroBitCount, count) }
      index &+= 48
    }
    return count
  }

  /// The index of the first byte that is no capital letter, digit or underscore.
  @inline(__always)
  static func firstOutsideCapitals(in start: UnsafePointer<UInt8>) -> Int {
    search(start, matches: isNoCapital)
  }

  /// The index of the first byte that is no capital letter, digit, underscore or dot.
  @inline(__always)
  static func firstOutsideCapitalsAndDots(in start: UnsafePointer<UInt8>) -> Int {
    search(start) { isNoCapital($0) .& ($0 .!= SIMD16(repeating: .dot)) }
  }

  @inline(__always)
  private static func isNoCapital(_ bytes: SIMD16<UInt8>) -> ByteMask {
    let below: ByteMask =
      (bytes .< SIMD16(repeating: .zero)) .| (bytes .> SIMD16(repeating: UInt8(ascii: "_")))
    let between: ByteMask =
      (bytes .> SIMD16(repeating: UInt8(ascii: "9")))
      .& (bytes .< SIMD16(repeating: UInt8(ascii: "A")))
    let behind: ByteMask =
      (bytes .> SIMD16(repeating: UInt8(ascii: "Z")))
      .& (bytes .< SIMD16(repeating: UInt8(ascii: "_")))
    return below .| between .| behind
  }

  /// The index of the first bracket or newline.
  @inline(__always)
  static func firstBracket(in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      ($0 .== SIMD16(repeating: .openingBracket)) .| ($0 .== SIMD16(repeating: .closingBracket))
        .| ($0 .== SIMD16(repeating: .newline))
    }
  }

  /// The index of the first byte that an ordinary address or host name does not hold. See
  /// `ByteSearch.firstOutsideName`.
  @inline(__always)
  static func firstOutsideName(in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      ($0 .< SIMD16(repeating: .hyphen)) .| ($0 .== SIMD16(repeating: .colon))
        .| ($0 .== SIMD16(repeating: .openingBracket))
        .| ($0 .== SIMD16(repeating: .closingBracket))
    }
  }

  @inline(__always)
  private static func search(
    _ start: UnsafePointer<UInt8>, matches: (SIMD16<UInt8>) -> ByteMask
  ) -> Int {
    var index = 0
    while true {
      let bits = matches(start.lanes(index)).bits
      if bits != 0 { return index &+ bits.trailingZeroBitCount }
      index &+= 16
    }
  }

  /// The same, 48 bytes at a time: for texts whose lengths differ so much that the branch predictor
  /// cannot tell how many steps they take.
  @inline(__always)
  private static func searchLong(
    _ start: UnsafePointer<UInt8>, matches: (SIMD16<UInt8>) -> ByteMask
  ) -> Int {
    var index = 0
    while true {
      let bits = start.bits48(index, matches)
      if bits != 0 { return index &+ bits.trailingZeroBitCount }
      index &+= 48
    }
  }
}
