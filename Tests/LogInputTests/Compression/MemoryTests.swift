import AccessLog
import CLzma
import Synchronization
import Testing

@testable import LogInput

/// Compressed files that require, or decompress to, more than memory should hold.
@Suite struct MemoryTests {
  let bench = Workbench()

  @Test(arguments: [(Compression.gzip, 64), (.zstd, 64), (.xz, 8), (.bzip2, 4)])
  func noMoreBlocksThanTheLimitAreInMemory(method: Compression, members: Int) throws {
    let part = [UInt8](repeating: 0x78, count: 8 << 20)
    let member = method.compressed(part)
    #expect(member.count < part.count / 200)
    let file = try bench.compressedFile(
      Array(repeatElement(member, count: members).joined()))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    var (total, blocks) = (0, 0)
    while case .bytes(let count) = try file.read(into: buffer) {
      #expect(count <= DecodingAhead.blockLength)
      total += count
      blocks = max(blocks, file.decoding?.allocatedBlocks ?? 0)
    }
    #expect(total == members * part.count)
    #expect(1 <= blocks && blocks <= DecodingAhead.blockLimit)
  }

  @Test func noMoreThanTheBlocksIsDecompressedAhead() throws {
    let furthest = Mutex<Int64>(0)
    var calls = FileSystemCalls()
    let real = calls
    calls.readAt = { (descriptor, parts, count, offset) throws(SystemError) in
      furthest.withLock { $0 = max($0, offset) }
      return try real.readAt(descriptor, parts, count, offset)
    }
    let noise = SampleLog.noise(4 << 20)
    let file = try bench.compressedFile(Compression.gzip.compressed(noise), calls: calls)
    for _ in 0..<3 { _ = try file.readOnce(1) }
    _ = try #require(file.decoding).stop()
    let most = Int64(DecodingAhead.blockLimit * DecodingAhead.blockLength)
    #expect(furthest.withLock { $0 } < most + 1 << 17)
  }

  /// The window of this frame is 1 GiB.
  @Test func aFrameOfZstdThatRequiresTooMuchMemoryIsRefused() throws {
    let bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA0, 0x09, 0x00, 0x00, 0x78]
    let result = try bench.compressedFile(bytes).decompress()
    #expect(result == Decompressed(failure: .undecodable(.zstd, .excessiveMemory)))
    // A window of 128 MiB is not too large.
    let allowed: [UInt8] = Array(bytes[..<5]) + [0x88] + Array(bytes[6...])
    #expect(try bench.compressedFile(allowed).decompress() == Decompressed(bytes: [0x78]))
  }

  @Test func aStreamOfXzThatRequiresTooMuchMemoryIsRefused() throws {
    var bytes = Compression.xz.compressed(SampleLog.short)
    // The header of the first block ends with the filter, the size of the dictionary, of which 34
    // stands for 512 MiB, and a checksum.
    let header = 12..<12 + (Int(bytes[12]) + 1) * 4
    let filter = try #require(bytes[header].firstRange(of: [0x21, 0x01]))
    bytes[filter.upperBound] = 34
    let sum = lzma_crc32(Array(bytes[header.dropLast(4)]), header.count - 4, 0)
    let sumBytes = (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    bytes.replaceSubrange(header.suffix(4), with: sumBytes)
    let result = try bench.compressedFile(bytes).decompress()
    #expect(result == Decompressed(failure: .undecodable(.xz, .excessiveMemory)))
  }
}
