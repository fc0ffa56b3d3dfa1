/// A part of a glob without stars: bytes, and places where any character stands.
struct GlobSegment {
  private let elements: UnsafeBufferPointer<GlobElement>

  init(_ elements: UnsafeBufferPointer<GlobElement>) {
    self.elements = elements
  }

  /// Where the segment ends that begins at an index of the text; `nil` if it does not stand there.
  func end(in text: TextRange, from start: Int) -> Int? {
    var work = 0
    return end(in: text, from: start, &work)
  }

  /// - Parameter work: grows by the number of elements that were compared.
  @inline(__always)
  private func end(in text: TextRange, from start: Int, _ work: inout Int) -> Int? {
    var index = start
    for number in elements.indices {
      guard index < text.count else {
        work &+= number
        return nil
      }
      if elements[number].isAny {
        index &+= Self.characterLength(text, at: index)
      } else if elements[number].accepts(text.start[index]) {
        index &+= 1
      } else {
        work &+= number
        return nil
      }
    }
    return index
  }

  /// Whether the segment ends the text and begins at an index or behind it.
  func ends(_ text: TextRange, from start: Int) -> Bool {
    var index = text.count
    for element in elements.reversed() {
      guard index > start else { return false }
      index -= element.isAny ? Self.characterLength(text, before: index, from: start) : 1
      guard element.isAny || element.accepts(text.start[index]) else { return false }
    }
    return true
  }

  /// Where the first occurrence from an index on ends; `nil` if there is none. The segment begins with
  /// a byte.
  func endOfFirst(in text: TextRange, from start: Int) -> Int? {
    let (first, second) = (elements[0], elements.count > 1 ? elements[1] : .anyCharacter)
    // Letters differ in a bit from those of the other case.
    let fold: UInt8 = first.byte.isLetter ? 0x20 : 0
    let nextFold: UInt8 = second.isAny ? 0xFF : second.byte.isLetter ? 0x20 : 0
    let next: UInt8 = second.isAny ? 0xFF : second.byte
    var work = 0
    var index = start
    while index < text.count {
      let (bytes, offset) = (UnsafeRawPointer(text.start), index)
      let block = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      let following = bytes.loadUnaligned(fromByteOffset: offset &+ 1, as: SIMD16<UInt8>.self)
      // Without its type the compiler compares byte by byte.
      let found: SIMDMask<SIMD16<Int8>> =
        ((block | SIMD16(repeating: fold)) .== SIMD16(repeating: first.byte))
        .& ((following | SIMD16(repeating: nextFold)) .== SIMD16(repeating: next))
      var halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
      while halves.x | halves.y != 0 {
        let place: Int
        if halves.x != 0 {
          place = halves.x.trailingZeroBitCount &>> 3
          halves.x &= ~(0xFF &<< UInt64(truncatingIfNeeded: 8 &* place))
        } else {
          let byte = halves.y.trailingZeroBitCount &>> 3
          place = 8 &+ byte
          halves.y &= ~(0xFF &<< UInt64(truncatingIfNeeded: 8 &* byte))
        }
        guard offset &+ place < text.count else { return nil }
        if let end = end(in: text, from: offset &+ place, &work) { return end }
        // Text that repeats itself would be compared again and again.
        if work > 4 &* text.count &+ 256 { return endBySteps(in: text, from: offset &+ place) }
      }
      index &+= 16
    }
    return nil
  }

  // MARK: - Characters

  /// The length of the character that begins at an index.
  @inline(__always)
  private static func characterLength(_ text: TextRange, at index: Int) -> Int {
    text.start[index] < 0xC2 ? 1 : longLength(text, at: index)
  }

  private static func longLength(_ text: TextRange, at index: Int) -> Int {
    let length = length(ofLead: text.start[index])
    guard index + length <= text.count else { return 1 }
    for offset in 1..<max(2, length) where length > 1 && !text.start[index + offset].isContinuation
    {
      return 1
    }
    return length
  }

  /// The length of the character that ends before an index, and does not begin before `first`.
  private static func characterLength(_ text: TextRange, before index: Int, from first: Int) -> Int
  {
    var start = index - 1
    while start > first, index - start < 4, text.start[start].isContinuation { start -= 1 }
    return length(ofLead: text.start[start]) == index - start ? index - start : 1
  }

  /// The length of a character by its first byte; 1 for a byte that begins none.
  private static func length(ofLead byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  // MARK: - Text that repeats itself

  /// The same as `endOfFirst`, for any text in the same time: all places where the segment may stand are
  /// followed at once, a bit for each element. (Baeza-Yates and Gonnet, 1992)
  private func endBySteps(in text: TextRange, from start: Int) -> Int? {
    let width = (elements.count + 63) / 64
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 258 * width) { memory in
      memory.initialize(repeating: 0)
      // For each byte the elements that accept it; then those that are any character, and the state.
      for (number, element) in elements.enumerated() {
        let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
        if element.isAny {
          for byte in 0..<256 where !UInt8(byte).isContinuation {
            memory[byte * width + word] |= bit
          }
          memory[256 * width + word] |= bit
        } else {
          for byte in 0..<256 where element.accepts(UInt8(byte)) {
            memory[byte * width + word] |= bit
          }
        }
      }
      let last = UInt64(1) << UInt64((elements.count - 1) % 64)
      for index in start..<text.count {
        let byte = text.start[index]
        let accepted = Int(byte) * width
        var carry: UInt64 = 1
        for word in 0..<width {
          let state = memory[257 * width + word]
          var next = (state &<< 1 | carry) & memory[accepted + word]
          // A character goes on.
          if byte.isContinuation { next |= state & memory[256 * width + word] }
          memory[257 * width + word] = next
          carry = state &>> 63
        }
        if memory[257 * width + width - 1] & last != 0 { return index + 1 }
      }
      return nil
    }
  }
}
