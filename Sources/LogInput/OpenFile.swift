import AccessLog
import Glibc

/// A regular file held open, closed with its last reader. It has no position of its own, so any
/// number of readers may share it.
final class OpenFile: Sendable {
  let calls: FileSystemCalls
  let descriptor: Int32
  /// As it was when it was opened.
  let status: FileStatus

  /// - Throws: Why it cannot be opened. What is not a regular file is opened all the same.
  init(path: [CChar], calls: FileSystemCalls) throws(SystemError) {
    let descriptor = try calls.opened(path)
    do {
      status = try calls.statusOf(descriptor)
    } catch {
      calls.close(descriptor)
      throw error
    }
    self.calls = calls
    self.descriptor = descriptor
  }

  /// Opens a log. What is not a regular file is refused before it is opened: opening alone may wait,
  /// rewind a tape, or worse.
  ///
  /// - Throws: Why it cannot be opened or is no log.
  convenience init(log path: Name, calls: FileSystemCalls) throws(InputFailure) {
    let status = try translated { () throws(SystemError) in try calls.statusOf(path.path) }
    if let refusal = status.refusal ?? status.streamRefusal { throw refusal }
    try self.init(refusing: path.path, calls: calls)
  }

  private convenience init(refusing path: [CChar], calls: FileSystemCalls) throws(InputFailure) {
    do {
      try self.init(path: path, calls: calls)
    } catch {
      throw InputFailure(error)
    }
  }

  deinit {
    calls.close(descriptor)
  }

  /// As it is now.
  func currentStatus() throws(SystemError) -> FileStatus {
    try calls.statusOf(descriptor)
  }

  /// Bytes from `offset` on; how many came, 0 only at the end (pread).
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(SystemError) -> Int {
    var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
    return try uninterrupted { () throws(SystemError) in
      try calls.readAt(descriptor, &part, 1, offset)
    }
  }

  /// Bytes from `offset` on into `first`, and what follows them into `second`, in one go (preadv).
  func read(
    into first: UnsafeMutableRawBufferPointer, then second: UnsafeMutableRawBufferPointer,
    at offset: Int64
  ) throws(SystemError) -> Int {
    let parts = [
      iovec(iov_base: first.baseAddress, iov_len: first.count),
      iovec(iov_base: second.baseAddress, iov_len: second.count),
    ]
    return try uninterrupted { () throws(SystemError) in
      try calls.readAt(descriptor, parts, 2, offset)
    }
  }

  /// Fills the buffer as far as the file reaches, however small the pieces come.
  func fill(
    _ buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(SystemError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let bytes = try read(into: rest, at: offset + Int64(filled))
      if bytes == 0 { break }
      filled += bytes
    }
    return filled
  }

  /// Up to `count` bytes at `offset`, fewer only where the file ends.
  func bytes(_ count: Int, at offset: Int64) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: SystemError?
    let filled = bytes.withUnsafeMutableBytes { buffer in
      do throws(SystemError) {
        return try fill(buffer, at: offset)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    bytes.removeLast(count - filled)
    return bytes
  }
}
