/// Maps line numbers to offsets in the stream: exact at the ends of blocks, interpolated between
/// them. Only blocks that are not shown completely are kept.
struct LineOffsets: Sendable {
  /// The most blocks that are kept. The last one grows beyond that.
  private static let greatestCount = 4096

  private var blockEnds: [(line: Int, offset: Int64)] = [(0, 0)]

  /// Adds a block, and drops the blocks that are shown completely.
  ///
  /// - Parameters:
  ///   - offset: the end of the block in the stream, in bytes.
  ///   - shownLines: the number of lines that are shown.
  mutating func addBlock(lineCount: Int, endingAt offset: Int64, shownLines: Int) {
    while blockEnds.count > 1, blockEnds[1].line <= shownLines { blockEnds.removeFirst() }
    let last = blockEnds.count - 1
    guard lineCount > 0, blockEnds.count < Self.greatestCount || last == 0 else {
      blockEnds[last].line += lineCount
      blockEnds[last].offset = offset
      return
    }
    blockEnds.append((blockEnds[last].line + lineCount, offset))
  }

  /// The offset of the end of a line, in bytes.
  ///
  /// - Parameter line: the number of the line, counted from 1; 0 for the beginning of the stream.
  /// - Complexity: O(blocks that are read but not shown).
  func offset(ofLine line: Int) -> Int64 {
    guard let index = blockEnds.firstIndex(where: { $0.line > line }), index > 0 else {
      let last = blockEnds[blockEnds.count - 1]
      return line >= last.line ? last.offset : blockEnds[0].offset
    }
    let (from, to) = (blockEnds[index - 1], blockEnds[index])
    let fraction = Double(line - from.line) / Double(to.line - from.line)
    return from.offset + Int64(fraction * Double(to.offset - from.offset))
  }
}
