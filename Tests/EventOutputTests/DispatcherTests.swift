import AccessLog
import Testing
import TrafficAnalysis

@testable import EventOutput

/// Writes down what several actions are handed.
private final class Journal {
  var entries: [String] = []
}

private struct Recorder: Action {
  let name: String
  let journal: Journal
  var failsAt: Int?
  private var count = 0

  init(_ name: String, _ journal: Journal, failsAt: Int? = nil) {
    (self.name, self.journal, self.failsAt) = (name, journal, failsAt)
  }

  mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    count += 1
    if count == failsAt { throw .closed }
    journal.entries.append("\(name)\(count)")
  }
}

struct DispatcherTests {
  private let journal = Journal()

  @Test func anEventReachesEveryActionBeforeTheNextOneReachesAny() throws {
    var dispatcher = Dispatcher()
    dispatcher.add(Recorder("a", journal))
    dispatcher.add(Recorder("b", journal))
    try dispatcher.handle([triggered(), recovered()], isRecent: false)
    #expect(journal.entries == ["a1", "b1", "a2", "b2"])
  }

  @Test(arguments: [(false, ["all1"]), (true, ["all1", "news1"])])
  func anActionForRecentEventsGetsNoOthers(isRecent: Bool, handed: [String]) throws {
    var dispatcher = Dispatcher()
    dispatcher.add(Recorder("all", journal))
    dispatcher.add(Recorder("news", journal), interest: .recent)
    try dispatcher.handle([triggered()], isRecent: isRecent)
    #expect(journal.entries == handed)
  }

  @Test func aFailureStopsTheDispatch() {
    var dispatcher = Dispatcher()
    dispatcher.add(Recorder("a", journal, failsAt: 2))
    dispatcher.add(Recorder("b", journal))
    #expect(throws: OutputFailure.closed) {
      try dispatcher.handle([triggered(), recovered(), triggered()], isRecent: true)
    }
    #expect(journal.entries == ["a1", "b1"])
  }

  @Test func theBellRingsForTriggersAndNothingElse() throws {
    let journal = journal
    var bell = BellAction { () throws(OutputFailure) in journal.entries.append("ring") }
    let quiet: [MonitorEvent] = [
      recovered(), interval(), end(), .notice(.aheadOfWallClock(seconds: 90)),
    ]
    for event in quiet { try bell.handle(event) }
    #expect(journal.entries == [])
    try bell.handle(triggered())
    #expect(journal.entries == ["ring"])
  }

  @Test func noticesUseTheTimesOfTheOutput() {
    let range = EmptyRange(
      range: TimeRange(since: EpochSecond(100)), log: EpochSecond(1)...EpochSecond(2))
    let say: (Name?, String) -> Void = { [journal] in journal.entries.append($1) }
    var printers = [
      NoticePrinter(printLine: say), NoticePrinter(time: { "second \($0.value)" }, printLine: say),
    ]
    for index in printers.indices {
      for event in [triggered(), .notice(.emptyRange(range)), end()] {
        printers[index].handle(event)
      }
    }
    #expect(
      journal.entries == [
        "no record in the span; log: 1970-01-01T00:00:01Z to 1970-01-01T00:00:02Z; "
          + "asked: since 1970-01-01T00:01:40Z",
        "no record in the span; log: second 1 to 2; asked: since second 100",
      ])
  }
}
