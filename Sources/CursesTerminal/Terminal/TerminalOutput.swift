import Glibc

/// Writes to a terminal without ever waiting for it, and notices when it is gone.
struct TerminalOutput: ~Copyable {
  let descriptor: Int32
  /// Whether a write that finds no room comes back at once.
  private let isNonBlocking: Bool
  private var pending: [UInt8] = []
  private var written = 0
  private(set) var isGone = false

  /// - Parameter shared: the terminal's descriptor. It is opened anew where possible: not waiting is
  ///   a property of the opened file, and this one may be shared with the shell.
  init(shared: Int32) {
    let own = open("/proc/self/fd/\(shared)", O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    isNonBlocking = own >= 0
    descriptor = own >= 0 ? own : fcntl(shared, F_DUPFD_CLOEXEC, 3)
  }

  deinit {
    close(descriptor)
  }

  var isEmpty: Bool { written == pending.count }

  mutating func append(_ bytes: some Collection<UInt8>) {
    guard !isGone else { return }
    pending.append(contentsOf: bytes)
  }

  /// Forgets what was not written yet, but for the rest of what is begun: half a character or half a
  /// sequence would take what comes next along.
  mutating func cut() {
    let next = pending[written...].firstIndex(of: 0x1B) ?? pending.endIndex
    pending.removeSubrange(next...)
  }

  /// Forgets all that was not written yet.
  mutating func discard() {
    pending.removeAll()
    written = 0
  }

  /// Writes what the terminal takes now.
  ///
  /// - Returns: whether all of it was written.
  @discardableResult
  mutating func flush() -> Bool {
    while !isEmpty && !isGone && hasRoom(waiting: 0) {
      // A shared descriptor waits until a write is done, so it gets small ones.
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

  /// Writes all of it, unless the terminal takes nothing for so long.
  ///
  /// - Returns: whether all of it was written.
  @discardableResult
  mutating func flush(waiting milliseconds: Int32) -> Bool {
    var left = milliseconds
    while !flush() && !isGone && left > 0 {
      let step: Int32 = 20
      _ = hasRoom(waiting: step)
      left -= step
    }
    return isEmpty
  }

  /// Looks whether the terminal is still there.
  mutating func check() {
    _ = hasRoom(waiting: 0)
  }

  private mutating func hasRoom(waiting milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&state, 1, milliseconds) > 0 else { return false }
    if Int32(state.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0 {
      isGone = true
      return false
    }
    return Int32(state.revents) & POLLOUT != 0
  }
}
