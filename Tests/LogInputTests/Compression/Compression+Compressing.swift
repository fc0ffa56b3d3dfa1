import AccessLog
import CBzip2
import CLzma
import CZlib
import CZstd

extension Compression {
  /// The bytes as one member, as the program of this name writes them.
  func compressed(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .gzip: Self.gzipped(bytes)
    case .bzip2: Self.bzipped(bytes)
    case .xz: Self.xzCompressed(bytes)
    case .zstd: Self.zstdCompressed(bytes)
    }
  }

  /// The offset, counted from the end of a member, of a byte by which the decompressed bytes are
  /// checked, and the fault if it is wrong.
  var checksum: (fromEnd: Int, fault: DecompressionFault) {
    switch self {
    case .gzip: (8, .checksumMismatch)
    case .bzip2: (3, .invalidData)
    case .xz: (12, .invalidData)
    case .zstd: (1, .checksumMismatch)
    }
  }

  private static func gzipped(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    defer { deflateEnd(&stream) }
    var input = bytes
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(room)
        deflate(&stream, Z_FINISH)
      }
      count = Int(stream.total_out)
    }
  }

  private static func bzipped(_ bytes: [UInt8]) -> [UInt8] {
    var input = bytes.map { CChar(bitPattern: $0) }
    var length = UInt32(bytes.count + bytes.count / 100 + 600)
    var output = [CChar](repeating: 0, count: Int(length))
    BZ2_bzBuffToBuffCompress(&output, &length, &input, UInt32(input.count), 1, 0, 0)
    return output.prefix(Int(length)).map { UInt8(bitPattern: $0) }
  }

  private static func xzCompressed(_ bytes: [UInt8]) -> [UInt8] {
    let room = lzma_stream_buffer_bound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      let check = LZMA_CHECK_CRC64
      lzma_easy_buffer_encode(
        0, check, nil, bytes, bytes.count, output.baseAddress, &count, room)
    }
  }

  private static func zstdCompressed(_ bytes: [UInt8]) -> [UInt8] {
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    _ = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    let room = ZSTD_compressBound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      count = ZSTD_compress2(context, output.baseAddress, room, bytes, bytes.count)
    }
  }
}
