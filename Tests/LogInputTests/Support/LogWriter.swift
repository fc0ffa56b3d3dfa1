import AccessLog
import Glibc

@testable import LogInput

/// A program that appends to a log and keeps it open.
final class LogWriter {
  private let descriptor: Int32

  init(_ path: Name) {
    descriptor = open(path.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
  }

  deinit { close(descriptor) }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
