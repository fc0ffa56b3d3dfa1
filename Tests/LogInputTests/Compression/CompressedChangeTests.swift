import AccessLog
import Glibc
import Synchronization
import Testing

@testable import LogInput

/// Compressed files that change while they are read, and what reading them leaves behind.
@Suite struct CompressedChangeTests {
  let bench = Workbench()
  /// More than is read ahead.
  static let log = SampleLog.noise(4 << 20)
  static let bytes = Compression.gzip.compressed(log)

  @Test func aFileTruncatedWhileItIsReadIsAnError() throws {
    let file = try bench.compressedFile(Self.bytes)
    #expect(try file.readOnce(1) == [Self.log[0]])
    bench.truncate("log", to: 3 << 20)
    let result = file.decompress()
    let failure = InputFailure.truncated(remaining: 3 << 20, of: Int64(Self.bytes.count))
    #expect(result.failure == failure)
    #expect(result.bytes.count > 2 << 20 && Self.log[1...].starts(with: result.bytes))
    #expect(file.decompress() == Decompressed(failure: failure))
    file.seek(to: 0)
    #expect(file.decompress() == Decompressed(failure: failure))
  }

  @Test func aFileTruncatedBeforeItIsReadIsAnError() throws {
    let file = try bench.compressedFile(Self.bytes)
    bench.truncate("log", to: 0)
    let failure = InputFailure.truncated(remaining: 0, of: Int64(Self.bytes.count))
    #expect(file.decompress() == Decompressed(failure: failure))
  }

  @Test func aFileOverwrittenWhileItIsReadIsAnError() throws {
    let file = try bench.compressedFile(Self.bytes)
    #expect(try file.readOnce(1) == [Self.log[0]])
    let other = Compression.gzip.compressed(Self.log.reversed())
    let descriptor = open(bench.path("log").path, O_WRONLY)
    defer { close(descriptor) }
    #expect(write(descriptor, other, other.count) == Self.bytes.count)
    #expect(file.decompress().failure == .overwritten)
  }

  @Test func aFileOverwrittenBetweenTwoReadsIsAnError() throws {
    let file = try bench.compressedFile(Compression.gzip.compressed(SampleLog.long))
    _ = file.decompress()
    bench.truncate("log")
    LogWriter(bench.path("log")).write(Self.bytes)
    file.seek(to: 0)
    #expect(file.decompress() == Decompressed(failure: .overwritten))
  }

  @Test func aRemovedFileIsReadToItsEnd() throws {
    let file = try bench.compressedFile(Self.bytes)
    bench.remove("log")
    #expect(file.decompress() == Decompressed(bytes: Self.log))
    #expect(file.drainNotices() == [.input(.removedWhileRead)])
    file.seek(to: 0)
    #expect(file.decompress() == Decompressed(bytes: Self.log))
    #expect(file.drainNotices() == [])
  }

  @Test func aFileIsOpenedAgainAfterADiskError() throws {
    let count = Mutex(0)
    var calls = FileSystemCalls()
    let real = calls
    calls.readAt = { (descriptor, parts, size, offset) throws(SystemError) in
      let number = count.withLock { count in
        count += 1
        return count
      }
      // The first two reads check the beginning of the file.
      if number == 5 { throw SystemError(EIO) }
      return try real.readAt(descriptor, parts, size, offset)
    }
    let file = try bench.compressedFile(Self.bytes, calls: calls)
    #expect(file.decompress() == Decompressed(bytes: Self.log))
    #expect(file.drainNotices() == [.input(.reopened(code: EIO, offset: 2 << 16))])
  }

  @Test(arguments: [0, 1, 1 << 20])
  func nothingIsLeftOfAFileThatIsNoLongerNeeded(read: Int) throws {
    weak var decoding: DecodingAhead?
    weak var opened: OpenFile?
    do {
      LogWriter(bench.path("log")).write(Self.bytes)
      let file = try UnchangingFile(path: bench.path("log"), calls: FileSystemCalls())
      opened = file.file
      let source = CompressedFile(file, .gzip)
      if read > 0 { _ = try source.readOnce(read) }
      decoding = source.decoding
      #expect((decoding != nil) == (read > 0))
    }
    #expect(decoding == nil)
    #expect(opened == nil)
  }

  @Test func aSeekEndsWhatWasDecompressedAhead() throws {
    let file = try bench.compressedFile(Self.bytes)
    weak var decoding: DecodingAhead?
    for _ in 0..<100 {
      _ = try file.readOnce(1 << 20)
      _ = try file.readOnce(1 << 20)
      decoding = file.decoding
      file.seek(to: 0)
      #expect(decoding == nil)
    }
  }
}
