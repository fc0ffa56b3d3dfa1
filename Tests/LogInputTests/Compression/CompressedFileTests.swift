import AccessLog
import Testing

@testable import LogInput

/// Reading compressed files that are in order.
@Suite struct CompressedFileTests {
  let bench = Workbench()

  @Test(arguments: Compression.allCases)
  func aCompressedFileIsReadAsWhatItWasMadeFrom(method: Compression) throws {
    let file = try bench.compressedFile(method.compressed(SampleLog.long))
    #expect(file.compression == method)
    #expect(file.knownSize == nil)
    #expect(file.decompress() == Decompressed(bytes: SampleLog.long))
    #expect(file.position == Int64(SampleLog.long.count))
    #expect(file.knownSize == Int64(SampleLog.long.count))
    #expect(file.state.phase == .ended)
    #expect(file.drainNotices() == [])
    #expect(file.decompress() == Decompressed())
  }

  @Test(arguments: Compression.allCases, [1, 3, 1 << 20])
  func theSizeOfTheReadsDoesNotMatter(method: Compression, block: Int) throws {
    let file = try bench.compressedFile(method.compressed(SampleLog.short))
    #expect(file.decompress(block: block) == Decompressed(bytes: SampleLog.short))
  }

  @Test(arguments: Compression.allCases)
  func theSizeOfTheReadsOfTheFileDoesNotMatter(method: Compression) throws {
    let bytes = method.compressed(SampleLog.short) + method.compressed(SampleLog.short)
    let file = try bench.compressedFile(bytes, calls: Faults().table(most: 1))
    #expect(file.decompress() == Decompressed(bytes: SampleLog.short + SampleLog.short))
  }

  @Test(arguments: Compression.allCases)
  func compressedFilesInARowAreReadOneAfterTheOther(method: Compression) throws {
    let empty = method.compressed([])
    let bytes =
      method.compressed(SampleLog.short) + empty + method.compressed(SampleLog.long) + empty
    let file = try bench.compressedFile(bytes)
    #expect(file.decompress() == Decompressed(bytes: SampleLog.short + SampleLog.long))
  }

  @Test(arguments: Compression.allCases)
  func anEmptyLogEndsImmediately(method: Compression) throws {
    #expect(try bench.compressedFile(method.compressed([])).decompress() == Decompressed())
  }

  @Test(arguments: [Compression.gzip, .bzip2, .xz], [4, 1 << 17])
  func zeroBytesAtTheEndAreIgnored(method: Compression, zeros: Int) throws {
    let padding = [UInt8](repeating: 0, count: zeros)
    let file = try bench.compressedFile(method.compressed(SampleLog.short) + padding)
    #expect(file.decompress() == Decompressed(bytes: SampleLog.short))
  }

  @Test func moreStreamsOfXzMayFollowPadding() throws {
    let member = Compression.xz.compressed(SampleLog.short)
    let file = try bench.compressedFile(member + [0, 0, 0, 0] + member + [0, 0, 0, 0])
    #expect(file.decompress() == Decompressed(bytes: SampleLog.short + SampleLog.short))
  }

  @Test func skippableFramesOfZstdArePassedOver() throws {
    let skippable: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0] + Array("abc".utf8)
    let member = Compression.zstd.compressed(SampleLog.short)
    let file = try bench.compressedFile(skippable + member + skippable + member + skippable)
    #expect(file.decompress() == Decompressed(bytes: SampleLog.short + SampleLog.short))
  }

  @Test func progressIsCountedInCompressedBytes() throws {
    let bytes = Compression.gzip.compressed(SampleLog.long)
    let file = try bench.compressedFile(bytes)
    let size = Int64(bytes.count)
    #expect(file.state.phase == .loading(read: 0, total: size))
    _ = try file.readOnce(1)
    let (read, total) = file.compressedProgress
    #expect(0 < read && read < size && total == size)
    #expect(file.state.phase == .loading(read: read, total: size))
    _ = file.decompress()
    #expect(file.compressedProgress == (size, size))
  }
}
