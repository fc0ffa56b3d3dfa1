import Foundation
import Testing

/// Logs of several servers that get lines at the current time on a thread of its own: some are out of
/// order, some late, and one server's clock is behind.
final class LiveLogs: @unchecked Sendable {
  /// By how many seconds the last server's clock is behind.
  private static let clockOffset = 4

  let folder: Folder
  let servers: Int
  /// Held while a line is written, so that a rotation is never in the middle of one.
  private let state = NSCondition()
  private var isStopped = false
  private var hasEnded = false
  private var written = 0
  private var failure: (any Error)?

  init(servers: Int) throws {
    folder = try Folder()
    self.servers = servers
    for server in 0..<servers { try append("", server) }
  }

  func path(_ server: Int) -> String { folder.path("web\(server).log") }

  /// Everything that a server has ever written, wherever rotations have put it.
  func whole(_ server: Int) -> String { folder.path("whole\(server)") }

  private func append(_ text: String, _ server: Int) throws {
    try folder.append(text, to: "web\(server).log")
    try folder.append(text, to: "whole\(server)")
  }

  func start() {
    Thread.detachNewThread { [self] in
      do {
        while !state.withLock({ isStopped }) {
          try state.withLock { try writeBurst() }
          Thread.sleep(forTimeInterval: 0.1)
        }
      } catch { state.withLock { failure = error } }
      state.withLock {
        hasEnded = true
        state.broadcast()
      }
    }
  }

  /// Writes some lines of each server.
  private func writeBurst() throws {
    let now = Int(Date().timeIntervalSince1970)
    for server in 0..<servers {
      let clock = now - (server == servers - 1 ? Self.clockOffset : 0)
      for _ in 0..<(1 + (written + server) % 3) {
        written += 1
        let delay = written % 31 == 0 ? 4 : (written % 5 == 0 ? 1 : 0)
        let status = [200, 200, 200, 301, 404, 500][written * 7 % 6]
        try append(
          "10.0.\(server).\(written % 30),-,-,\(clock - delay),GET /s\(written % 11)/x HTTP/1.1,"
            + "\(status),\(written)\n", server)
      }
    }
  }

  /// Renames a log and begins a new one.
  func rotate(_ server: Int) throws {
    try state.withLock {
      _ = try Ended.running("mv '\(path(server))' '\(path(server)).1'; : > '\(path(server))'")
    }
  }

  /// Ends the thread. The last line of every server has the same time, some seconds behind all others.
  func stop() throws {
    try state.withLock {
      isStopped = true
      while !hasEnded { state.wait() }
      if let failure { throw failure }
    }
    let last = Int(Date().timeIntervalSince1970) + 5
    for server in 0..<servers { try append("web,-,-,\(last),GET / HTTP/1.1,200,1\n", server) }
  }
}
