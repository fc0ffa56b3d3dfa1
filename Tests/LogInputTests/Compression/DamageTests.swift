import AccessLog
import Testing

@testable import LogInput

/// Compressed files that cannot be read to their ends: everything before the damage is read first.
@Suite struct DamageTests {
  let bench = Workbench()

  /// Reads a file that is expected to be a beginning of the long log, and returns what was read.
  private func readPart(
    _ bytes: [UInt8], _ failure: InputFailure,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [UInt8] {
    let file = try bench.compressedFile(bytes)
    let result = file.decompress()
    #expect(result.failure == failure, sourceLocation: sourceLocation)
    #expect(SampleLog.long.starts(with: result.bytes), sourceLocation: sourceLocation)
    #expect(file.state.phase == .failed(failure), sourceLocation: sourceLocation)
    #expect(file.knownSize == nil, sourceLocation: sourceLocation)
    // Further reads fail in the same way; a seek begins again.
    #expect(file.decompress() == Decompressed(failure: failure), sourceLocation: sourceLocation)
    file.seek(to: 0)
    #expect(file.decompress() == result, sourceLocation: sourceLocation)
    return result.bytes
  }

  @Test(arguments: Compression.allCases)
  func aFileThatLacksItsLastBytesEndsUnexpectedly(method: Compression) throws {
    let bytes = Array(method.compressed(SampleLog.long).dropLast(8))
    let read = try readPart(bytes, .undecodable(method, .unexpectedEnd))
    // What is missing are the checksums, or the end of the last block.
    switch method {
    case .gzip, .xz: #expect(read == SampleLog.long)
    case .bzip2, .zstd: #expect(read.count > SampleLog.long.count / 2)
    }
  }

  @Test(arguments: Compression.allCases)
  func ofHalfAFileHalfIsRead(method: Compression) throws {
    let bytes = method.compressed(SampleLog.long)
    let half = Array(bytes.prefix(bytes.count / 2))
    let read = try readPart(half, .undecodable(method, .unexpectedEnd))
    #expect(read.count > SampleLog.long.count / 3)
  }

  @Test(arguments: Compression.allCases)
  func aFileMayBeCutAnywhere(method: Compression) throws {
    let bytes = method.compressed(SampleLog.short)
    var read = 0
    for length in 10..<bytes.count {
      let result = try bench.compressedFile(Array(bytes.prefix(length))).decompress()
      #expect(result.failure == .undecodable(method, .unexpectedEnd))
      #expect(SampleLog.short.starts(with: result.bytes))
      #expect(result.bytes.count >= read, "more is read from more bytes")
      read = result.bytes.count
    }
  }

  @Test(arguments: Compression.allCases)
  func aWrongChecksumIsFoundAfterAllBytesWereRead(method: Compression) throws {
    var bytes = method.compressed(SampleLog.long)
    let checksum = method.checksum
    bytes[bytes.count - checksum.fromEnd] ^= 1
    let read = try readPart(bytes, .undecodable(method, checksum.fault))
    #expect(read == SampleLog.long)
  }

  @Test(arguments: Compression.allCases)
  func whatPrecedesADamagedMemberIsReadFirst(method: Compression) throws {
    let good = method.compressed(SampleLog.long)
    let other = method.compressed(SampleLog.noise(100_000))
    for position in [20, other.count / 2] {
      var damaged = other
      for index in position..<position + 8 { damaged[index] ^= 0x55 }
      let result = try bench.compressedFile(good + damaged + good).decompress()
      #expect(result.bytes.starts(with: SampleLog.long))
      guard case .undecodable(method, let fault) = result.failure else {
        Issue.record("\(String(describing: result.failure))")
        continue
      }
      #expect([.invalidData, .checksumMismatch, .unsupported].contains(fault))
    }
  }

  /// Blocks of a frame of zstd, each in its own right: `count` that hold one byte each, and one of a
  /// kind that is reserved.
  @Test func allBlocksBeforeADamagedBlockOfZstdAreRead() throws {
    let header: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x00]
    let blocks = (0..<100).flatMap { [1 << 3, 0, 0, UInt8($0)] as [UInt8] }
    let result = try bench.compressedFile(header + blocks + [0b110, 0, 0, 0]).decompress()
    #expect(result.bytes == Array(0..<100))
    #expect(result.failure == .undecodable(.zstd, .invalidData))
  }

  @Test(arguments: Compression.allCases, ["x", "some other text\n", "\0\0\0\0text that follows\n"])
  func anythingElseBehindTheEndIsAFailure(method: Compression, garbage: String) throws {
    let bytes = method.compressed(SampleLog.short) + Array(garbage.utf8)
    let result = try bench.compressedFile(bytes).decompress()
    #expect(result.bytes == SampleLog.short)
    #expect(result.failure == .undecodable(method, .trailingGarbage))
  }

  @Test(arguments: Compression.allCases)
  func aNewMemberOfAnotherFormatIsAFailure(method: Compression) throws {
    let other: Compression = method == .gzip ? .zstd : .gzip
    let bytes = method.compressed(SampleLog.short) + other.compressed(SampleLog.short)
    let result = try bench.compressedFile(bytes).decompress()
    #expect(result.bytes == SampleLog.short)
    #expect(result.failure == .undecodable(method, .trailingGarbage))
  }

  @Test(arguments: [(Compression.zstd, 4), (.xz, 1), (.xz, 6)])
  func paddingThatTheFormatDoesNotAllowIsAFailure(method: Compression, zeros: Int) throws {
    let padding = [UInt8](repeating: 0, count: zeros)
    let result = try bench.compressedFile(method.compressed(SampleLog.short) + padding)
      .decompress()
    #expect(result.bytes == SampleLog.short)
    #expect(result.failure == .undecodable(method, .trailingGarbage))
  }
}
