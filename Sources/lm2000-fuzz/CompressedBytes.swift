import AccessLog
import LogInput

/// A compressed file in memory, of which an input gives all but the first bytes: what compresses it,
/// the size of the reads, and then its bytes.
struct CompressedBytes {
  private static let signatures: [[UInt8]] = [
    [0x1F, 0x8B], Array("BZh91AY&SY".utf8), [0xFD] + Array("7zXZ".utf8) + [0x00],
    [0x28, 0xB5, 0x2F, 0xFD],
  ]
  /// The number of bytes that are decompressed at most.
  private static let limit = 1 << 20

  private struct Result: Equatable {
    var bytes: [UInt8] = []
    var failure: InputFailure?
  }

  private let file: [UInt8]
  private let chunk: Int

  init(_ bytes: [UInt8]) {
    let method = Int(bytes.first ?? 0) % Self.signatures.count
    file = Self.signatures[method] + bytes.dropFirst(2)
    chunk = Int(bytes.dropFirst().first ?? 0) + 1
  }

  /// Checks that the sizes of the reads, and reading twice, change nothing.
  func run() {
    let log = open()
    let whole = read(log, chunk: 1 << 16)
    require(read(open(), chunk: chunk) == whole, "read sizes change nothing")
    log.seek(to: Int64(whole.bytes.count / 2))
    let half = read(log, chunk: 1 << 16)
    require(
      half.bytes.starts(with: whole.bytes[(whole.bytes.count / 2)...]), "reading twice is possible")
    sink = whole.bytes.count
  }

  private func open() -> any RewindableSource {
    do {
      return try RecordedLog.open(path: Name("log"), calls: calls)
    } catch {
      fatalError("a compressed file can be opened: \(error)")
    }
  }

  private func read(_ log: any RewindableSource, chunk: Int) -> Result {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    var result = Result()
    do throws(InputFailure) {
      while result.bytes.count < Self.limit, case .bytes(let count) = try log.read(into: buffer) {
        result.bytes += UnsafeRawBufferPointer(rebasing: buffer[..<count])
      }
    } catch {
      result.failure = error
    }
    if result.bytes.count >= Self.limit {
      result = Result(bytes: Array(result.bytes.prefix(Self.limit)))
    }
    return result
  }

  /// System calls on one regular file in memory.
  private var calls: FileSystemCalls {
    let status = FileStatus(
      identity: FileIdentity(device: 1, inode: 1, birth: 1), kind: .regular,
      size: Int64(file.count), modified: 0, links: 1)
    var calls = FileSystemCalls()
    calls.open = { (_, _) throws(SystemError) in 0 }
    calls.close = { _ in }
    calls.status = { (_, _) throws(SystemError) in status }
    calls.readAt = { [file] (_, parts, _, offset) throws(SystemError) in
      let start = min(Int(offset), file.count)
      let count = min(parts[0].iov_len, file.count - start)
      file.withUnsafeBytes { bytes in
        parts[0].iov_base.copyMemory(from: bytes.baseAddress! + start, byteCount: count)
      }
      return count
    }
    return calls
  }
}
