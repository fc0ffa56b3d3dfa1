import AccessLog
import Glibc

/// A plain file read to its end, wherever it is moved to meanwhile. It can be read again from any
/// position.
///
/// What was opened must stay what it is: a file that is cut short or overwritten beneath the reader
/// is an error, for its end would seem to come too soon, or its lines from elsewhere.
package final class FileSource: LogSource {
  /// How many bytes at the beginning of the file are compared to notice that it was overwritten.
  private static let headLength = 1024

  /// The path as it was given.
  package let path: Name
  /// Where the next byte comes from, from the start of the file.
  package private(set) var position: Int64 = 0
  /// The greatest position that reading has come to: so long the file was at least.
  private var furthest: Int64 = 0
  /// The first bytes, as they were when the file was opened.
  private let head: [UInt8]
  /// The next read begins somewhere else than the last one ended.
  private var hasMoved = false
  /// The first lines, where it was gone to the last ones.
  package private(set) var heading: [UInt8] = []
  /// What went wrong and was mended; each is told once.
  private var notices: [Notice] = []
  private var saidItMoved = false
  private var file: OpenFile
  private var reopened = false

  /// Opens a regular file and looks at its first bytes.
  ///
  /// - Throws: Why it cannot be read: it does not exist, may not be read, is a directory, socket,
  ///   device or FIFO (which is a stream: `StreamSource`), or is not plain text.
  package init(
    path: Name, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let file = try OpenFile(log: path, calls: calls)
    let head = try translated { () throws(SystemError) in
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
      guard error.asksForReopening, !reopened else { throw InputFailure(error) }
      try reopen(after: error)
      return try read(into: buffer)
    }
    guard bytes > 0 else {
      try checkUnchanged()
      noticeWhereTheNameWent()
      return .end
    }
    position += Int64(bytes)
    furthest = max(furthest, position)
    return .bytes(bytes)
  }

  /// How big the file is now, in bytes.
  package var size: Int64 { (try? file.currentStatus().size) ?? file.status.size }

  /// Goes to a position from the start of the file, in bytes.
  package func seek(to position: Int64) {
    self.position = max(0, position)
    hasMoved = true
  }

  /// Goes to where the last `lines` lines begin, reading backwards from the end; an unfinished one at
  /// the end is one of them. With 0 it is the end.
  package func seekToLast(lines: Int) throws(InputFailure) {
    position = try translated { () throws(SystemError) in
      let size = try file.currentStatus().size
      return lines > 0 ? try LastLines.start(of: lines, in: file, size: size) : size
    }
    heading = try translated { () throws(SystemError) in try file.heading(before: position) }
  }

  /// What went wrong and was mended since the last call.
  package func takeNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }

  /// Where it stands.
  package var state: SourceState {
    SourceState(
      path: path, phase: position >= size ? .ended : .loading(read: position, total: size))
  }
}

// MARK: - What becomes of the file

extension FileSource {
  /// The file must hold what was read of it.
  private func checkUnchanged() throws(InputFailure) {
    hasMoved = false
    let (size, head) = try translated { () throws(SystemError) in
      (try file.currentStatus().size, try file.bytes(self.head.count, at: 0))
    }
    if size < furthest {
      throw .cutShort(left: size, of: furthest)
    }
    if !self.head.starts(with: head) { throw .overwritten }
  }

  /// Says at the end, once, that the name does not stand for what was read any more.
  private func noticeWhereTheNameWent() {
    guard !saidItMoved else { return }
    do throws(SystemError) {
      let status = try file.calls.statusOf(path.path)
      guard status.identity != file.status.identity else { return }
      notices.append(.input(.replacedWhileRead))
    } catch {
      guard error.isAbsence else { return }
      notices.append(.input(.removedWhileRead))
    }
    saidItMoved = true
  }

  private func reopen(after error: SystemError) throws(InputFailure) {
    reopened = true
    notices.append(.input(.reopened(code: error.code, offset: position)))
    let again = try translated { () throws(SystemError) in
      try OpenFile(path: path.path, calls: file.calls)
    }
    guard again.status.identity == file.status.identity else { throw InputFailure(error) }
    file = again
  }
}
