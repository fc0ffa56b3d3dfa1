import Glibc

/// Writes to a file descriptor, which the caller closes.
///
/// The process must ignore SIGPIPE: otherwise a closed pipe ends it before `OutputFailure` is
/// thrown.
package final class DescriptorSink: ByteSink {
  /// The size from which buffered bytes are written, in bytes.
  private static let capacity = 64 * 1024

  private let descriptor: Int32
  private let flushesEveryWrite: Bool
  private var pending: [UInt8] = []

  /// - Parameter flushesEveryWrite: nothing is buffered, as for an output that is read live.
  package init(descriptor: Int32, flushesEveryWrite: Bool) {
    self.descriptor = descriptor
    self.flushesEveryWrite = flushesEveryWrite
  }

  package func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputFailure) {
    pending += bytes
    if flushesEveryWrite || pending.count >= Self.capacity { try flush() }
  }

  package func flush() throws(OutputFailure) {
    // Bytes that cannot be written are dropped: a second attempt would repeat those that could.
    defer { pending.removeAll(keepingCapacity: true) }
    var written = 0
    while written < pending.count {
      written += try writeSome(from: written)
    }
  }

  /// Writes as many bytes as the descriptor accepts, waiting until it accepts any. (write(2))
  private func writeSome(from offset: Int) throws(OutputFailure) -> Int {
    while true {
      let count = pending.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
      }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable()
      case EPIPE: throw .closed
      case let code: throw .failed(code: code)
      }
    }
  }

  /// Another program that shares a terminal or pipe may have made it non-blocking. (poll(2))
  private func waitUntilWritable() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }
}
