import AccessLog

/// Opens regular files, plain or compressed.
package enum RecordedLog {
  /// Opens a regular file. Its first bytes, not its name, tell whether it is compressed.
  ///
  /// - Throws: `InputFailure` if the file does not exist, if permission is denied, if it is a
  ///   directory, socket, device or FIFO (see `StreamSource`), or if it is neither compressed nor
  ///   plain text.
  package static func open(
    path: Name, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) -> any RewindableSource {
    let file = try UnchangingFile(path: path, calls: calls)
    switch ContentCheck.verdict(firstBytes: file.head, isAll: true) {
    case .compressed(let method): return CompressedFile(file, method)
    case .plain, .refused, .undecided: return try FileSource(file)
    }
  }
}
