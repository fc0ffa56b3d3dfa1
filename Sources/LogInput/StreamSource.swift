import Glibc

/// A pipe, a terminal or whatever standard input is: bytes that come once, in order.
package final class StreamSource: ByteSource {
  package let descriptor: Int32
  private var isAtStart = true

  /// - Throws: `InputFailure` where the descriptor is closed or cannot hold a log. (fstat(2))
  package init(descriptor: Int32) throws(InputFailure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .ofSystem() }
    let isNull = status.st_mode & S_IFMT == S_IFCHR
    if !isNull, let failure = InputFailure.ofKind(status.st_mode) { throw failure }
    self.descriptor = descriptor
  }

  /// Never waits: the descriptor may be shared, so it is asked first rather than made non-blocking.
  /// (poll(2), read(2))
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard retrying({ poll(&request, 1, 0) }) > 0 else { return .caughtUp }
    let count = retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    if count < 0, errno == EAGAIN { return .caughtUp }
    // A terminal whose other end is gone reads as an error (EIO).
    if count < 0, errno == EIO { return .end }
    guard count >= 0 else { throw .ofSystem() }
    guard count > 0 else { return .end }
    if isAtStart {
      isAtStart = false
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if let failure = InputFailure.ofBeginning(bytes) { throw failure }
    }
    return .bytes(count)
  }
}
