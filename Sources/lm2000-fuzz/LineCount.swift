/// A plain count of lines, to check the parser against.
enum LineCount {
  static func of(_ bytes: [UInt8]) -> Int {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let newlines = text.count { $0 == UInt8(ascii: "\n") }
    return text.isEmpty || text.last == UInt8(ascii: "\n") ? newlines : newlines + 1
  }

  /// Whether the bytes may hold pieces of lines as container runtimes write them: JSON, or the name of a
  /// standard stream.
  static func mayHavePieces(_ bytes: [UInt8]) -> Bool {
    bytes.contains(UInt8(ascii: "{")) || bytes.firstRange(of: Array("std".utf8)) != nil
  }
}
