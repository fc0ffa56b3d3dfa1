/// Base64 (RFC 4648, section 4), with padding and without line breaks.
package enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let pad = UInt8(ascii: "=")
  /// Marks a byte that is no digit.
  private static let invalid: UInt8 = 0xFF
  /// The value of each digit.
  private static let values = {
    var values = [UInt8](repeating: invalid, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// The length of the text for a number of bytes.
  package static func length(of count: Int) -> Int { (count + 2) / 3 * 4 }

  /// Appends the text for bytes.
  ///
  /// - Complexity: O(bytes)
  package static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + length(of: bytes.count))
    let digits = digits
    func digit(_ bits: UInt32, _ shift: UInt32) -> UInt8 {
      digits[Int(truncatingIfNeeded: bits >> shift & 63)]
    }
    var index = 0
    while bytes.count - index >= 3 {
      let bits =
        UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
      text.append(digit(bits, 18))
      text.append(digit(bits, 12))
      text.append(digit(bits, 6))
      text.append(digit(bits, 0))
      index += 3
    }
    switch bytes.count - index {
    case 1:
      let bits = UInt32(bytes[index]) << 16
      text += [digit(bits, 18), digit(bits, 12), pad, pad]
    case 2:
      let bits = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8
      text += [digit(bits, 18), digit(bits, 12), digit(bits, 6), pad]
    default: break
    }
  }

  /// The bytes that a text stands for; `nil` if it is not in the form that `append` writes.
  ///
  /// - Complexity: O(bytes)
  package static func bytes(of text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    guard let last = text.last else { return [] }
    let padding = last != pad ? 0 : text[text.count - 2] != pad ? 1 : 2
    let count = text.count / 4 * 3 - padding
    let whole = padding > 0 ? text.count - 4 : text.count
    var isValid = true
    let bytes = values.withUnsafeBufferPointer { values in
      [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
        func group(at index: Int, _ length: Int) -> UInt32 {
          var bits: UInt32 = 0
          var seen: UInt8 = 0
          for place in 0..<4 {
            let value = place < length ? values[Int(text[index + place])] : 0
            seen |= value
            bits = bits << 6 | UInt32(value & 63)
          }
          if seen > 63 { isValid = false }
          return bits
        }
        func add(_ bits: UInt32, _ shift: UInt32) {
          bytes.initializeElement(at: initialized, to: UInt8(truncatingIfNeeded: bits >> shift))
          initialized += 1
        }
        for index in stride(from: 0, to: whole, by: 4) {
          let bits = group(at: index, 4)
          add(bits, 16)
          add(bits, 8)
          add(bits, 0)
        }
        guard padding > 0 else { return }
        let bits = group(at: whole, 4 - padding)
        add(bits, 16)
        if padding == 1 { add(bits, 8) }
        // The bits that stand for nothing must be 0.
        if bits & (padding == 1 ? 0xFF : 0xFFFF) != 0 { isValid = false }
      }
    }
    return isValid ? bytes : nil
  }
}
