import AccessLog
import Glibc

/// An open file, which is closed when the object is released. It has no reading position, so any
/// number of readers can share it.
final class OpenFile: Sendable {
  let calls: FileSystemCalls
  let descriptor: Int32
  /// The status at the time of opening.
  let status: FileStatus

  /// Opens a file of any kind.
  ///
  /// - Throws: `SystemError` if it cannot be opened.
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

  /// Opens a log. A file that is not regular is refused before it is opened, because opening a
  /// device may have effects, such as rewinding a tape.
  ///
  /// - Throws: `InputFailure` if it cannot be opened or is not a regular file.
  convenience init(log path: Name, calls: FileSystemCalls) throws(InputFailure) {
    let status = try throwingInputFailure { () throws(SystemError) in try calls.statusOf(path.path)
    }
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

  /// The current status.
  func currentStatus() throws(SystemError) -> FileStatus {
    try calls.statusOf(descriptor)
  }

  /// Reads bytes at `offset`. (pread(2))
  ///
  /// - Returns: the number of bytes read; 0 only at the end.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(SystemError) -> Int {
    var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
    return try retryingOnInterrupt { () throws(SystemError) in
      try calls.readAt(descriptor, &part, 1, offset)
    }
  }

  /// Reads bytes at `offset` into `first` and the following ones into `second` with one system
  /// call. (preadv(2))
  ///
  /// - Returns: the number of bytes read.
  func read(
    into first: UnsafeMutableRawBufferPointer, then second: UnsafeMutableRawBufferPointer,
    at offset: Int64
  ) throws(SystemError) -> Int {
    let parts = [
      iovec(iov_base: first.baseAddress, iov_len: first.count),
      iovec(iov_base: second.baseAddress, iov_len: second.count),
    ]
    return try retryingOnInterrupt { () throws(SystemError) in
      try calls.readAt(descriptor, parts, 2, offset)
    }
  }

  /// Fills the buffer, repeating short reads until the end of the file.
  ///
  /// - Returns: the number of bytes read.
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

  /// At most `count` bytes at `offset`; fewer only at the end of the file.
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
