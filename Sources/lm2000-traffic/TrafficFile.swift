import Glibc

/// An output file, or standard output.
struct TrafficFile {
  private let descriptor: Int32
  private let name: String

  static let standardError = TrafficFile(descriptor: 2, name: "standard error")

  private init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// Creates or truncates a file; the path `-` stands for standard output. (open(2))
  init(path: [UInt8]) throws(TrafficFailure) {
    guard path != [UInt8(ascii: "-")] else {
      self.init(descriptor: 1, name: "standard output")
      return
    }
    let name = String(decoding: path, as: UTF8.self)
    let opened = (path + [0]).withUnsafeBytes {
      open(
        $0.bindMemory(to: CChar.self).baseAddress!, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    guard opened >= 0 else { throw .cannotWrite(path: name, code: errno) }
    self.init(descriptor: opened, name: name)
  }

  /// Writes all bytes; blocks until they are written. (write(2))
  func write(_ bytes: [UInt8]) throws(TrafficFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .cannotWrite(path: name, code: errno)
      }
    }
  }
}
