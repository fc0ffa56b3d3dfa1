import AccessLog
import Glibc
import PrivateFiles

/// The database file of a history, in a folder that only this user may change. Nobody but SQLite may open
/// the file while a connection of this process is open: closing it would end the locks of all.
struct HistoryFile: Sendable {
  /// What is beside the file while it is in use.
  private static let companions = ["-wal", "-shm"]

  let path: String
  let folder: PrivateFolder
  let name: String

  /// Opens the folder, which is created if it does not exist.
  ///
  /// - Parameter path: absolute.
  init(_ path: String) throws(HistoryFailure) {
    let end = path.lastIndex(of: "/")
    guard let end, path.hasPrefix("/"), path.index(after: end) < path.endIndex else {
      throw .refused("is not the path of a file")
    }
    self.path = path
    name = String(path[path.index(after: end)...])
    do throws(FileProblem) {
      folder = try PrivateFolder(String(path[..<end]), creates: true, tightens: false)
    } catch {
      throw Self.failure(error)
    }
  }

  static func failure(_ problem: FileProblem) -> HistoryFailure {
    let isFull = [ENOSPC, EDQUOT, EIO].contains(problem.code)
    return isForbidden(problem.code) || isFull
      ? .unavailable(problem.reason) : .refused(problem.reason)
  }

  /// Whether the error of a system call says that this user may not write there.
  static func isForbidden(_ code: Int32) -> Bool { [EACCES, EPERM, EROFS].contains(code) }

  /// Reserves the file for this process, by a file of its own beside it.
  ///
  /// - Throws: if another process has it.
  func lock() throws(HistoryFailure) -> InstanceLock {
    do throws(InstanceLock.Problem) {
      return try InstanceLock(name + "-lock", in: folder)
    } catch {
      switch error {
      case .inUse: throw .refused(error.reason)
      case .file(let problem): throw Self.failure(problem)
      }
    }
  }

  /// The size of the file in bytes; `nil` if there is none.
  ///
  /// - Throws: if it is anything but a file of this user.
  func size() throws(HistoryFailure) -> Int? {
    var status = stat()
    guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw Self.failure(FileProblem(code: errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: throw .refused("is a symbolic link")
    default: throw .refused("is not a regular file")
    }
    guard status.st_uid == geteuid() else { throw .refused("belongs to somebody else") }
    guard status.st_nlink == 1 else { throw .refused("has another name too (a hard link)") }
    return Int(status.st_size)
  }

  /// Takes from others what rights they have in the files.
  func tighten() {
    for suffix in [""] + Self.companions {
      var status = stat()
      let file = name + suffix
      guard fstatat(folder.descriptor, file, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o777 != 0o600
      else { continue }
      fchmodat(folder.descriptor, file, 0o600, 0)
    }
  }

  /// Gives the file and what belongs to it another name, so that a new one can begin.
  ///
  /// - Parameter time: the time of day, which becomes part of the name.
  /// - Returns: the new name.
  func setAside(at time: EpochSecond) throws(DatabaseError) -> String {
    var number = 0
    while true {
      let other = "\(name).corrupt-\(time)" + (number == 0 ? "" : "-\(number)")
      number += 1
      guard !exists(other) else { continue }
      for suffix in Self.companions where exists(name + suffix) {
        _ = folder.rename(name + suffix, to: other + suffix)
      }
      guard folder.rename(name, to: other) else {
        throw DatabaseError(.other, FileProblem.last.reason)
      }
      return other
    }
  }

  /// Removes what belongs to a file that is gone.
  func removeCompanions() {
    for suffix in Self.companions { folder.remove(name + suffix) }
  }

  private func exists(_ name: String) -> Bool {
    var status = stat()
    return fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
  }
}
