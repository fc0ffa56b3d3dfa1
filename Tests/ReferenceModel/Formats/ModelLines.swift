/// Splits the bytes of a source into lines, each without what is dropped around it: the byte order
/// mark of the source, NUL bytes at the start of a line, the line end.
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
  // The input ended by itself, so a last line without its end counts.
  if !line.isEmpty { lines.append(line) }

  return lines.map { line in
    var line = Array(line.drop { $0 == 0 })
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }
}

/// Nothing but spaces and tabs.
func isBlank(_ line: [UInt8]) -> Bool {
  line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
}

/// The longest line that is read, in bytes.
let lineLimit = 65_536
