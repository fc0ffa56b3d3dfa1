import AccessLog
import Glibc

/// A plain file read from a position to its end, wherever it is moved to meanwhile.
///
/// It can go back and forth: what replays a log keeps the positions it may want to return to.
package final class FileSource: LogSource {
  /// The path as it was given.
  package let path: Name
  /// Where the next byte comes from, from the start of the file.
  package private(set) var position: Int64
  /// The greatest position that reading has come to.
  package private(set) var furthest: Int64
  /// What went wrong and was mended, in a person's words; each is told once.
  private var notices: [String] = []
  private var file: OpenFile
  private var reopened = false
  private let growing: Bool

  /// Opens a regular file and looks at its first bytes.
  ///
  /// - Parameter growing: More may be appended: its end is no end.
  /// - Throws: Why it cannot be read: it does not exist, may not be read, is a directory, socket,
  ///   device or FIFO (which is a stream: `StreamSource`), or is not plain text.
  package init(
    path: Name, growing: Bool = false, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let file = try Self.open(path, calls)
    self.file = file
    self.path = path
    self.growing = growing
    position = 0
    furthest = 0
  }

  private static func open(
    _ path: Name, _ calls: FileSystemCalls
  ) throws(InputFailure) -> OpenFile {
    let file = try OpenFile(log: path, calls: calls)
    let firstBytes = try translated { () throws(SystemError) in
      try file.bytes(ContentCheck.length, at: 0)
    }
    if let refusal = ContentCheck.refusal(firstBytes: firstBytes) { throw refusal }
    return file
  }

  private init(sharing other: FileSource, at position: Int64) {
    path = other.path
    growing = other.growing
    file = other.file
    self.position = position
    furthest = position
  }
}

// MARK: - Reading

extension FileSource {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let bytes: Int
    do throws(SystemError) {
      bytes = try file.read(into: buffer, at: position)
      reopened = false
    } catch {
      guard error.asksForReopening, !reopened else { throw InputFailure(error) }
      try reopen(after: error)
      return try read(into: buffer)
    }
    guard bytes > 0 else { return growing ? .caughtUp : .end }
    position += Int64(bytes)
    furthest = max(furthest, position)
    return .bytes(bytes)
  }

  /// How big the file is now, in bytes.
  package var size: Int64 { (try? file.currentStatus().size) ?? file.status.size }

  /// Goes to a position from the start of the file, in bytes.
  package func seek(to position: Int64) {
    self.position = max(0, position)
  }

  /// Goes to where the last `lines` lines begin, reading backwards from the end; an unfinished one at
  /// the end is one of them. With 0 it is the end, or where more may come, the start of a line that
  /// is unfinished there: it is new once it is finished.
  package func seekToLast(lines: Int) throws(InputFailure) {
    position = try translated { () throws(SystemError) in
      let size = try file.currentStatus().size
      guard lines > 0 || growing else { return size }
      return try LastLines.start(of: lines, in: file, size: size)
    }
  }

  /// Another reader of the same open file with a position of its own, to look ahead with.
  package func reader(at position: Int64) -> FileSource {
    FileSource(sharing: self, at: max(0, position))
  }

  /// What went wrong and was mended since the last call.
  package func takeNotices() -> [String] {
    defer { notices = [] }
    return notices
  }

  /// Where it stands.
  package var state: SourceState {
    SourceState(
      path: path,
      phase: position >= size
        ? (growing ? .following : .ended) : .loading(read: position, total: size))
  }

  private func reopen(after error: SystemError) throws(InputFailure) {
    reopened = true
    notices.append("\(error.reason), opened again at byte \(position)")
    let again = try translated { () throws(SystemError) in
      try OpenFile(path: path.path, calls: file.calls)
    }
    guard again.status.identity == file.status.identity else { throw InputFailure(error) }
    file = again
  }
}
