import Foundation
import TrafficGenerator

/// A simulated log in a temporary file, which the caller removes.
struct SimulatedLog {
  let path: String
  private var stream: TrafficStream
  var lines: Int { stream.lines }
  /// In bytes.
  private(set) var size = 0

  /// Ends the program where the file cannot be written.
  init(_ shape: LogShape, lines: Int) {
    path = TemporaryFolder.path + "/\(shape.name).log"
    stream = shape.stream()
    unlink(path)
    grow(to: lines)
  }

  /// Appends lines until there are so many, and waits until they are on the disk, where writing them
  /// no longer takes the time of what is measured next. (fsync(2))
  mutating func grow(to lines: Int) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { fail() }
    defer { close(file) }
    var bytes: [UInt8] = []
    while stream.lines < lines {
      stream.nextBlock(of: lines, into: &bytes)
      guard write(file, bytes, bytes.count) == bytes.count else { fail() }
      size += bytes.count
    }
    fsync(file)
  }

  private func fail() -> Never {
    Measurement.stop("\(path): \(String(cString: strerror(errno)))")
  }

  func remove() { unlink(path) }
}
