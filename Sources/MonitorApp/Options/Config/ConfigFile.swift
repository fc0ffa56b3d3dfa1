import AccessLog
import Actions
import Glibc
import PrivateFiles

/// Finds and reads the config file.
enum ConfigFile {
  /// The text of the chosen file; `nil` if there is none.
  ///
  /// - Throws: if the file that was asked for cannot be read.
  static func read(
    _ choice: ConfigChoice, environment: [String: String]
  ) throws(UsageError) -> ConfigText? {
    switch choice {
    case .none: return nil
    case .file(let path):
      guard let text = try read(path) else {
        throw .conflict(object: path, reason: "No such file or directory")
      }
      return text
    case .usual:
      for path in usualPaths(environment) {
        if let text = try read(path) { return text }
      }
      return nil
    }
  }

  /// The user's file and that of the machine. (XDG Base Directory Specification)
  static func usualPaths(_ environment: [String: String]) -> [String] {
    var paths = ["/etc/lm2000/config"]
    // The specification says that a relative path is invalid and must be ignored.
    if let config = environment["XDG_CONFIG_HOME"], config.hasPrefix("/") {
      paths.insert(config + "/lm2000/config", at: 0)
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      paths.insert(home + "/.config/lm2000/config", at: 0)
    }
    return paths
  }

  /// Reads a file. (open(2), read(2))
  ///
  /// - Returns: `nil` if it does not exist.
  private static func read(_ path: String) throws(UsageError) -> ConfigText? {
    // A pipe in its place must not block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .conflict(object: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .conflict(object: path, reason: "is not a regular file")
    }
    guard let bytes = FileContent.bytes(of: descriptor, limit: ConfigText.limit) else {
      throw .conflict(object: path, reason: "cannot be read, or is larger than 1 MiB")
    }
    let text = ConfigText(path: Name(path), bytes)
    try checkSafety(path, status, of: text)
    return text
  }

  /// Refuses a file with options that run programs, write files or send data, if somebody else could
  /// have written it.
  private static func checkSafety(
    _ path: String, _ status: stat, of text: ConfigText
  ) throws(UsageError) {
    guard let powerful = try text.settings().first(where: { $0.rule.isPowerful($0.value) }) else {
      return
    }
    var folderStatus = stat()
    let folder = path.contains("/") ? String(path[..<path.lastIndex(of: "/")!]) : "."
    let isFolderKnown = stat(folder.isEmpty ? "/" : folder, &folderStatus) == 0
    guard isOurs(status), isFolderKnown, isOurs(folderStatus) else {
      throw .conflict(
        object: path,
        reason: "has \(powerful.rule.name), but others may write it or its folder; "
          + "try: chmod go-w \(path) and its folder")
    }
  }

  /// Whether only the user or root may write it.
  private static func isOurs(_ status: stat) -> Bool {
    (status.st_uid == geteuid() || status.st_uid == 0) && status.st_mode & 0o022 == 0
  }
}
