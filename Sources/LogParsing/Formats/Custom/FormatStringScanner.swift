/// A position in a format string.
struct FormatStringScanner {
  private let string: [UInt8]
  var index = 0

  init(_ string: [UInt8]) {
    self.string = string
  }

  /// The byte at the position; `nil` at the end.
  var next: UInt8? { index < string.count ? string[index] : nil }

  /// Moves over a byte if it is next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  /// Moves over what stands for one byte of a line. As in the files of configuration that the string
  /// may come from, `\"`, `\'`, `\\` and `\t` do; a backslash before another byte is one.
  mutating func readText() -> UInt8 {
    let byte = string[index]
    index += 1
    guard byte == .backslash, let escaped = next else { return byte }
    switch escaped {
    case .quote, .backslash, UInt8(ascii: "'"):
      index += 1
      return escaped
    case UInt8(ascii: "t"):
      index += 1
      return .tab
    default: return byte
    }
  }

  /// What stands between an index and the position.
  func text(from start: Int) -> String {
    String(decoding: string[start..<min(index, string.count)], as: UTF8.self)
  }

  /// The position of an index in the string, in characters from 1.
  func place(of index: Int) -> Int {
    String(decoding: string[..<index], as: UTF8.self).count + 1
  }
}
