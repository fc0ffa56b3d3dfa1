import AccessLog
import Glibc

/// A regular file that is read to its end, even if it is renamed meanwhile. It can be read again
/// from any position.
///
/// The content must not change: truncating or overwriting the file while it is read is an error,
/// because lines would be missing or would be mixed up.
package final class FileSource: LogSource {
  /// The number of bytes at the beginning of the file that are compared to detect overwriting.
  private static let headLength = 1024

  /// The path as it was given.
  package let path: Name
  /// The position of the next byte, counted from the start of the file.
  package private(set) var position: Int64 = 0
  /// The greatest position reached: the file was at least this long.
  private var furthest: Int64 = 0
  /// The first bytes, as they were when the file was opened.
  private let head: [UInt8]
  /// Whether the position was changed since the last read.
  private var hasMoved = false
  /// The first lines, if reading begins with the last ones.
  package private(set) var heading: [UInt8] = []
  /// The problems that were worked around and not reported yet.
  private var notices: [Notice] = []
  private var hasReportedMove = false
  private var file: OpenFile
  private var reopened = false

  /// Opens a regular file and checks its first bytes.
  ///
  /// - Throws: `InputFailure` if the file does not exist, if permission is denied, if it is a
  ///   directory, socket, device or FIFO (see `StreamSource`), or if it is not plain text.
  package init(
    path: Name, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let file = try OpenFile(log: path, calls: calls)
    let head = try throwingInputFailure { () throws(SystemError) in
      try file.bytes(Self.headLength, at: 0)
    }
    if let refusal = ContentCheck.refusal(firstBytes: head, isAll: true) { throw refusal }
    self.file = file
    self.head = head
    self.path = path
  }
}

// MARK: - Reading

extension FileSource {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let bytes: Int
    if hasMoved { try checkUnchanged() }
    do throws(SystemError) {
      bytes = try file.read(into: buffer, at: position)
      reopened = false
    } catch {
      guard error.mayEndByReopening, !reopened else { throw InputFailure(error) }
      try reopen(after: error)
      return try read(into: buffer)
    }
    guard bytes > 0 else {
      try checkUnchanged()
      reportMovedPath()
      return .end
    }
    position += Int64(bytes)
    furthest = max(furthest, position)
    return .bytes(bytes)
  }

  /// The current size of the file in bytes.
  package var size: Int64 { (try? file.currentStatus().size) ?? file.status.size }

  /// Continues reading at a position, in bytes from the start of the file.
  package func seek(to position: Int64) {
    self.position = max(0, position)
    hasMoved = true
  }

  package var extent: FileExtent? {
    // The file may be truncated between two calls.
    let size = size
    guard !hasMoved, size > position else { return nil }
    return FileExtent(file, position..<size)
  }

  package func skip(to offset: Int64, last: [UInt8]) {
    position = offset
    furthest = max(furthest, position)
  }

  /// Continues reading at the beginning of the last `lines` lines, or at the end for 0. An
  /// incomplete line at the end counts as a line.
  ///
  /// - Throws: `InputFailure` if the file cannot be read.
  /// - Complexity: O(n) in the length of these lines; the file is read backwards.
  package func seekToLast(lines: Int) throws(InputFailure) {
    position = try throwingInputFailure { () throws(SystemError) in
      let size = try file.currentStatus().size
      return lines > 0 ? try LastLines.start(of: lines, in: file, size: size) : size
    }
    heading = try throwingInputFailure { () throws(SystemError) in
      try file.heading(before: position)
    }
  }

  /// The problems that were worked around since the last call.
  package func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }

  /// The progress of reading.
  package var state: SourceState {
    SourceState(
      path: path, phase: position >= size ? .ended : .loading(read: position, total: size))
  }
}

// MARK: - Changes of the file

extension FileSource {
  /// Checks that the file still contains what was read.
  private func checkUnchanged() throws(InputFailure) {
    hasMoved = false
    let (size, head) = try throwingInputFailure { () throws(SystemError) in
      (try file.currentStatus().size, try file.bytes(self.head.count, at: 0))
    }
    if size < furthest {
      throw .truncated(remaining: size, of: furthest)
    }
    if !self.head.starts(with: head) { throw .overwritten }
  }

  /// Adds a notice, once, if the path no longer leads to the file that was read.
  private func reportMovedPath() {
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

  private func reopen(after error: SystemError) throws(InputFailure) {
    reopened = true
    notices.append(.input(.reopened(code: error.code, offset: position)))
    let again = try throwingInputFailure { () throws(SystemError) in
      try OpenFile(path: path.path, calls: file.calls)
    }
    guard again.status.identity == file.status.identity else { throw InputFailure(error) }
    file = again
  }
}
