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

  /// The index of the first byte that is `one` or `other`, or newline.
  @inline(__always)
  static func first(_ one: UInt8, or other: UInt8, in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      ($0 .== SIMD16(repeating: one)) .| ($0 .== SIMD16(repeating: other))
        .| ($0 .== SIMD16(repeating: .newline))
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

  /// The index of the first byte that is no capital letter, digit or underscore.
  @inline(__always)
  static func firstOutsideCapitals(in start: UnsafePointer<UInt8>) -> Int {
    search(start) {
      // Without their types the compiler compares byte by byte.
      let below: SIMDMask<SIMD16<Int8>> =
        ($0 .< SIMD16(repeating: .zero)) .| ($0 .> SIMD16(repeating: UInt8(ascii: "_")))
      let between: SIMDMask<SIMD16<Int8>> =
        ($0 .> SIMD16(repeating: UInt8(ascii: "9"))) .& ($0 .< SIMD16(repeating: UInt8(ascii: "A")))
      let behind: SIMDMask<SIMD16<Int8>> =
        ($0 .> SIMD16(repeating: UInt8(ascii: "Z"))) .& ($0 .< SIMD16(repeating: UInt8(ascii: "_")))
      return below .| between .| behind
    }
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
    _ start: UnsafePointer<UInt8>, matches: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
  ) -> Int {
    let bytes = UnsafeRawPointer(start)
    var index = 0
    while true {
      let block = bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      let halves = unsafeBitCast(matches(block), to: SIMD2<UInt64>.self)
      if halves.x != 0 { return index &+ halves.x.trailingZeroBitCount &>> 3 }
      if halves.y != 0 { return index &+ 8 &+ halves.y.trailingZeroBitCount &>> 3 }
      index &+= 16
    }
  }

  /// Reads one line after the other.
  ///
  /// - Parameters:
  ///   - position: where the first line begins; moves behind the last one that was read.
  ///   - read: returns the length of the line at a position; `nil` ends reading.
  /// - Returns: the number of lines.
  @inline(__always)
  static func forEachLine(
    from position: inout Int, to end: Int, _ read: (Int) -> Int?
  ) -> Int {
    var lines = 0
    while position < end, let length = read(position) {
      position &+= length
      lines &+= 1
    }
    return lines
  }

  /// The length of the lines of a block that end in it.
  static func wholeLines(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    var end = count
    while end > 0, start[end &- 1] != .newline { end &-= 1 }
    return end
  }
}
