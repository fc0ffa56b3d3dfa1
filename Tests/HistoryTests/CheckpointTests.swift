import AccessLog
import Foundation
import Testing
import TrafficAnalysis

@testable import History

@Suite struct CheckpointTests {
  private let folder: Folder
  private let log = Name("/var/log/access.log")

  init() throws { folder = try Folder() }

  private func store(_ context: HistoryContext = context()) throws -> HistoryStore {
    try HistoryStore(folder.history, context)
  }

  @Test func thePositionsOfTheLastRunAreThereAtOnce() throws {
    let first = try store()
    #expect(first.checkpoints.isEmpty)
    for position in UInt8(0)..<100 {
      first.add(minute: minute(Int64(position), hits: 1))
      first.save(checkpoints: [log: [position], Name([0xFF]): []])
    }
    #expect(first.finish(within: 30) == nil)
    let second = try store()
    #expect(second.checkpoints == [log: [99], Name([0xFF]): []])
    second.setAside(checkpoint: log, reason: "the log was replaced")
    #expect(second.finish(within: 30) == nil)
    let third = try store()
    #expect(third.checkpoints == [Name([0xFF]): []])
    #expect(third.finish() == nil)
    #expect(
      try folder.sqlite("SELECT data = x'63', reason FROM rejected_checkpoints")
        == "1|the log was replaced")
  }

  @Test(arguments: ["data = x'0103'", "data = x''", "sum = x'00'", "source = x'41'"])
  func aDamagedPositionIsKeptAside(damage: String) throws {
    let first = try store()
    first.save(checkpoints: [log: [1, 2]])
    #expect(first.finish(within: 30) == nil)
    _ = try folder.sqlite("UPDATE checkpoints SET \(damage)")
    let second = try store()
    #expect(second.checkpoints.isEmpty)
    #expect(second.drainNotices().count == 1)
    #expect(second.finish(within: 30) == nil)
    #expect(
      try folder.sqlite(
        "SELECT (SELECT count(*) FROM checkpoints), (SELECT count(*) FROM rejected_checkpoints)")
        == "0|1")
  }

  /// What a position stands behind is saved with it or before it.
  @Test func noPositionIsSavedBehindALoss() throws {
    var limits = HistoryLimits()
    limits.capacity = 3
    limits.firstPause = 0.01
    let first = try store(context(limits: limits))
    #expect(first.drained())
    // Nothing can be saved while another program writes.
    let other = try Connection(folder.history, .write)
    try other.run("BEGIN IMMEDIATE")
    first.save(checkpoints: [log: [1]])
    for number in Int64(0)..<5 { first.add(minute: minute(number, hits: 1)) }
    first.save(checkpoints: [log: [2]])
    #expect(first.state.dropped > 0)
    #expect(first.drainNotices() == [.incomplete])
    try other.run("ROLLBACK")
    #expect(poll { first.state.waiting == 0 })
    #expect(first.state.problem?.contains("had no room") == true)
    first.save(checkpoints: [log: [3]])
    #expect(first.finish(within: 30)?.count == first.state.dropped)
    #expect(try store().checkpoints == [log: [1]])
  }

  @Test func aPositionThatIsNotSavedAtTheEndIsReported() throws {
    let first = try store()
    #expect(first.drained())
    let other = try Connection(folder.history, .write)
    try other.run("BEGIN IMMEDIATE")
    first.save(checkpoints: [log: [1]])
    #expect(poll { first.state.failure != nil })
    let unsaved = first.finish(within: 0.1)
    #expect(unsaved?.text == "the positions in logs are not saved: database is locked")
    try other.run("ROLLBACK")
  }

  /// A source that goes away keeps its position, and one that has not moved is not written again.
  @Test func positionsAreKeptOneByOne() throws {
    let other = Name("/var/log/other.log")
    let first = try store()
    first.save(checkpoints: [log: [1], other: [2]])
    #expect(first.finish(within: 30) == nil)
    let second = try store()
    second.save(checkpoints: second.checkpoints)
    second.save(checkpoints: [log: [3]])
    #expect(second.finish(within: 30) == nil)
    let third = try store()
    #expect(third.checkpoints == [log: [3], other: [2]])
    #expect(third.finish(within: 30) == nil)
  }

  /// A run that reads nothing again adds to what was saved with the position, however often that is.
  @Test func aMinuteContinuesWithWhatWasCountedBeforeThePosition() throws {
    let part = minute(hits: 5, names: [("/a", 3), ("/b", 2)], clients: 4, partial: true)
    let first = try store()
    first.save(checkpoints: [log: [1]], part: MinutePart(part, .whole))
    #expect(first.finish(within: 30) == nil)
    for more in 1...3 {
      let next = try store()
      let rest = minute(hits: 2, names: [("/b", 2)], clients: 1, partial: true)
      // Saved twice: what counts is what this run has read so far.
      next.save(checkpoints: [log: [UInt8(more), 0]], part: MinutePart(rest, .continued))
      #expect(next.drained())
      next.save(checkpoints: [log: [UInt8(more), 1]], part: MinutePart(rest, .continued))
      #expect(next.finish(within: 30) == nil)
      #expect(
        try folder.sqlite("SELECT hits, unique_clients FROM minute_parts") == "\(5 + 2 * more)|4")
    }
    let last = try store()
    last.add(minute: minute(hits: 1, names: [("/c", 1)]), .continued)
    last.add(minute: minute(1, hits: 9), .continued)
    #expect(last.finish(within: 30) == nil)
    #expect(try folder.sqlite("SELECT hits FROM minutes ORDER BY time") == "12\n9")
    #expect(
      try folder.sqlite("SELECT name, hits FROM names WHERE time = (SELECT min(time) FROM minutes)")
        == "/a|3\n/b|8\n/c|1")
  }
}
