import Foundation
import ReceiverKit
import Testing

@testable import Actions

@Suite struct ActionCenterTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func context() -> ActionCenter.Context {
    var context = ActionCenter.Context(
      environment: ["PATH": "/usr/bin:/bin"], origin: testOrigin, clock: testClock(),
      outboxPath: folder.path("outbox"))
    context.limits = quickLimits()
    return context
  }

  private func center(_ definitions: String...) throws -> ActionCenter {
    try ActionCenter(try definitions.map { try ActionDefinition(parsing: $0) }, context())
  }

  @Test func eachRuleReachesItsActionsAndEachActionSaysWhatBecameOfIt() throws {
    let center = try center(
      "a: file \(folder.path("a"))", "b: file \(folder.path("b")) with intervals",
      "c: file \(folder.path("none/c"))")
    _ = center.deliver(sample(), to: ["a", "c"])
    _ = center.deliver(sampleInterval(to: 20))
    center.finish()
    #expect(folder.text("a").split(separator: "\n").count == 1)
    #expect(folder.text("b").contains("\"event\":\"interval\""))
    let outcomes = center.board.outcomes(of: sample().id)
    #expect(outcomes.map(\.action) == ["a", "c"])
    #expect(outcomes[0].outcome == .sent(at: testClock().wall()))
    #expect(outcomes[0].outcome.text(time: { "\($0)" }).text == "sent 1549573957")
    #expect(center.board.revision > 0)
    #expect(!folder.names().contains("outbox"))
  }

  @Test func whatIsInFlightAtTheEndIsSentAgainWithTheSameID() throws {
    let script = try folder.script(
      "cat >> '\(folder.path("got"))'; echo >> '\(folder.path("got"))'; sleep 60")
    let first = try center("run: exec /bin/sh \(script)")
    _ = first.deliver(sample(at: 1))
    _ = first.deliver(sample(at: 2))
    #expect(poll { folder.text("got").contains("\n") })
    let start = ContinuousClock.now
    let unsent = first.finish(within: 0.2)
    #expect(unsent.map(\.text.text) == ["2 notifications not sent, kept for the next run"])
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(folder.names("outbox").count == 2)
    #expect(first.board.outcomes(of: sample(at: 1).id).first?.outcome == .waiting)

    _ = try folder.script("cat >> '\(folder.path("got"))'; echo >> '\(folder.path("got"))'")
    let second = try center("run: exec /bin/sh \(script)")
    #expect(poll { (try? second.resume()) == 0 })
    #expect(poll { folder.names("outbox").isEmpty })
    second.finish()
    let ids = folder.text("got").split(separator: "\n")
      .map { JSONReader.value(of: Array($0.utf8))?["id"]?.text }
    #expect(ids == [sample(at: 1).id, sample(at: 1).id, sample(at: 2).id])
  }

  @Test func whatHasFailedForGoodIsNotKept() throws {
    let center = try center("run: exec /bin/sh \(try folder.script("exit 3"))")
    _ = center.deliver(sample())
    #expect(
      poll { center.board.outcomes(of: sample().id).first?.outcome == .failed("exit status 3") })
    center.finish()
    #expect(folder.names("outbox").isEmpty)
  }

  @Test func whatCouldNotBeSavedIsNotCalledKept() throws {
    symlink("/", folder.path("outbox"))
    let center = try center("run: exec /bin/sh \(try folder.script("sleep 60"))")
    _ = center.deliver(sample())
    #expect(poll { center.outboxProblem != nil })
    #expect(center.finish(within: 0).map(\.text.text) == ["1 notification not sent"])
    #expect(center.losses.map(\.failed) == [1])
  }

  @Test func whatASummaryCountsIsNotSentAgain() throws {
    let former = Outbox(path: folder.path("outbox"))
    for second in 0..<15 { #expect(former.save(sample(at: Int64(second)), for: "run")) }
    let center = try center("run: exec /bin/sh \(try folder.script("exit 0"))")
    #expect(try center.resume() == 0)
    #expect(center.finish(within: 60).isEmpty)
    #expect(center.board.outcomes(of: sample(at: 14).id).map(\.outcome) == [.inSummary])
    #expect(folder.names("outbox").isEmpty)
  }

  @Test func aCenterThatSentNothingEndsAtOnce() throws {
    let center = try center("w: webhook http://127.0.0.1:1/")
    center.finish()
    #expect(folder.names().isEmpty)
  }

  @Test func aSecretThatOthersMayReadIsRefused() throws {
    try folder.write("https://h.example/geheim\n", to: "url", mode: 0o644)
    let error = #expect(throws: ActionCenter.SettingFailure.self) {
      try center("w: webhook file:\(folder.path("url"))")
    }
    #expect(
      error?.reason == "\(folder.path("url")): must be readable by its owner only; try: chmod 600")
    chmod(folder.path("url"), 0o600)
    _ = try center("w: webhook file:\(folder.path("url"))")
    try folder.write("ftp://h.example/geheim", to: "url")
    let wrong = #expect(throws: ActionCenter.SettingFailure.self) {
      try center("w: webhook file:\(folder.path("url"))")
    }
    #expect(wrong?.reason.contains("geheim") == false)
    #expect(throws: ActionCenter.SettingFailure.self) { try center("w: webhook env:NOT_SET") }
  }

  @Test func aTestOfAnActionTellsItsResult() throws {
    let path = folder.path("a")
    let sent = NotificationTest.run(
      try ActionDefinition(parsing: "a: file \(path)"), context())
    #expect(sent.isSent && sent.text.text == "a: sent")
    #expect(folder.text("a").contains("Test of the action a"))
    let failed = NotificationTest.run(
      try ActionDefinition(parsing: "a: exec /nowhere"), context())
    #expect(!failed.isSent && failed.text.text == "a: failed: No such file or directory")
  }

  @Test func theBellRingsForTriggersOfItsRulesTenTimesAMinute() throws {
    let center = try center("a: file \(folder.path("a"))", "b: bell")
    #expect(!center.deliver(sample(), to: ["a"]))
    #expect(!center.deliver(sample(state: .recovered)))
    let rings = (0..<15).count { center.deliver(sample(at: Int64($0)), to: ["b"]) }
    #expect(rings == 10)
    #expect(center.board.outcomes(of: sample(at: 14).id).map(\.outcome) == [.dropped])
    center.finish()
  }

  @Test func aFailureIsReportedOnce() throws {
    let center = try center("a: file \(folder.path("none/a"))")
    _ = center.deliver(sample())
    center.finish()
    let failures = center.board.drainFailures()
    #expect(failures.map(\.outcome) == [.failed("No such file or directory")])
    #expect(center.board.drainFailures().isEmpty)
  }

  @Test func outcomesOfTheOldestNotificationsAreForgotten() {
    let board = OutcomeBoard(capacity: 10)
    for index in 0..<35 { board.set(.waiting, of: "\(index)", for: "a") }
    #expect(board.outcomes(of: "24").isEmpty && board.outcomes(of: "25").count == 1)
    #expect(board.revision == 35)
  }
}
