import AccessLog
import Testing

@testable import LogInput

/// Reading compressed files from other positions than their beginnings.
@Suite struct CompressedSeekTests {
  let bench = Workbench()

  @Test(arguments: Compression.allCases)
  func afterASeekTheBytesFromThereOnAreRead(method: Compression) throws {
    let log = SampleLog.long
    let file = try bench.compressedFile(method.compressed(log))
    let block = DecodingAhead.blockLength
    let positions = [
      0, 1, log.count - 1, 5 * block, 5 * block - 1, block, 0, log.count, log.count / 2, 7,
    ]
    for position in positions {
      file.seek(to: Int64(position))
      #expect(file.position == Int64(position))
      var found: [UInt8] = []
      while found.count < 100, position + found.count < log.count {
        found += try file.readOnce(100 - found.count)
      }
      #expect(found == Array(log[position...].prefix(100)), "at \(position)")
    }
    file.seek(to: 3)
    #expect(file.decompress() == Decompressed(bytes: Array(log[3...])))
  }

  @Test func behindTheEndThereIsNothing() throws {
    let file = try bench.compressedFile(Compression.gzip.compressed(SampleLog.short))
    file.seek(to: 1 << 40)
    #expect(file.decompress() == Decompressed())
    #expect(file.state.phase == .ended)
    file.seek(to: -1)
    #expect(file.decompress() == Decompressed(bytes: SampleLog.short))
  }

  @Test(
    arguments: Compression.allCases,
    [
      (0, ""), (1, "last"), (2, "b\nlast"), (3, "\nb\nlast"), (4, "a\n\nb\nlast"),
      (99, "a\n\nb\nlast"),
    ])
  func readingBeginsWithTheLastLines(
    method: Compression, tail: (lines: Int, text: String)
  ) throws {
    for end in ["", "\n"] {
      let file = try bench.compressedFile(method.compressed(Array("a\n\nb\nlast\(end)".utf8)))
      try file.seekToLast(lines: tail.lines)
      let text = tail.lines == 0 ? "" : tail.text + end
      #expect(file.position == Int64(9 + end.utf8.count - text.utf8.count))
      #expect(file.decompress() == Decompressed(bytes: Array(text.utf8)))
    }
  }

  @Test(arguments: [0, 1, 2, 10, 30_000, 59_999, 60_000, 60_001], [true, false])
  func theLastLinesAreThoseOfThePlainFile(lines: Int, isComplete: Bool) throws {
    let log = isComplete ? SampleLog.long : SampleLog.long.dropLast()
    LogWriter(bench.path("plain")).write(log)
    let plain = try FileSource(path: bench.path("plain"))
    try plain.seekToLast(lines: lines)
    let file = try bench.compressedFile(Compression.gzip.compressed(log))
    try file.seekToLast(lines: lines)
    #expect(file.position == plain.position)
    #expect(file.heading == plain.heading)
    #expect(file.knownSize == plain.knownSize)
    #expect(file.decompress() == plain.decompress())
  }

  @Test(arguments: [(0, "h\n1\n2\n"), (1, "h\n1\n"), (3, ""), (9, "")])
  func theFirstLinesAreKnownIfReadingBeginsAfterThem(lines: Int, heading: String) throws {
    let file = try bench.compressedFile(Compression.gzip.compressed(Array("h\n1\n2\n".utf8)))
    #expect(file.heading == [])
    try file.seekToLast(lines: lines)
    #expect(file.heading == Array(heading.utf8))
  }

  @Test func theLastLinesOfADamagedFileAreThoseBeforeTheDamage() throws {
    var bytes = Compression.gzip.compressed(SampleLog.long)
    bytes[bytes.count - 8] ^= 1
    let file = try bench.compressedFile(bytes)
    let failure = InputFailure.undecodable(.gzip, .checksumMismatch)
    for lines in [0, 2] {
      try file.seekToLast(lines: lines)
      let last = SampleLog.long.split(separator: 0x0A).suffix(lines).flatMap { $0 + [0x0A] }
      #expect(file.decompress() == Decompressed(bytes: last, failure: failure))
    }
  }
}
