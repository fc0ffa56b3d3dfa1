import AccessLog
import CLzma

/// Decompresses xz streams with liblzma, which checks their checksums.
final class XzDecoder: MemberDecoder {
  /// The memory that may be used; `xz -9` requires 65 MiB.
  private static let memoryLimit: UInt64 = 256 << 20

  private var stream = lzma_stream()

  deinit { lzma_end(&stream) }

  func beginMember() throws(DecompressionFault) {
    guard lzma_stream_decoder(&stream, Self.memoryLimit, 0) == LZMA_OK else {
      throw .excessiveMemory
    }
  }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    stream.next_in = input.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.avail_in = input.count
    stream.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.avail_out = output.count
    let code = lzma_code(&stream, LZMA_RUN)
    return DecodingStep(
      read: input.count - stream.avail_in, written: output.count - stream.avail_out,
      result: Self.result(code))
  }

  private static func result(_ code: lzma_ret) -> DecodingStep.Result {
    switch code {
    case LZMA_OK, LZMA_BUF_ERROR: .unfinished
    case LZMA_STREAM_END: .memberEnd
    case LZMA_MEM_ERROR, LZMA_MEMLIMIT_ERROR: .failed(.excessiveMemory)
    case LZMA_OPTIONS_ERROR: .failed(.unsupported)
    // The library does not tell a wrong checksum from other damage.
    default: .failed(.invalidData)
    }
  }
}
