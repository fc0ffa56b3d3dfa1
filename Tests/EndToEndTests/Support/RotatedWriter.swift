import Foundation
import Testing

/// Appends lines to a log on a thread of its own and rotates it at random, by renaming and by copying it,
/// as logrotate does.
final class RotatedWriter: @unchecked Sendable {
  /// The seconds of the log that pass in one of the clock: many minutes close during a test.
  static let speed = 600.0
  private static let keptFiles = 60

  private let log: ContinuedLog
  private let state = NSCondition()
  private var isStopped = false
  private var hasEnded = false
  private var written = 0
  private var failure: (any Error)?

  init(_ log: ContinuedLog) { self.log = log }

  /// - Parameter line: the number of the first line that it writes.
  func start(at line: Int) {
    written = line
    Thread.detachNewThread { [self] in
      do {
        while !isOver { try work() }
      } catch { state.withLock { failure = error } }
      state.withLock {
        hasEnded = true
        state.broadcast()
      }
    }
  }

  private var isOver: Bool { state.withLock { isStopped } }

  /// Ends the thread.
  ///
  /// - Returns: the number of lines in all.
  func stop() throws -> Int {
    try state.withLock {
      isStopped = true
      while !hasEnded { state.wait() }
      if let failure { throw failure }
      return written
    }
  }

  private func work() throws {
    let count = Int.random(in: 1...30)
    try log.append(written..<written + count)
    written += count
    Thread.sleep(forTimeInterval: Double(count) / Self.speed)
    if Int.random(in: 0..<20) == 0 { try rotate() }
  }

  private func rotate() throws {
    var script = "rm -f access.log.\(Self.keptFiles)*\n"
    for number in (1..<Self.keptFiles).reversed() {
      for ending in ["", ".gz"] where exists("access.log.\(number)\(ending)") {
        script += "mv access.log.\(number)\(ending) access.log.\(number + 1)\(ending)\n"
      }
    }
    script +=
      Bool.random()
      ? "mv access.log access.log.1; : > access.log"
      : "cp access.log access.log.1; : > access.log"
    try log.shell(script)
    if Int.random(in: 0..<3) == 0, exists("access.log.2") {
      try log.shell("gzip access.log.2")
    }
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: log.folder.path(name))
  }
}
