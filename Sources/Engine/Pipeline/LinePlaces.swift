/// Where lines stand in the stream: exact at the ends of blocks, in between as if all lines of a block
/// were of one length. Only what is not shown yet is kept.
struct LinePlaces: Sendable {
  private var ends: [(lines: Int, offset: Int64)] = [(0, 0)]

  /// Another block of lines has been read.
  ///
  /// - Parameter shown: lines that have been shown; what is before them is forgotten.
  mutating func add(_ lines: Int, endingAt offset: Int64, shown: Int) {
    while ends.count > 1, ends[1].lines <= shown { ends.removeFirst() }
    ends.append((ends[ends.count - 1].lines + lines, offset))
  }

  /// Where so many lines from the beginning end, in bytes.
  func offset(ofLine line: Int) -> Int64 {
    guard let place = ends.firstIndex(where: { $0.lines > line }), place > 0 else {
      return line >= ends[ends.count - 1].lines ? ends[ends.count - 1].offset : ends[0].offset
    }
    let (from, to) = (ends[place - 1], ends[place])
    let part = Double(line - from.lines) / Double(to.lines - from.lines)
    return from.offset + Int64(part * Double(to.offset - from.offset))
  }
}
