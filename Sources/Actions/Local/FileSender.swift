import Glibc
import PrivateFiles
import Synchronization

/// Appends notifications to a file, one JSON object a line. A line is there as a whole or not at all.
final class FileSender: Sender {
  private let path: String
  private let origin: Origin
  private let file = Mutex<OpenFile?>(nil)

  private struct OpenFile {
    var descriptor: Int32
    var device: dev_t
    var inode: ino_t
    var isRegular: Bool
  }

  init(_ path: String, origin: Origin) {
    self.path = path
    self.origin = origin
  }

  deinit { file.withLock { $0.map { _ = close($0.descriptor) } } }

  func send(_ notification: ActionNotification) -> SendResult {
    let line = notification.body(origin, fieldLimit: nil) + [UInt8(ascii: "\n")]
    return file.withLock { file in
      do throws(FileProblem) {
        try reopenIfNeeded(&file)
        if let file { try append(line, to: file) }
        return .sent
      } catch {
        // The next attempt opens it anew.
        if let open = file { close(open.descriptor) }
        file = nil
        return .failed(error.reason)
      }
    }
  }

  // MARK: - Opening

  /// Opens the file, also after it was renamed or removed.
  private func reopenIfNeeded(_ file: inout OpenFile?) throws(FileProblem) {
    if let open = file {
      var status = stat()
      if lstat(path, &status) == 0, status.st_ino == open.inode, status.st_dev == open.device {
        return
      }
      close(open.descriptor)
      file = nil
    }
    try checkFolder()
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? FileProblem("is a symbolic link") : FileProblem.last
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw FileProblem.last
    }
    let kind = status.st_mode & S_IFMT
    let isOurs = status.st_uid == 0 || status.st_uid == geteuid()
    guard kind == S_IFCHR || kind == S_IFREG && isOurs && status.st_nlink <= 1 else {
      close(descriptor)
      throw FileProblem("not a regular file of this user")
    }
    let new = OpenFile(
      descriptor: descriptor, device: status.st_dev, inode: status.st_ino,
      isRegular: kind == S_IFREG)
    file = new
    if new.isRegular { try repairEnd(of: descriptor, size: Int(status.st_size)) }
  }

  /// In a folder that others may write to, they could put another file in its place.
  private func checkFolder() throws(FileProblem) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = stat()
    guard stat(folder, &status) == 0 else { throw FileProblem.last }
    let isOurs = status.st_uid == 0 || status.st_uid == geteuid()
    guard isOurs, status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
      throw FileProblem("unsafe directory: others may write to it")
    }
  }

  // MARK: - Writing

  /// The part of a file's end in which the last line is looked for, in bytes.
  private static let endLimit = 1 << 20

  /// Removes part of a line of ours that a former run has left at the end; behind anything else that
  /// does not end in a newline, one is added.
  private func repairEnd(of descriptor: Int32, size: Int) throws(FileProblem) {
    guard size > 0 else { return }
    var end = [UInt8](repeating: 0, count: min(size, Self.endLimit))
    let offset = size - end.count
    let count = end.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
    }
    guard count == end.count, end.last != UInt8(ascii: "\n") else { return }
    let start = end.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    if offset + start == 0 || start > 0, end[start...].starts(with: "{\"event\":".utf8) {
      guard ftruncate(descriptor, off_t(offset + start)) == 0 else { throw FileProblem.last }
    } else {
      var newline = UInt8(ascii: "\n")
      guard write(descriptor, &newline, 1) == 1 else { throw FileProblem.last }
    }
  }

  /// Writes a line at once, and takes back what was written of one that does not fit. (write(2))
  private func append(_ line: [UInt8], to file: OpenFile) throws(FileProblem) {
    var written = 0
    while written < line.count {
      let count = line.withUnsafeBytes {
        write(file.descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = FileProblem.last
        var status = stat()
        if written > 0, file.isRegular, fstat(file.descriptor, &status) == 0 {
          _ = ftruncate(file.descriptor, max(0, status.st_size - off_t(written)))
        }
        throw problem
      }
      // Only the second call tells why the first one was cut short.
      written += count
    }
  }
}
