import AccessLog
import CZlib

/// Decompresses gzip members with zlib, which checks their checksums and lengths.
final class GzipDecoder: MemberDecoder {
  /// The largest window, and a gzip header instead of that of zlib.
  private static let windowBits: Int32 = 15 + 16

  // The library remembers the address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init() throws(DecompressionFault) {
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size) == Z_OK else {
      // All properties are initialized, so that the stream is freed.
      throw .excessiveMemory
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func beginMember() throws(DecompressionFault) {
    guard inflateReset(stream) == Z_OK else { throw .invalidData }
  }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let (available, room) = (UInt32(clamping: input.count), UInt32(clamping: output.count))
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = available
    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = room
    let code = inflate(stream, Z_NO_FLUSH)
    return DecodingStep(
      read: Int(available - stream.pointee.avail_in),
      written: Int(room - stream.pointee.avail_out), result: result(code))
  }

  private func result(_ code: Int32) -> DecodingStep.Result {
    switch code {
    case Z_OK, Z_BUF_ERROR: .unfinished
    case Z_STREAM_END: .memberEnd
    case Z_MEM_ERROR: .failed(.excessiveMemory)
    default: .failed(dataFault)
    }
  }

  /// What is wrong with the data; the library tells it only in words.
  private var dataFault: DecompressionFault {
    guard let message = stream.pointee.msg else { return .invalidData }
    switch String(cString: message) {
    case "incorrect data check", "header crc mismatch": return .checksumMismatch
    case "unknown compression method", "unknown header flags set": return .unsupported
    default: return .invalidData
    }
  }
}
