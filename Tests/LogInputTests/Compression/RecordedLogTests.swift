import AccessLog
import Testing

@testable import LogInput

/// Opening files by what they contain.
@Suite struct RecordedLogTests {
  let bench = Workbench()

  @Test(arguments: Compression.allCases, ["log", "log.gz", "log.zst", "log.csv"])
  func aCompressedFileIsRecognizedWhateverItsName(method: Compression, name: String) throws {
    let path = bench.path(name)
    LogWriter(path).write(method.compressed(SampleLog.short))
    let log = try RecordedLog.open(path: path)
    #expect((log as? CompressedFile)?.compression == method)
    #expect(log.path == path)
    #expect(log.state.path == path)
    #expect(log.decompress() == Decompressed(bytes: SampleLog.short))
    #expect(log.knownSize == Int64(SampleLog.short.count))
    #expect(throws: InputFailure.compressed(method)) { try FileSource(path: path) }
  }

  @Test(arguments: ["log", "log.gz", "log.zst", "log.xz", "log.bz2"])
  func plainTextIsReadAsPlainTextWhateverItsName(name: String) throws {
    let path = bench.path(name)
    LogWriter(path).write(SampleLog.short)
    let log = try RecordedLog.open(path: path)
    #expect(log is FileSource)
    #expect(log.decompress() == Decompressed(bytes: SampleLog.short))
    #expect(try CompressedFile(path: path) == nil)
  }

  @Test func anEmptyFileIsPlainText() throws {
    bench.truncate("log.gz")
    #expect(try RecordedLog.open(path: bench.path("log.gz")).decompress() == Decompressed())
  }

  @Test func aFileThatIsNeitherIsRefused() throws {
    let path = bench.path("log")
    #expect(throws: InputFailure.system(code: 2)) { try RecordedLog.open(path: path) }
    LogWriter(path).write(ContentCheckTests.littleEndian)
    #expect(throws: InputFailure.utf16) { try RecordedLog.open(path: path) }
  }

  @Test(arguments: Compression.allCases)
  func anyLogCanBeReadAgainFromAnyPosition(method: Compression) throws {
    for bytes in [SampleLog.short, method.compressed(SampleLog.short)] {
      bench.remove("log")
      LogWriter(bench.path("log")).write(bytes)
      let log = try RecordedLog.open(path: bench.path("log"))
      _ = log.decompress()
      log.seek(to: 10)
      #expect(log.position == 10)
      #expect(log.decompress() == Decompressed(bytes: Array(SampleLog.short[10...])))
      try log.seekToLast(lines: 0)
      #expect(log.position == Int64(SampleLog.short.count))
    }
  }
}
