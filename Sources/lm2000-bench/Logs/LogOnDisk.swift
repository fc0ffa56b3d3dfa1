import Glibc

/// A log that is written and rotated as a server and logrotate would, in a directory of its own.
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

  func remove() {
    for name in [path] + (1...kept).map(old) { unlink(name) }
    rmdir(directory)
  }

  private func old(_ number: Int) -> String { "\(path).\(number)" }

  /// Opens the log to be written to, as a server does.
  func opened() -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { Measurement.stop(path + ": " + String(cString: strerror(errno))) }
    return descriptor
  }

  private func shift() {
    for number in stride(from: kept - 1, through: 1, by: -1) {
      rename(old(number), old(number + 1))
    }
  }

  /// Renames the log; it is there again when it is next opened.
  func rotate() {
    shift()
    rename(path, old(1))
  }

  /// Copies the log and cuts it short.
  func copyAndTruncate() {
    shift()
    let source = open(path, O_RDWR | O_CLOEXEC)
    let copy = open(old(1), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
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

/// Numbered lines at a rate, written a millisecond's worth at once.
struct PacedWriter {
  /// Lines a second.
  static let rate = 20_000
  private static let atOnce = rate / 1000

  private let start = ContinuousClock.now
  private(set) var written = 0

  /// Writes lines, and waits where they come too soon.
  mutating func write(_ lines: Int, to descriptor: Int32) {
    var left = lines
    while left > 0 {
      let count = min(left, Self.atOnce)
      let text = (written..<written + count).map { "\($0) a line of an access log\n" }.joined()
      let bytes = Array(text.utf8)
      guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
        Measurement.stop("the log: short write")
      }
      written += count
      left -= count
      wait()
    }
  }

  private func wait() {
    let due = Duration.seconds(Double(written) / Double(Self.rate))
    let (seconds, attoseconds) = (due - (ContinuousClock.now - start)).components
    guard seconds >= 0, attoseconds > 0 else { return }
    usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
