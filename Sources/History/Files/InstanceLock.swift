import Glibc
import PrivateFiles

/// A lock that one process holds as long as it lives, in a file of its own beside the database. (flock(2))
final class InstanceLock: Sendable {
  private let descriptor: Int32

  /// - Throws: if another process has it.
  init(_ file: HistoryFile) throws(HistoryFailure) {
    let name = file.name + "-lock"
    let opened = openat(
      file.folder.descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw HistoryFile.failure(FileProblem(code: errno)) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let owner = FileContent.read(opened, limit: 32).map { String(decoding: $0, as: UTF8.self) }
      close(opened)
      throw .refused("in use by pid \(owner.flatMap { Int($0) }.map(String.init) ?? "unknown")")
    }
    fchmod(opened, 0o600)
    let text = Array("\(getpid())".utf8)
    if ftruncate(opened, 0) == 0 { _ = pwrite(opened, text, text.count, 0) }
    descriptor = opened
  }

  deinit { close(descriptor) }
}
