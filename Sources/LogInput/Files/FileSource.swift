import AccessLog

/// A regular file that is read to its end, even if it is renamed meanwhile. It can be read again
/// from any position.
///
/// The content must not change: truncating or overwriting the file while it is read is an error,
/// because lines would be missing or would be mixed up.
package final class FileSource: RewindableSource {
  /// The position of the next byte, counted from the start of the file.
  package private(set) var position: Int64 = 0
  /// Whether the position was changed since the last read.
  private var hasMoved = false
  /// The first lines, if reading begins with the last ones.
  package private(set) var heading: [UInt8] = []
  private var file: UnchangingFile

  /// Opens a regular file and checks its first bytes.
  ///
  /// - Throws: `InputFailure` if the file does not exist, if permission is denied, if it is a
  ///   directory, socket, device or FIFO (see `StreamSource`), or if it is not plain text.
  package convenience init(
    path: Name, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    try self.init(try UnchangingFile(path: path, calls: calls))
  }

  /// Reads an open file.
  ///
  /// - Throws: `InputFailure` if it is not plain text.
  init(_ file: UnchangingFile) throws(InputFailure) {
    if let refusal = ContentCheck.refusal(firstBytes: file.head, isAll: true) { throw refusal }
    self.file = file
  }

  /// The path as it was given.
  package var path: Name { file.path }
}

// MARK: - Reading

extension FileSource {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    if hasMoved { try checkUnchanged() }
    let bytes = try file.read(into: buffer, at: position)
    guard bytes > 0 else {
      try checkUnchanged()
      file.reportMovedPath()
      return .end
    }
    position += Int64(bytes)
    return .bytes(bytes)
  }

  private func checkUnchanged() throws(InputFailure) {
    hasMoved = false
    try file.checkUnchanged()
  }

  /// The current size of the file in bytes.
  package var size: Int64 { file.size }

  package var knownSize: Int64? { size }

  package func seek(to position: Int64) {
    self.position = max(0, position)
    hasMoved = true
  }

  package var extent: FileExtent? {
    // The file may be truncated between two calls.
    let size = size
    guard !hasMoved, size > position else { return nil }
    return FileExtent(file.file, position..<size)
  }

  package func skip(to offset: Int64, last: [UInt8]) {
    position = offset
    file.require(length: position)
  }

  /// - Complexity: O(n) in the length of these lines; the file is read backwards.
  package func seekToLast(lines: Int) throws(InputFailure) {
    position = try throwingInputFailure { () throws(SystemError) in
      let size = try file.file.currentStatus().size
      return lines > 0 ? try LastLines.start(of: lines, in: file.file, size: size) : size
    }
    heading = try throwingInputFailure { () throws(SystemError) in
      try file.file.heading(before: position)
    }
  }

  /// The problems that were worked around since the last call.
  package func drainNotices() -> [Notice] { file.drainNotices() }

  /// The progress of reading.
  package var state: SourceState {
    SourceState(
      path: path, phase: position >= size ? .ended : .loading(read: position, total: size))
  }
}
