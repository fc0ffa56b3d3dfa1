import Foundation
import Testing

/// Runs of the built program that follow several logs, not always the same ones.
@Suite(.ownThreads, .enabled(if: hasSQLite, "sqlite3 is not installed"))
struct ResumedSourcesTests {
  private let log: ContinuedLog
  private static let both = ["access.log", "other.log"]

  init() throws { log = try ContinuedLog() }

  /// Appends different lines of the same seconds to both.
  private func append(_ numbers: Range<Int>) throws {
    try log.append(numbers, to: "access.log")
    let lines = ContinuedLog.lines(numbers, from: log.start)
    try log.folder.append(lines.replacing("/a/", with: "/b/"), to: "other.log")
  }

  @Test(arguments: [
    ":", "mv other.log other.log.1", "cp access.log access.log.1; : > access.log",
    "mv access.log access.log.1; gzip access.log.1",
  ])
  func eachLogIsContinuedAtItsOwnPlace(change: String) throws {
    try append(0..<100)
    try log.run(hits: 200, through: 99, logs: Self.both)
    try log.append(100..<120)
    try log.shell(change)
    try append(120..<140)
    let watcher = try log.run(hits: 60, through: 139, logs: Self.both)
    #expect(watcher.errors == "")
    #expect(try log.savedHits == 260)
  }

  /// One that is named in another order, or by another path, is the same.
  @Test func logsAreKnownByTheirAbsolutePaths() throws {
    try append(0..<100)
    try log.run(hits: 200, through: 99, logs: Self.both)
    try append(100..<120)
    let watcher = try log.run(hits: 40, through: 119, logs: ["./other.log", "access.log"])
    #expect(watcher.errors == "")
    #expect(try log.savedHits == 240)
  }

  @Test func aLogThatIsLeftOutIsContinuedLater() throws {
    try append(0..<100)
    try log.run(hits: 200, through: 99, logs: Self.both)
    try append(120..<140)
    try log.run(hits: 20, through: 139)
    try append(240..<260)
    let watcher = try log.run(hits: 60, through: 259, logs: Self.both)
    #expect(watcher.errors == "")
    #expect(try log.savedHits == 280)
  }

  /// It adds nothing to minutes that are complete.
  @Test func aLogThatIsNamedForTheFirstTimeCountsFromWhereTheOthersContinue() throws {
    try append(0..<100)
    try log.run(hits: 100, through: 99)
    try append(120..<140)
    let watcher = try log.run(hits: 140, through: 139, logs: Self.both)
    #expect(watcher.errors == "")
    #expect(try log.savedHits == 180)
  }

  @Test func aLogThatIsGoneKeepsNoOtherFromBeingContinued() throws {
    try append(0..<100)
    try log.run(hits: 200, through: 99, logs: Self.both)
    try log.shell("rm other.log")
    try log.append(120..<140)
    let watcher = try log.run(hits: 20, through: 139, logs: Self.both)
    #expect(watcher.errors.contains("other.log: the place where the last run stopped is gone"))
    #expect(try log.savedHits == 220)
    try append(140..<160)
    try log.run(hits: 40, through: 159, logs: Self.both)
    #expect(try log.savedHits == 260)
  }
}
