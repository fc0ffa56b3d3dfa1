import Glibc

/// A folder that only this user may change, as an open descriptor: what happens to its path later does
/// not matter.
package final class PrivateFolder: Sendable {
  package let descriptor: Int32
  /// Opens a folder only as a place to look in. Swift does not see `O_PATH`.
  private static let onlyPath: Int32 = 0o10_000_000

  /// Opens the folder, which is created together with those above it if it does not exist.
  ///
  /// - Parameters:
  ///   - creates: whether to create it; otherwise a missing one is an error.
  ///   - tightens: whether to take from others what rights they have in an existing one. Not for one that
  ///     the user has chosen, which may hold other files too.
  /// - Throws: if it or a folder above it is a symbolic link, belongs to somebody else, or others may
  ///   write to it.
  package init(
    _ path: String, creates: Bool, tightens: Bool = true
  ) throws(FileProblem) {
    descriptor = try Self.open(path, creates: creates)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem.last }
    guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw FileProblem("unsafe directory: it must belong to this user, and only to this one")
    }
    if tightens, status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o700) }
  }

  /// Opens folder after folder from the root on, so that none can be exchanged meanwhile. (openat(2))
  private static func open(_ path: String, creates: Bool) throws(FileProblem) -> Int32 {
    let flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let names = path.split(separator: "/").map(String.init)
    var folder = Glibc.open("/", flags | (names.isEmpty ? O_RDONLY : onlyPath))
    guard folder >= 0 else { throw FileProblem.last }
    for (index, name) in names.enumerated() {
      let parent = folder
      defer { close(parent) }
      try checkParent(parent, "/" + names[..<index].joined(separator: "/"))
      let hasFailed = creates && mkdirat(parent, name, 0o700) != 0
      let problem = FileProblem.last
      // Folders above it need not be readable.
      folder = openat(parent, name, flags | (index == names.count - 1 ? O_RDONLY : onlyPath))
      guard folder < 0 else { continue }
      let last = FileProblem.last
      var status = stat()
      if fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
        throw hasFailed ? problem : last
      }
      throw status.st_mode & S_IFMT == S_IFLNK
        ? FileProblem("unsafe directory: \(name) is a symbolic link") : last
    }
    return folder
  }

  /// Whoever may write to a folder may exchange those in it, unless it is sticky.
  private static func checkParent(_ folder: Int32, _ path: String) throws(FileProblem) {
    var status = stat()
    guard fstat(folder, &status) == 0 else { throw FileProblem.last }
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw FileProblem("unsafe directory: \(path) belongs to somebody else")
    }
    guard status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
      throw FileProblem("unsafe directory: others may write to \(path)")
    }
  }

  deinit { if descriptor >= 0 { closeUnlocking(descriptor) } }

  /// Locks the folder, as long as the object lives. (flock(2))
  ///
  /// - Returns: `false` if somebody else has locked it.
  package func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// The names of the files in the folder; hidden ones are left out. (readdir(3))
  package var names: [String] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { return [] }
    guard let folder = fdopendir(copy) else {
      close(copy)
      return []
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// The size of a regular file in bytes; `nil` if there is none of that name. (fstatat(2))
  package func size(of name: String) -> Int? {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    return Int(status.st_size)
  }

  /// The bytes of a regular file that belongs to this user; `nil` if it is anything else or too large.
  package func read(_ name: String, limit: Int) -> [UInt8]? {
    let file = openat(
      descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return FileContent.read(file, limit: limit)
  }

  /// Writes a file as a whole: a reader sees all of it or nothing. Only this user may read it.
  ///
  /// - Parameter isDurable: whether it must survive a loss of power, which takes longer. (fsync(2))
  package func write(
    _ bytes: [UInt8], to name: String, isDurable: Bool = false
  ) throws(FileProblem) {
    let temporary = ".new-" + name
    unlinkat(descriptor, temporary, 0)
    let file = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileProblem.last }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = FileProblem.last
        unlinkat(descriptor, temporary, 0)
        throw problem
      }
      written += count
    }
    guard !isDurable || fsync(file) == 0,
      renameat(descriptor, temporary, descriptor, name) == 0
    else {
      let problem = FileProblem.last
      unlinkat(descriptor, temporary, 0)
      throw problem
    }
    if isDurable { synchronize() }
  }

  /// - Returns: whether there was such a file.
  @discardableResult
  package func remove(_ name: String) -> Bool { unlinkat(descriptor, name, 0) == 0 }

  package func rename(_ name: String, to other: String) -> Bool {
    renameat(descriptor, name, descriptor, other) == 0
  }

  /// Makes what has become of the names in the folder survive a loss of power. (fsync(2))
  package func synchronize() { fsync(descriptor) }
}
