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
    try log.append(0..<0)
    writer.start()
    var errors = ""
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
}
