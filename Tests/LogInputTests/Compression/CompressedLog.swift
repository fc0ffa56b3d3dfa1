import AccessLog
import Testing

@testable import LogInput

/// What reading a compressed file gave.
struct Decompressed: Equatable {
  var bytes: [UInt8] = []
  /// Why it could not be read to its end.
  var failure: InputFailure?
}

extension ByteSource {
  /// Reads all bytes up to the end, or to a failure.
  func decompress(block: Int = 1 << 16) -> Decompressed {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
    defer { buffer.deallocate() }
    var result = Decompressed()
    do throws(InputFailure) {
      while case .bytes(let count) = try read(into: buffer) {
        result.bytes += UnsafeRawBufferPointer(rebasing: buffer[..<count])
      }
    } catch {
      result.failure = error
    }
    return result
  }

  /// Reads at most `count` bytes with one call.
  func readOnce(_ count: Int) throws -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    guard case .bytes(let read) = try read(into: buffer) else { return [] }
    return Array(buffer[..<read])
  }
}

extension Workbench {
  /// Opens a compressed file with these bytes.
  func compressedFile(
    _ bytes: [UInt8], calls: FileSystemCalls = FileSystemCalls()
  ) throws -> CompressedFile {
    remove("log")
    LogWriter(path("log")).write(bytes)
    return try #require(try CompressedFile(path: path("log"), calls: calls))
  }
}

/// Text to compress.
enum SampleLog {
  /// Longer than all blocks that are decompressed ahead.
  static let long = lines(60_000)
  static let short = lines(20)

  static func lines(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    var text: [UInt8] = []
    text.reserveCapacity(count * 32)
    for number in 0..<count {
      state = state &* 1_664_525 &+ 1_013_904_223
      text += Array("10.0.0.\(state >> 24) GET /\(state) \(number)\n".utf8)
    }
    return text
  }

  /// Bytes that cannot be compressed.
  static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 88_172_645_463_325_252
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        buffer[index] = UInt8(truncatingIfNeeded: state >> 32)
      }
      initialized = count
    }
  }
}
