import AccessLog

/// A regular file whose content must not change while it is read: truncating or overwriting it is
/// an error, because lines would be missing or would be mixed up.
struct UnchangingFile: Sendable {
  /// The number of bytes at the beginning of the file that are compared to detect overwriting.
  private static let headLength = 1024

  /// The path as it was given.
  let path: Name
  /// The first bytes, as they were when the file was opened.
  let head: [UInt8]
  private(set) var file: OpenFile
  /// The file was at least this long.
  private var knownLength: Int64 = 0
  private var wasReopened = false
  private var hasReportedMove = false
  /// The problems that were worked around and not reported yet.
  private var notices: [Notice] = []

  /// Opens a regular file.
  ///
  /// - Throws: `InputFailure` if the file does not exist, if permission is denied, or if it is a
  ///   directory, socket, device or FIFO.
  init(path: Name, calls: FileSystemCalls) throws(InputFailure) {
    let file = try OpenFile(log: path, calls: calls)
    head = try throwingInputFailure { () throws(SystemError) in
      try file.bytes(Self.headLength, at: 0)
    }
    self.file = file
    self.path = path
  }

  /// The current size in bytes.
  var size: Int64 { (try? file.currentStatus().size) ?? file.status.size }

  /// The problems that were worked around since the last call.
  mutating func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }
}

// MARK: - Reading

extension UnchangingFile {
  /// Reads bytes at an offset. After an error that may end by it, the file is opened again.
  ///
  /// - Returns: the number of bytes; 0 only at the end.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(InputFailure) -> Int {
    do throws(SystemError) {
      let bytes = try file.read(into: buffer, at: offset)
      wasReopened = false
      if bytes > 0 { require(length: offset + Int64(bytes)) }
      return bytes
    } catch {
      guard error.mayEndByReopening, !wasReopened else { throw InputFailure(error) }
      try reopen(after: error, at: offset)
      return try read(into: buffer, at: offset)
    }
  }

  private mutating func reopen(after error: SystemError, at offset: Int64) throws(InputFailure) {
    wasReopened = true
    notices.append(.input(.reopened(code: error.code, offset: offset)))
    let again = try throwingInputFailure { () throws(SystemError) in
      try OpenFile(path: path.path, calls: file.calls)
    }
    guard again.status.identity == file.status.identity else { throw InputFailure(error) }
    file = again
  }
}

// MARK: - Changes

extension UnchangingFile {
  /// Makes it an error if the file is ever shorter than `length`.
  mutating func require(length: Int64) {
    knownLength = max(knownLength, length)
  }

  /// Checks that the file still contains what was read.
  func checkUnchanged() throws(InputFailure) {
    let (size, head) = try throwingInputFailure { () throws(SystemError) in
      (try file.currentStatus().size, try file.bytes(self.head.count, at: 0))
    }
    if size < knownLength { throw .truncated(remaining: size, of: knownLength) }
    if !self.head.starts(with: head) { throw .overwritten }
  }

  /// Adds a notice, once, if the path no longer leads to the file.
  mutating func reportMovedPath() {
    guard !hasReportedMove else { return }
    do throws(SystemError) {
      let status = try file.calls.statusOf(path.path)
      guard status.identity != file.status.identity else { return }
      notices.append(.input(.replacedWhileRead))
    } catch {
      guard error.isAbsence else { return }
      notices.append(.input(.removedWhileRead))
    }
    hasReportedMove = true
  }
}
