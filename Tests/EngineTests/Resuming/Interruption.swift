import AccessLog
import Foundation
import LogInput

/// System calls of a run between which the log that it looks for is written and rotated.
final class Interruption: @unchecked Sendable {
  /// The most steps in a row, so that a run can begin at all.
  private static let limit = 12

  private let writer: RotatedLogWriter
  private var random = SeededRandom(seed: 1)
  private var steps = 0
  /// The thread whose calls are interrupted; others decompress ahead.
  private var thread: pthread_t?

  init(_ writer: RotatedLogWriter) { self.writer = writer }

  /// Interrupts the calls of this thread from now on.
  func begin() {
    thread = pthread_self()
    steps = 0
  }

  /// Lets the writer complete what it has begun.
  func end() throws {
    thread = nil
    try writer.finish()
  }

  /// Lets some time pass, in which the writer completes what it has begun.
  func pass() throws {
    try writer.finish()
    steps = Self.limit
  }

  private func interrupt() {
    guard let thread, pthread_equal(thread, pthread_self()) != 0, steps < Self.limit,
      random.next(6) == 0
    else { return }
    steps += 1
    try? writer.step()
  }

  var calls: FileSystemCalls {
    var calls = FileSystemCalls()
    let real = calls
    calls.open = { (path, flags) throws(SystemError) in
      self.interrupt()
      return try real.open(path, flags)
    }
    calls.readAt = { (descriptor, parts, count, offset) throws(SystemError) in
      self.interrupt()
      return try real.readAt(descriptor, parts, count, offset)
    }
    calls.status = { (descriptor, path) throws(SystemError) in
      self.interrupt()
      return try real.status(descriptor, path)
    }
    calls.names = { (path) throws(SystemError) in
      self.interrupt()
      return try real.names(path)
    }
    return calls
  }
}
