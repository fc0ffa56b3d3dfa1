import Glibc
import PrivateFiles

/// Decides whether a program may be run: nobody but root and this user may be able to replace it.
enum TrustedProgram {
  /// - Returns: the path of the program without symbolic links.
  /// - Throws: if the program must not be run.
  static func resolved(_ path: String) throws(FileProblem) -> String {
    guard let resolved = realpath(path, nil) else { throw FileProblem(reason()) }
    defer { free(resolved) }
    let real = String(cString: resolved)
    if let problem = problem(path, real) { throw FileProblem(problem) }
    return real
  }

  private static func problem(_ path: String, _ real: String) -> String? {
    // A symbolic link can be replaced where it stands, and its target where that stands.
    folders(above: path).lazy.compactMap { folderProblem($0) }.first
      ?? folders(above: real).lazy.compactMap { folderProblem($0) }.first
      ?? linkProblem(path) ?? fileProblem(real)
  }

  /// All folders that a path leads through, from the root on.
  private static func folders(above path: String) -> [String] {
    var folders = ["/"]
    var folder = ""
    for name in path.split(separator: "/").dropLast() {
      folder += "/" + name
      folders.append(folder)
    }
    return folders
  }

  private static func folderProblem(_ path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return reason() }
    guard isOurs(status) else { return "unsafe directory: it belongs to somebody else" }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    // In a sticky folder nobody can replace the files of others.
    guard isLink || status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
      return "unsafe directory: others may write to it"
    }
    return nil
  }

  private static func linkProblem(_ path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return reason() }
    return isOurs(status) ? nil : "unsafe program: it belongs to somebody else"
  }

  private static func fileProblem(_ path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return reason() }
    guard status.st_mode & S_IFMT == S_IFREG else { return "not a program" }
    guard isOurs(status) else { return "unsafe program: it belongs to somebody else" }
    guard status.st_mode & 0o022 == 0 else { return "unsafe program: others may write to it" }
    return access(path, X_OK) == 0 && status.st_mode & 0o111 != 0
      ? nil : String(cString: strerror(EACCES))
  }

  private static func isOurs(_ status: stat) -> Bool {
    status.st_uid == 0 || status.st_uid == geteuid()
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
