import AccessLog
import ReceiverKit
import Spooling
import Testing
import TrafficAnalysis

@testable import InfluxOutput

/// A sender and an HTTP server that answers in different ways.
@Suite(
  .serialized,
  .enabled(if: Receiver.areExpected(Receiver.python), "needs python3"))
struct SenderTests {
  private let folder: Folder
  private let spool: String

  init() throws {
    folder = try Folder()
    spool = folder.path("spool")
  }

  private func bodies(_ receiver: Receiver) -> [String] {
    receiver.received.compactMap { $0["body"] as? String }
  }

  private func text(_ reports: [IntervalReport]) -> String {
    let points = IntervalPoints(tags: testTags, ranked: [])
    return String(decoding: reports.flatMap { points.lines(of: $0).flatMap { $0 } }, as: UTF8.self)
  }

  @Test func everythingIsSentInOrder() throws {
    let receiver = try Receiver.web("204")
    var limits = quickLimits()
    limits.batchPoints = 10
    let sender = try sender(to: receiver.url + "write?db=x", spool: spool, limits: limits)
    let reports = (0..<50).map { sampleInterval(from: $0 * 10) }
    for report in reports {
      sender.add(report)
      sender.waitForRoom()
    }
    #expect(sender.finish() == InfluxState())
    #expect(bodies(receiver).joined() == text(reports))
    #expect(receiver.received.allSatisfy { $0["path"] as? String == "/write?db=x&precision=s" })
    let folders = folder.names("spool").filter { !$0.hasSuffix(".sent") }
    #expect(folders.allSatisfy { folder.names("spool/" + $0).isEmpty })
  }

  @Test(arguments: ["fail", "429", "408", "503"])
  func aStoreThatCannotAnswerGetsTheSameBytesAgain(mode: String) throws {
    let receiver = try Receiver.web(mode)
    let sender = try sender(to: receiver.url, spool: spool)
    sender.add(sampleInterval())
    #expect(poll { bodies(receiver).count > 2 })
    #expect(sender.state.failure == "status \(mode == "fail" ? "500" : mode)")
    #expect(sender.state.notice?.text.hasSuffix("; 3 points wait") == true)
    sender.add(sampleInterval(from: 1_549_573_870))
    try receiver.folder.write("204", to: "mode")
    #expect(sender.finish() == InfluxState())
    let sent = bodies(receiver)
    #expect(Set(sent.dropLast()) == [text([sampleInterval()])])
    #expect(sent.last == text([sampleInterval(from: 1_549_573_870)]))
  }

  @Test(arguments: [
    ("400", "status 400"), ("401", "status 401: the login is missing or wrong"),
    ("404", "status 404: no such database or path"), ("redirect", "redirect refused"),
  ])
  func whatTheStoreRefusesIsToldAndNotSentAgain(mode: String, reason: String) throws {
    let receiver = try Receiver.web(mode)
    let sender = try sender(to: receiver.url, spool: spool)
    sender.add(sampleInterval())
    let state = sender.finish()
    #expect(state.refused == 3 && state.refusal == reason && state.waiting == 0)
    #expect(state.rest.map(\.text) == ["3 points refused: \(reason)"])
    #expect(bodies(receiver).count == 1)
  }

  @Test func whatIsNotSentIsSentFirstByTheNextRun() throws {
    let port = try Receiver.freePort()
    let url = "http://127.0.0.1:\(port)/write"
    do {
      let former = try sender(to: url, spool: spool)
      former.add(sampleInterval(from: 0))
      let state = former.finish()
      #expect(state.rest.map(\.text) == ["3 points wait in the spool (connection refused)"])
    }
    let receiver = try Receiver.web("ok", port: port)
    let sender = try sender(to: url, spool: spool)
    sender.start()
    sender.add(sampleInterval(from: 10))
    #expect(sender.finish() == InfluxState())
    #expect(bodies(receiver).joined() == text([sampleInterval(from: 0), sampleInterval(from: 10)]))
  }

  /// The log is read again, but its figures may be others now.
  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func whatAFormerRunHasSentIsNotSentAgain(isFirstFollowing: Bool, isNextFollowing: Bool) throws {
    let receiver = try Receiver.web("ok")
    for (hits, isFollowing) in [(5, isFirstFollowing), (6, isNextFollowing)] {
      let sender = try sender(to: receiver.url, spool: spool, isFollowing: isFollowing)
      sender.add(sampleInterval(from: 0, hits: hits))
      if hits == 6 { sender.add(sampleInterval(from: 10, hits: hits)) }
      let state = sender.finish()
      #expect(state.known == (hits == 6 ? 1 : 0) && state.waiting == 0 && state.rest.isEmpty)
    }
    #expect(
      bodies(receiver).joined()
        == text([sampleInterval(from: 0, hits: 5), sampleInterval(from: 10, hits: 6)]))
  }

  /// A replay may be set back.
  @Test func whatTheSameRunHasSentIsNotSentAgain() throws {
    let receiver = try Receiver.web("ok")
    let sender = try sender(to: receiver.url, spool: spool)
    for (second, hits) in [(Int64(0), 1), (10, 2), (0, 3), (10, 4), (20, 5)] {
      sender.add(sampleInterval(from: second, hits: hits))
    }
    #expect(sender.finish() == InfluxState())
    #expect(
      bodies(receiver).joined()
        == text([(0, 1), (10, 2), (20, 5)].map { sampleInterval(from: $0.0, hits: $0.1) }))
  }

  @Test func aMarkOfAWrongClockDoesNotCount() throws {
    let receiver = try Receiver.web("ok")
    for second in [Int64(1_600_000_000), 1_549_573_860] {
      let sender = try sender(to: receiver.url, spool: spool, isFollowing: true)
      sender.add(sampleInterval(from: second))
      #expect(sender.finish() == InfluxState())
    }
    #expect(bodies(receiver).count == 2)
  }

  @Test func aSilentStoreHoldsUpNobody() throws {
    let receiver = try Receiver.web("silent")
    let sender = try sender(to: receiver.url, spool: spool, mustBeComplete: false)
    let start = ContinuousClock.now
    for index in 0..<1_000 { sender.add(sampleInterval(from: Int64(index) * 10)) }
    #expect(start.duration(to: .now) < .seconds(10))
    #expect(sender.finish().waiting == 3_000)
    #expect(start.duration(to: .now) < .seconds(30))
  }

  @Test func whatFindsNoRoomInTheQueueIsCounted() throws {
    var limits = quickLimits()
    limits.queueCapacity = 6
    limits.batchDelay = 1_000
    let sender = try sender(
      to: "http://127.0.0.1:1/", spool: spool, mustBeComplete: false, limits: limits)
    for second in [Int64(0), 10, 20] { sender.add(sampleInterval(from: second)) }
    let state = sender.finish()
    #expect(state.lost == 3 && state.waiting == 6)
  }
}

@Suite struct RetryPauseTests {
  @Test func pausesBecomeLongerUpToALimit() {
    var pause = RetryPause(SpoolLimits())
    #expect((0..<6).map { _ in pause.next(random: 1) } == [0.5, 1, 2, 4, 5, 5])
    pause.reset()
    #expect(pause.next(random: 0) == 0.25)
  }
}
