import AccessLog
import Glibc

extension CompressedFile {
  /// Continues reading at the beginning of the last `lines` lines, or at the end for 0. An incomplete
  /// line at the end counts as a line. In a damaged file, the lines before the damage count; reading
  /// fails behind them.
  ///
  /// - Throws: `InputFailure` if the file cannot be read.
  /// - Complexity: the file is decompressed to count its lines, and unless the last block has those
  ///   requested, again to find the first one.
  package func seekToLast(lines: Int) throws(InputFailure) {
    seek(to: 0)
    let count = try countLines()
    if lines > 0 {
      let first = max(0, count.lines - lines)
      let isInLastBlock = first > count.linesBeforeLastBlock
      seek(to: isInLastBlock ? count.lastBlock : 0)
      try skip(lines: isInLastBlock ? first - count.linesBeforeLastBlock : first)
    }
    heading = Heading.wholeLines(of: Array(count.beginning.prefix(Int(clamping: position))))
  }

  private struct LineCount {
    var lines = 0
    /// The position of the last block, and the number of line ends before it.
    var lastBlock: Int64 = 0
    var linesBeforeLastBlock = 0
    /// The first bytes.
    var beginning: [UInt8] = []
  }

  /// Reads to the end.
  private func countLines() throws(InputFailure) -> LineCount {
    var count = LineCount()
    var endsInsideLine = false
    while try loadDecodableBlock() {
      count.lastBlock = position
      count.linesBeforeLastBlock = count.lines
      let length = withLoadedBytes { bytes in
        count.lines += Self.lineEnds(in: bytes)
        count.beginning += bytes.prefix(Heading.limit - count.beginning.count)
        endsInsideLine = bytes.last != 0x0A
        return bytes.count
      }
      advance(by: length)
    }
    if endsInsideLine { count.lines += 1 }
    return count
  }

  /// Reads behind the next `lines` line ends.
  private func skip(lines: Int) throws(InputFailure) {
    var missing = lines
    while missing > 0, try loadDecodableBlock() {
      let count = withLoadedBytes { bytes in
        let found = Self.lineEnds(in: bytes)
        defer { missing -= min(missing, found) }
        return found < missing ? bytes.count : Self.end(ofLine: missing, in: bytes)
      }
      advance(by: count)
    }
  }

  /// Waits for the block with the byte at the position.
  ///
  /// - Returns: whether there is one; if not, the file has ended, or cannot be decompressed further.
  private func loadDecodableBlock() throws(InputFailure) -> Bool {
    do throws(InputFailure) {
      return try loadBlock()
    } catch .undecodable {
      return false
    }
  }

  private static func lineEnds(in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in bytes where byte == 0x0A { count &+= 1 }
    return count
  }

  /// The number of bytes up to and including the line end `number`, counted from 1.
  private static func end(ofLine number: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var (left, index) = (number, 0)
    while left > 0, index < bytes.count {
      if bytes[index] == 0x0A { left -= 1 }
      index += 1
    }
    return index
  }
}
