import AccessLog
import CBzip2

/// Decompresses bzip2 streams with libbz2, which checks their checksums.
final class Bzip2Decoder: MemberDecoder {
  // The library remembers the address.
  private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)

  init() {
    stream.initialize(to: bz_stream())
  }

  deinit {
    BZ2_bzDecompressEnd(stream)
    stream.deallocate()
  }

  func beginMember() throws(DecompressionFault) {
    BZ2_bzDecompressEnd(stream)
    stream.pointee = bz_stream()
    guard BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else { throw .excessiveMemory }
  }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let (available, room) = (UInt32(clamping: input.count), UInt32(clamping: output.count))
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.assumingMemoryBound(to: CChar.self).baseAddress)
    stream.pointee.avail_in = available
    stream.pointee.next_out = output.assumingMemoryBound(to: CChar.self).baseAddress
    stream.pointee.avail_out = room
    let code = BZ2_bzDecompress(stream)
    return DecodingStep(
      read: Int(available - stream.pointee.avail_in),
      written: Int(room - stream.pointee.avail_out), result: Self.result(code))
  }

  private static func result(_ code: Int32) -> DecodingStep.Result {
    switch code {
    case BZ_OK: .unfinished
    case BZ_STREAM_END: .memberEnd
    case BZ_MEM_ERROR: .failed(.excessiveMemory)
    // The library does not tell a wrong checksum from other damage.
    default: .failed(.invalidData)
    }
  }
}
