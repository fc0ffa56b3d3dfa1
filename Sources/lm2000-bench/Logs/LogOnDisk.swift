import Glibc

/// A log in a directory of its own, written and rotated as a server and logrotate do.
final class LogOnDisk: Sendable {
  /// How many old files are kept.
  private let kept: Int

  let directory: String
  var path: String { directory + "/access.log" }

  init(kept: Int = 5) {
    self.kept = kept
    var template = Array("/tmp/lm2000-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      Measurement.stop("/tmp: " + String(cString: strerror(errno)))
    }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes the log, the rotated files and the directory.
  func remove() {
    for name in [path] + (1...kept).map(rotatedPath) { unlink(name) }
    rmdir(directory)
  }

  private func rotatedPath(_ number: Int) -> String { "\(path).\(number)" }

  /// Opens the log for appending, as a server does, and creates it where it does not exist.
  func openForAppending() -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { Measurement.stop(path + ": " + String(cString: strerror(errno))) }
    return descriptor
  }

  private func shiftRotatedFiles() {
    for number in stride(from: kept - 1, through: 1, by: -1) {
      rename(rotatedPath(number), rotatedPath(number + 1))
    }
  }

  /// Renames the log; the next `openForAppending` creates a new one.
  func rotate() {
    shiftRotatedFiles()
    rename(path, rotatedPath(1))
  }

  /// Copies the log and truncates it.
  func copyAndTruncate() {
    shiftRotatedFiles()
    let source = open(path, O_RDWR | O_CLOEXEC)
    let copy = open(rotatedPath(1), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    defer {
      close(source)
      close(copy)
    }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &block, block.count)
      guard count > 0 else { break }
      guard write(copy, block, count) == count else { Measurement.stop("the copy: short write") }
    }
    ftruncate(source, 0)
  }
}
