import Foundation
import Testing

/// A run of the built program that continues an earlier one with the same history: every line counts once,
/// whatever has become of the log meanwhile.
@Suite(.ownThreads, .serialized, .enabled(if: hasSQLite, "sqlite3 is not installed"))
struct ResumeRunTests {
  private let log: ContinuedLog

  init() throws { log = try ContinuedLog() }

  /// The rest of the line comes while nothing runs.
  @Test func aLineOfWhichHalfWasThereAtTheStopCountsOnce() throws {
    try log.append(0..<10)
    let line = ContinuedLog.lines(10..<11, from: log.start)
    try log.folder.append(String(line.prefix(40)), to: "access.log")
    try log.run(hits: 10, through: 9)
    try log.folder.append(String(line.dropFirst(40)), to: "access.log")
    try log.run(hits: 1, through: 10)
    #expect(try log.savedHits == 11)
    try log.run(hits: 0, through: 10)
    #expect(try log.savedHits == 11)
  }
}
