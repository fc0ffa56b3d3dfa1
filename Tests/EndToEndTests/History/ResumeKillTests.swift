import Foundation
import Testing

/// Runs of the built program are killed at random moments while the log is written and rotated.
@Suite(.ownThreads, .serialized, .enabled(if: hasSQLite, "sqlite3 is not installed"))
struct ResumeKillTests {
  private static let kills =
    ProcessInfo.processInfo.environment["LM2000_KILLS"].flatMap(Int.init) ?? 12

  /// At random moments (two hundred times with LM2000_KILLS=200). The log is rotated by renaming it, and by
  /// copying and truncating it.
  @Test func everyLineCountsOnceHoweverOftenTheProgramIsKilled() throws {
    // Two hundred kills take about 100 hours of the log.
    let log = try ContinuedLog(hours: Self.kills + 3)
    let writer = RotatedWriter(log)
    let writtenBefore = 60
    try log.append(0..<writtenBefore)
    var errors = try beginHistory(log)
    writer.start(at: writtenBefore)
    for _ in 0..<Self.kills {
      let watcher = try log.follow()
      usleep(UInt32.random(in: 0..<1_500_000))
      try watcher.kill()
      errors += watcher.errors
    }
    let count = try writer.stop()
    let last = try log.follow()
    try log.append(count..<count + 1)
    try log.wait(for: count, last)
    try last.stop()
    errors += last.errors
    #expect(errors == "")
    #expect(try log.sqlite("PRAGMA integrity_check") == "ok")
    #expect(try log.rejected == 0)
    #expect(try log.savedHits == count + 1)
    let wrong = try log.sqlite(
      "SELECT time, hits FROM minutes WHERE hits <> 60 AND time < \(log.start + count / 60 * 60)")
    #expect(wrong == "")
  }

  /// Lets a run save a place in the log: what is rotated before that, no later run knows of.
  ///
  /// - Returns: what it wrote on standard error.
  private func beginHistory(_ log: ContinuedLog) throws -> String {
    let first = try log.follow()
    // sqlite3 would create the file.
    let count = "sqlite3 h.db 'SELECT count(*) FROM checkpoints'"
    try poll("a place is saved") {
      try log.shell("test ! -s h.db || \(count) 2>&1 || :") == "1\n" ? true : nil
    }
    try first.kill()
    return first.errors
  }
}
