import AccessLog
import Glibc
import LogInput

extension Options {
  /// A history that is also a log would be taken for a damaged one, and get another name.
  ///
  /// - Throws: if the history is one of the logs, by whatever name.
  func checkHistoryIsNoLog() throws(UsageError) {
    guard let history, !demo else { return }
    let file = HistorySetup.absolute(history)
    let named = paths.isEmpty ? [Name("-")] : paths
    for path in named.flatMap(FileNames.matching) where Self.isSame(path, file) {
      let error = UsageError.conflict(
        object: "--history", reason: "is the log \(path) too: name another file")
      throw error.located(at: place(of: "history"))
    }
  }

  /// Whether a log is a file.
  ///
  /// - Parameter file: its absolute path. It need not exist.
  private static func isSame(_ log: Name, _ file: String) -> Bool {
    if log.isService { return false }
    let isInput = log == Name("-")
    if let existing = FileStatus.of(path: Name(file)) {
      let status =
        isInput ? FileStatus.of(descriptor: STDIN_FILENO) : FileStatus.of(path: log)
      return status?.identity == existing.identity
    }
    guard !isInput else { return false }
    let path = String(decoding: log.absolute.bytes, as: UTF8.self)
    return path == file || place(path).map { place(file) == $0 } ?? false
  }

  /// The folder of a file, which links may lead to, and the name of the file in it; `nil` if there is no such
  /// folder.
  private static func place(_ path: String) -> Place? {
    guard let slash = path.lastIndex(of: "/"),
      let folder = FileStatus.of(path: Name(String(path[...slash])))
    else { return nil }
    return Place(folder: folder.identity, name: path[path.index(after: slash)...])
  }

  private struct Place: Equatable {
    var folder: FileIdentity
    var name: Substring
  }
}
