import Glibc

/// A lock that one process holds as long as it lives, in a file of its own. (flock(2))
package final class InstanceLock: Sendable {
  package enum Problem: Error, Equatable {
    /// Another process has it.
    case inUse(pid: Int?)
    case file(FileProblem)

    /// For people.
    package var reason: String {
      switch self {
      case .inUse(let pid): "in use by pid \(pid.map(String.init) ?? "unknown")"
      case .file(let problem): problem.reason
      }
    }
  }

  private let descriptor: Int32

  package init(_ name: String, in folder: PrivateFolder) throws(Problem) {
    let opened = openat(
      folder.descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .file(FileProblem(code: errno)) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let owner = FileContent.read(opened, limit: 32).map { String(decoding: $0, as: UTF8.self) }
      close(opened)
      throw .inUse(pid: owner.flatMap { Int($0) })
    }
    fchmod(opened, 0o600)
    let text = Array("\(getpid())".utf8)
    if ftruncate(opened, 0) == 0 { _ = pwrite(opened, text, text.count, 0) }
    descriptor = opened
  }

  deinit { closeUnlocking(descriptor) }
}

/// Closes a descriptor, and releases the lock that it may have. (flock(2))
///
/// A child process that is about to begin another program may still have the descriptor: closing it here
/// would leave the lock with the child until then.
func closeUnlocking(_ descriptor: Int32) {
  flock(descriptor, LOCK_UN)
  close(descriptor)
}
