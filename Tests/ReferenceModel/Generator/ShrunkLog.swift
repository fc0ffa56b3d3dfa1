// What helps to show why a comparison failed.

/// Removes as many lines as possible while `fails` still holds: halves first, then smaller parts.
package func shrunk(_ bytes: [UInt8], while fails: ([UInt8]) -> Bool) -> [UInt8] {
  var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }
  func joined(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: [10])) }
  var size = max(1, lines.count / 2)
  while true {
    var start = 0
    var removedAny = false
    while start < lines.count {
      var fewer = lines
      fewer.removeSubrange(start..<min(start + size, lines.count))
      if fails(joined(fewer)) {
        lines = fewer
        removedAny = true
      } else {
        start += size
      }
    }
    if size == 1 && !removedAny { return joined(lines) }
    if !removedAny || size > 1 { size = max(1, size / 2) }
  }
}

/// Bytes as text in which every byte is visible.
package func visible(_ bytes: [UInt8]) -> String {
  let text = bytes.map { byte in
    switch byte {
    case 10: "\n"
    case 0x20...0x7E: String(UnicodeScalar(byte))
    default: "\\x" + String(byte, radix: 16, uppercase: true)
    }
  }
  return text.joined()
}
