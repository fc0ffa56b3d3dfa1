/// Appends JSON to memory that is known to have room for it, so that nothing but bytes is written for
/// each part.
struct ReservedText {
  /// The bytes that a number needs at most, with what is written behind it.
  static let numberRoom = 40

  /// Where the next byte is written.
  private(set) var end: UnsafeMutablePointer<UInt8>

  init(at end: UnsafeMutablePointer<UInt8>) { self.end = end }

  /// Appends JSON syntax unchanged.
  @inline(__always)
  mutating func raw(_ text: StaticString) {
    end.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    end += text.utf8CodeUnitCount
  }

  @inline(__always)
  mutating func number(_ value: Int) { number(Int64(value)) }

  /// Appends a number. It needs `numberRoom` bytes.
  @inline(__always)
  mutating func number(_ value: Int64) {
    // Most numbers in a ranking have one digit or two.
    guard value >= 0, value < 100 else { return longNumber(value) }
    let number = Int(truncatingIfNeeded: value)
    guard number < 10 else { return pair(number) }
    end[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)
    end += 1
  }

  /// Appends a number from 0 to 99 with two digits.
  @inline(__always)
  private mutating func pair(_ number: Int) {
    let text = UnsafeRawPointer(Self.pairs.utf8Start + 2 &* number)
    UnsafeMutableRawPointer(end).storeBytes(
      of: text.loadUnaligned(as: UInt16.self), as: UInt16.self)
    end += 2
  }

  @inline(never)
  private mutating func longNumber(_ value: Int64) {
    if value < 0 { raw("-") }
    // 2^63 has 19 digits. They are found from the last to the first, and always copied as 20 bytes.
    var digits = InlineArray<40, UInt8>(repeating: 0)
    withUnsafeMutableBytes(of: &digits) { digits in
      var rest = value.magnitude
      var first = 20
      while rest >= 10 {
        let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
        first &-= 2
        let text = UnsafeRawPointer(Self.pairs.utf8Start + 2 &* Int(truncatingIfNeeded: pair))
        digits.storeBytes(
          of: text.loadUnaligned(as: UInt16.self), toByteOffset: first, as: UInt16.self)
        rest = quotient
      }
      if rest > 0 {
        first &-= 1
        digits[first] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
      }
      // Not empty.
      let text = UnsafeRawPointer(digits.baseAddress!) + first
      UnsafeMutableRawPointer(end).copyMemory(from: text, byteCount: 20)
      end += 20 &- first
    }
  }

  /// The numbers from 0 to 99 with two digits each.
  private static var pairs: StaticString {
    """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546\
    4748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293\
    949596979899
    """
  }
}
