import Testing

@testable import LogParsing

/// The ends of lines, which are found a window ahead.
@Suite struct BlockLinesTests {
  /// Where each line of a block begins, and its newline.
  private static func lines(_ bytes: [UInt8]) -> [[Int]] {
    var lines: [[Int]] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == .newline {
      lines.append([start, index])
      start = index + 1
    }
    return lines
  }

  private static func withLines<Result>(
    _ bytes: [UInt8], _ body: (inout BlockLines) -> Result
  ) -> Result? {
    // Newlines behind the block are not its own.
    let padded = bytes + [UInt8](repeating: .newline, count: LineBytes.padding)
    return padded.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        var lines = BlockLines($0, count: bytes.count)
        return body(&lines)
      }
    }
  }

  private static func block(_ lengths: [Int], rest: Int) -> [UInt8] {
    lengths.flatMap { [UInt8](repeating: 0x41, count: $0) + [.newline] }
      + [UInt8](repeating: 0x42, count: rest)
  }

  @Test(arguments: [0, 1, 62, 63, 64, 65, 127, 128, 8190, 8191, 8192, 8193, 20_000], [0, 1, 70])
  func everyLineEndsAtItsNewline(length: Int, rest: Int) {
    let lengths = [length, 0, 1, length, 63, 64, 200, length, 0, 0] + Array(0...130)
    let bytes = Self.block(lengths, rest: rest)
    var found: [[Int]] = []
    var position = 0
    let count = Self.withLines(bytes) { lines in
      lines.forEach(from: &position) { start, newline in
        found.append([start, newline])
        return true
      }
    }
    #expect(found == Self.lines(bytes))
    #expect(count == lengths.count)
    #expect(position == bytes.count - rest)
  }

  @Test func nothingButNewlinesIsAsManyLines() {
    let bytes = [UInt8](repeating: .newline, count: 20_000)
    var position = 0
    #expect(Self.withLines(bytes) { $0.forEach(from: &position) { $0 == $1 } } == 20_000)
  }

  @Test func aBlockWithoutANewlineHasNoLine() {
    var position = 0
    for count in [0, 1, 100] {
      let bytes = [UInt8](repeating: 0x41, count: count)
      #expect(Self.withLines(bytes) { $0.forEach(from: &position) { _, _ in true } } == 0)
    }
    #expect(position == 0)
  }

  /// Lines that the loop leaves to another reader are passed over, however many those are.
  @Test(arguments: [1, 2, 7, 40, 300]) func readingGoesOnBehindWhatOthersHaveRead(skipped: Int) {
    let bytes = Self.block((0..<2000).map { $0 * 37 % 150 }, rest: 9)
    let all = Self.lines(bytes)
    var found: [[Int]] = []
    var expected: [[Int]] = []
    for first in stride(from: 0, to: all.count, by: skipped + 1) { expected.append(all[first]) }
    _ = Self.withLines(bytes) { lines in
      var position = 0
      while position < lines.end {
        var isFirst = true
        _ = lines.forEach(from: &position) { start, newline in
          defer { isFirst = false }
          if isFirst { found.append([start, newline]) }
          return isFirst
        }
        let next = all.firstIndex { $0[0] == position } ?? all.count
        position = next + skipped < all.count ? all[next + skipped][0] : lines.end
      }
    }
    #expect(found == expected)
  }
}
