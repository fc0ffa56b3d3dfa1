import Glibc

/// Why output could not be written.
package enum OutputFailure: Error, Equatable, Sendable {
  /// Nobody reads it any more (EPIPE): for `| head` that is no error.
  case closed
  /// What the system said, by its error number.
  case failed(code: Int32)

  /// In a person's words, without the name of the object: `No space left on device`.
  package var reason: String {
    switch self {
    case .closed: String(cString: strerror(EPIPE))
    case .failed(let code): String(cString: strerror(code))
    }
  }
}

/// Output into a file descriptor, which stays the caller's to close.
///
/// The process must ignore SIGPIPE, or a closed pipe ends it before it can be told.
package final class DescriptorSink: ByteSink {
  private static let capacity = 64 * 1024

  private let descriptor: Int32
  private let flushesEveryWrite: Bool
  private var pending: [UInt8] = []

  /// - Parameter flushesEveryWrite: nothing is held back, as somebody may be watching.
  package init(descriptor: Int32, flushesEveryWrite: Bool) {
    self.descriptor = descriptor
    self.flushesEveryWrite = flushesEveryWrite
  }

  package func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputFailure) {
    pending += bytes
    if flushesEveryWrite || pending.count >= Self.capacity { try flush() }
  }

  package func flush() throws(OutputFailure) {
    // What could not be written is dropped: a second try would repeat the half that could.
    defer { pending.removeAll(keepingCapacity: true) }
    var written = 0
    while written < pending.count {
      written += try writeSome(from: written)
    }
  }

  /// Writes what the descriptor takes at once, waiting until it takes any. (write(2))
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

  /// A terminal or pipe may have been made non-blocking by another program that shares it. (poll(2))
  private func waitUntilWritable() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }
}
