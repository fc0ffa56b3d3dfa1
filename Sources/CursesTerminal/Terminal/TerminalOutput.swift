import Glibc

/// Buffers output for a terminal, writes it without blocking, and detects that the terminal was
/// closed.
struct TerminalOutput: ~Copyable {
  let descriptor: Int32
  /// Whether the descriptor is in non-blocking mode.
  private let isNonBlocking: Bool
  private var pending: [UInt8] = []
  /// The number of bytes of `pending` that have been written.
  private var written = 0
  /// Whether the terminal was closed.
  private(set) var isGone = false

  /// - Parameter shared: the descriptor of the terminal. If possible the terminal is opened again:
  ///   non-blocking mode belongs to the open file description, which may be shared with the shell.
  init(shared: Int32) {
    let own = open("/proc/self/fd/\(shared)", O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    isNonBlocking = own >= 0
    descriptor = own >= 0 ? own : fcntl(shared, F_DUPFD_CLOEXEC, 3)
  }

  deinit {
    close(descriptor)
  }

  /// Whether all output has been written.
  var isEmpty: Bool { written == pending.count }

  /// Adds output; nothing is written until `flush()`.
  mutating func append(_ bytes: some Collection<UInt8>) {
    guard !isGone else { return }
    pending.append(contentsOf: bytes)
  }

  /// Discards the output that is not written yet, from the next escape sequence on. What precedes it is
  /// kept: an incomplete character or sequence would swallow the output that follows.
  mutating func truncate() {
    let next = pending[written...].firstIndex(of: 0x1B) ?? pending.endIndex
    pending.removeSubrange(next...)
  }

  /// Discards all output that is not written yet.
  mutating func discard() {
    pending.removeAll()
    written = 0
  }

  /// Writes as much as the terminal accepts without blocking.
  ///
  /// - Returns: whether all output was written.
  @discardableResult
  mutating func flush() -> Bool {
    while !isEmpty && !isGone && acceptsOutput(timeout: 0) {
      // A write to a shared descriptor blocks until all of it is written, so keep it small.
      let limit = isNonBlocking ? Int.max : 256
      let count = pending.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress! + written, min(bytes.count - written, limit))
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        break
      } else if errno != EINTR {
        isGone = true
      }
    }
    if isEmpty { discard() }
    return isEmpty
  }

  /// Writes all output, or as much as the terminal accepts within a time.
  ///
  /// - Parameter milliseconds: the greatest time to wait for the terminal.
  /// - Returns: whether all output was written.
  @discardableResult
  mutating func flush(timeout milliseconds: Int32) -> Bool {
    var remaining = milliseconds
    while !flush() && !isGone && remaining > 0 {
      let step: Int32 = 20
      _ = acceptsOutput(timeout: step)
      remaining -= step
    }
    return isEmpty
  }

  /// Updates `isGone`.
  mutating func check() {
    _ = acceptsOutput(timeout: 0)
  }

  /// (poll(2))
  private mutating func acceptsOutput(timeout milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&state, 1, milliseconds) > 0 else { return false }
    if Int32(state.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0 {
      isGone = true
      return false
    }
    return Int32(state.revents) & POLLOUT != 0
  }
}
