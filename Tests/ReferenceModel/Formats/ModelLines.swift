/// Splits the bytes of a source into lines, without the byte order mark of the source, NUL bytes at
/// the start of a line, and line endings.
func splitIntoLines(_ bytes: [UInt8]) -> [[UInt8]] {
  var rest = bytes
  if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }

  var lines: [[UInt8]] = []
  var line: [UInt8] = []
  for byte in rest {
    if byte == UInt8(ascii: "\n") {
      lines.append(line)
      line = []
    } else {
      line.append(byte)
    }
  }
  // The input has ended, so a last line without a line ending counts.
  if !line.isEmpty { lines.append(line) }

  return lines.map { line in
    var line = Array(line.drop { $0 == 0 })
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }
}

/// Whether the line has only spaces and tabs.
func isBlank(_ line: [UInt8]) -> Bool {
  line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
}

/// The maximum length of a line, in bytes.
package let lineLimit = 65_536
