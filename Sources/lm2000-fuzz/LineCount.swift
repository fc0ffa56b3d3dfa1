/// A plain count of lines, to check the parser against.
enum LineCount {
  static func of(_ bytes: [UInt8]) -> Int {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let newlines = text.count { $0 == UInt8(ascii: "\n") }
    return text.isEmpty || text.last == UInt8(ascii: "\n") ? newlines : newlines + 1
  }
}
