import AccessLog

/// A line with a label before it, which whoever delivered the line has put there.
///
/// Where lines come with labels, each of them has one, if only an empty one. It ends at the first
/// separator, so that nothing in the line can look like a label.
package enum LabelledLine {
  /// What ends a label: the unit separator of ASCII. No label contains it, nor a newline or NUL.
  package static let separator: UInt8 = 0x1F

  /// The longest label, in bytes.
  package static let longestLabel = 256

  /// What stands for a byte that no label may contain.
  package static func isAllowed(_ byte: UInt8) -> Bool {
    byte != separator && byte != .newline && byte != 0
  }

  /// The label of a line, and the line itself.
  ///
  /// - Complexity: O(bytes of the label).
  @inline(__always)
  static func split(_ line: LineBytes) -> (label: TextRange, line: LineBytes) {
    let end = ByteSearch.first(separator, in: line.start, count: line.count)
    guard end < line.count else { return (.empty, line) }
    let rest = LineBytes(start: line.start + end + 1, count: line.count - end - 1)
    return (TextRange(start: line.start, count: end), rest)
  }
}

extension LineUnwrapper {
  /// Takes off all wrappers of a line that came with a label, which counts as the name of a wrapper
  /// around all others.
  ///
  /// - Returns: `nil` if the line is a piece that is kept until the next one arrives.
  mutating func unwrap(
    _ line: TextRange, label: TextRange, _ scratch: ScratchBytes
  ) -> UnwrappedLine? {
    var start = UnwrappedLine(line: line)
    if !label.isEmpty { start.name = label }
    return Self.isPlain(line.line) ? start : unwrap(start, from: 0, true, scratch)
  }
}
