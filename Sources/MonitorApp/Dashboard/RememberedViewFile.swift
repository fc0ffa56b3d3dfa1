import Actions
import Glibc
import PrivateFiles

/// The file that keeps a `RememberedView` between two runs.
struct RememberedViewFile: Sendable {
  /// A file that is larger was not written by this program.
  private static let largestSize = 16 * 1_024

  /// The path of the file.
  let path: String

  /// The file in the user's folder for such states: `$XDG_STATE_HOME/lm2000/view`, by default
  /// `~/.local/state/lm2000/view`. (XDG Base Directory Specification)
  ///
  /// - Returns: nil if the environment names no absolute path.
  init?(environment: [String: String]) {
    // The specification says that a relative path is invalid and must be ignored.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/lm2000/view"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = home + "/.local/state/lm2000/view"
    } else {
      return nil
    }
  }

  // MARK: - Reading

  /// Reads the file. A file that is missing, unreadable, too large, damaged or not a regular file
  /// counts as one without choices.
  func read() -> RememberedView {
    // A pipe in its place must not block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return RememberedView() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let bytes = FileContent.bytes(of: descriptor, limit: Self.largestSize)
    else { return RememberedView() }
    return RememberedView(text: String(decoding: bytes, as: UTF8.self))
  }

  // MARK: - Writing

  /// Replaces the file. A reader sees the former or the new content, never a part of it; a symbolic link
  /// in its place is replaced and not followed. Only the user may read it.
  ///
  /// - Returns: why the choices could not be remembered, for a person; nil if they were.
  func write(_ view: RememberedView) -> String? {
    do throws(Failure) {
      try makeFolder()
      let temporary = try writeTemporaryFile(Array(view.text.utf8))
      guard rename(temporary, path) == 0 else {
        let failure = Failure()
        unlink(temporary)
        throw failure
      }
      return nil
    } catch {
      return "could not be remembered in \(path): \(error.reason)"
    }
  }

  /// The reason of the last failed system call. (strerror(3))
  private struct Failure: Error {
    let reason = String(cString: strerror(errno))
  }

  private func makeFolder() throws(Failure) {
    let names = path.split(separator: "/").dropLast()
    for count in 1...max(1, names.count) {
      let folder = "/" + names.prefix(count).joined(separator: "/")
      // The specification demands this mode for folders that are made.
      guard mkdir(folder, 0o700) != 0 else { continue }
      let failure = Failure()
      // An existing folder may be one of a file system that cannot be written to (EROFS, EACCES).
      if access(folder, F_OK) != 0 { throw failure }
    }
  }

  /// - Returns: the path of the new file, beside the one that it will replace.
  private func writeTemporaryFile(_ bytes: [UInt8]) throws(Failure) -> String {
    // mkstemp creates the file itself, with mode 0600, and never opens an existing one.
    var name = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw Failure() }
    let temporary = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = Failure()
        close(descriptor)
        unlink(temporary)
        throw failure
      }
      written += count
    }
    guard close(descriptor) == 0 else {
      let failure = Failure()
      unlink(temporary)
      throw failure
    }
    return temporary
  }
}
