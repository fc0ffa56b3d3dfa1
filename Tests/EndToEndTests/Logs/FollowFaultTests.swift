import Foundation
import Testing

/// What happens to a log while the built program follows it.
@Suite(.ownThreads, .serialized) struct FollowFaultTests {
  private let log: FollowedLog

  init() throws { log = try FollowedLog() }

  /// All files are kept, so that the result does not depend on the load of the machine.
  @Test(arguments: ["rotations 100 --lines 500 --keep 100", "copytruncates 100 --keep 100"])
  func nothingIsLostOrReadTwiceWhileALogIsRotated(bench: String) throws {
    let ended = try Ended.running("\(Built.folder)/lm2000-bench \(bench)")
    #expect(ended.output.contains("lost 0, read twice 0, out of order 0, torn 0"))
    #expect(ended.output.contains(", 0 files missed"))
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
  }

  @Test func aMissingLogIsWaitedFor() throws {
    let watcher = try log.follow("--verbose")
    try poll("the program waits for it") {
      watcher.errors.contains("access.log: waiting for it to appear\n") ? true : nil
    }
    try log.append(0..<10)
    try watcher.wait(forHits: 10)
    #expect(watcher.errors.contains("access.log: following it\n"))
    _ = try Ended.running("mv '\(log.path)' '\(log.path).1'")
    try log.append(10..<15, to: "access.log.1")
    try watcher.wait(forHits: 15)
    try log.append(15..<20)
    try watcher.wait(forHits: 20)
    try log.expectEnd(watcher, hits: 20)
    #expect(watcher.errors.hasSuffix("access.log: 1 rotation\n"))
  }

  /// If one is kept, the first file is deleted, but the program holds its descriptor.
  @Test(arguments: [5, 1])
  func filesThatAreRotatedWhileTheProgramIsStoppedAreRead(keep: Int) throws {
    try log.append(0..<1)
    let watcher = try log.follow()
    try watcher.wait(forHits: 1)
    try watcher.signal("STOP")
    for number in 0..<3 {
      try log.append(1 + number * 100..<101 + number * 100)
      if number < 2 { try log.rotate(keep: keep) }
    }
    try watcher.signal("CONT")
    try watcher.wait(forHits: 301)
    try log.expectEnd(watcher, hits: 301)
    #expect(watcher.errors == "")
  }

  @Test func aFileThatWasDeletedUnreadIsCounted() throws {
    try log.append(0..<1)
    let watcher = try log.follow()
    try watcher.wait(forHits: 1)
    try watcher.signal("STOP")
    for number in 1...3 {
      try log.rotate(keep: 1)
      try log.append(number * 100..<number * 100 + 100)
    }
    try watcher.signal("CONT")
    try watcher.wait(forHits: 201)
    try log.expectEnd(watcher, hits: 201)
    #expect(watcher.errors.contains("access.log: 1 rotated file disappeared unread\n"))
  }

  /// A second closes when a later one is read, and never because time passes. The reported hits therefore
  /// tell how much was read: everything but the line that closed the previous second.
  @Test func batchesThatReplaceEachOtherAreAllRead() throws {
    try log.append(0..<0)
    let watcher = try log.follow("--idle-grace 86400")
    let file = try #require(FileHandle(forUpdatingAtPath: log.path))
    var date = Date().addingTimeInterval(-3_600)
    for batch in 0..<40 {
      let last = batch * 500 + 499
      let text =
        FollowedLog.lines(batch * 500..<last, at: date)
        + FollowedLog.lines(last..<last + 1, at: date.addingTimeInterval(4))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: Data(text.utf8))
      try watcher.wait(forHits: last)
      date += 5
    }
    try log.expectEnd(watcher, hits: 20_000)
    #expect(watcher.errors.hasSuffix("access.log: 39 truncations\n"))
  }

  @Test func aPartialLineCountsOnceItIsComplete() throws {
    try log.append(0..<1)
    let watcher = try log.follow()
    try watcher.wait(forHits: 1)
    let line = FollowedLog.lines(1..<2)
    try log.append(2..<3)
    try log.folder.append(String(line.prefix(40)), to: "access.log")
    try watcher.wait(forHits: 2)
    try log.folder.append(String(line.dropFirst(40)), to: "access.log")
    // The line may be late by now.
    try log.append(3..<4)
    try poll("all are read") {
      let hits = watcher.events("interval").compactMap { $0["hits"] as? Int }.reduce(0, +)
      return hits >= 3 ? true : nil
    }
    try log.expectEnd(watcher, hits: 4)
  }

  @Test func fewDescriptorsAreEnoughForManyRotations() throws {
    try log.append(0..<10)
    // In addition to the inherited ones.
    let watcher = try Watcher(
      "--follow --output ndjson '\(log.path)'",
      limits: "ulimit -n $(($(ls /proc/$$/fd | wc -l) + 21))")
    try watcher.wait(forHits: 10)
    for number in 1...12 {
      try log.rotate(keep: 3)
      try log.append(number * 10..<number * 10 + 10)
      // Only three files are kept: on a busy machine the next rotations could delete it unread.
      try poll("it has the new file") { try watcher.waits(for: log.path) }
    }
    try watcher.wait(forHits: 130)
    try log.expectEnd(watcher, hits: 130)
    #expect(!watcher.errors.contains("unread"))
    let tooFew = try Ended.running(
      "ulimit -n 16; \(Built.program) --follow --output text '\(log.path)'")
    #expect(tooFew.status == 1)
    #expect(tooFew.errors.hasPrefix("lm2000: ulimit -n 16: Too many open files; "))
  }

  @Test func theCostOfQuietLogsCanBeMeasured() throws {
    // The benchmark has the figures; this only checks that it works.
    let ended = try Ended.running("\(Built.folder)/lm2000-bench idle 1")
    #expect(ended.status == 0)
    #expect(ended.output.hasPrefix("quiet logs followed for 1 s\n"))
    let rows = ended.output.split(separator: "\n").dropFirst(2)
    #expect(rows.map { $0.prefix { $0 != " " } } == ["1", "10", "100"])
  }
}
