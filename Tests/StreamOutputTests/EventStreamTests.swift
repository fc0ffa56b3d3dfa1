import AccessLog
import EventOutput
import ReceiverKit
import Testing
import TrafficAnalysis

@testable import StreamOutput

@Suite struct EventStreamTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private let gap = MonitorEvent.gap(from: EpochSecond(10), to: EpochSecond(20))
  private let start = MonitorEvent.start(sources: [])
  private let end = MonitorEvent.end(EndReport(tally: LineTally(), first: nil, last: nil))

  /// Each event but notices, in order and with an id that does not depend on who computes it.
  @Test func everyEventIsSentWithItsID() throws {
    let carrier = FakeCarrier()
    let stream = try SpooledStream(context(folder.path("spool"), content: .events), carrier)
    var action = EventStreamAction(stream)
    let events = [start, gap, .notice(.unmatchedPeers(1)), .lines([65, 10]), end]
    for event in events { action.handle(event) }
    #expect(poll { carrier.arrived.count == 3 })
    #expect(stream.finish().waiting == 0)
    let texts = carrier.arrived.map { String(decoding: $0.value, as: UTF8.self) }
    for (text, event) in zip(texts, [start, gap, end]) {
      let plain = String(decoding: EventJSON.bytes(of: event).dropLast(), as: UTF8.self)
      let id = EventID(event)?.text ?? ""
      #expect(text == plain + ",\"id\":\"\(id)\"}")
      #expect(id.count == 32)
    }
    #expect(Set(texts).count == 3)
    #expect(carrier.arrived.allSatisfy { $0.key == testSender.bytes })
  }

  @Test func idsDifferWhereEventsDo() {
    let other = MonitorEvent.gap(from: EpochSecond(10), to: EpochSecond(30))
    var tally = LineTally()
    tally.lines = 1
    let otherEnd = MonitorEvent.end(EndReport(tally: tally, first: nil, last: nil))
    let ids = [start, gap, end, other, otherEnd].map { EventID($0)?.text }
    #expect(Set(ids).count == 5)
    #expect(EventID(MonitorEvent.gap(from: EpochSecond(10), to: EpochSecond(20))) == EventID(gap))
  }
}

@Suite struct StreamStateTests {
  @Test(arguments: [
    (0, 0, nil as String?, nil as String?),
    (1, 0, "refused", "broker away since T (refused); 1 second waits"),
    (
      1_234, 2, "refused",
      "broker away since T (refused); 1,234 seconds wait; 2 seconds lost: no room for them"
    ),
    (0, 1, nil, "1 second lost: no room for it"),
  ])
  func whatIsWrongIsSaidInAFewWords(waiting: Int, lost: Int, failure: String?, text: String?) {
    var state = StreamState(.seconds)
    (state.waiting, state.lost, state.failure) = (waiting, lost, failure)
    if failure != nil { state.awaySince = EpochSecond(0) }
    #expect(state.notice { _ in "T" }?.text == text)
  }
}
