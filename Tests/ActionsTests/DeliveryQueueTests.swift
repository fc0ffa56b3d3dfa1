import AccessLog
import Testing

@testable import Actions

/// A queue whose clock is moved by hand.
private struct Driver {
  var queue: DeliveryQueue
  var now = 0.0
  var sent: [(time: Double, notification: ActionNotification)] = []
  var outcomes: [String: DeliveryOutcome] = [:]
  var refreshed: [[String]] = []

  init(limits: DeliveryLimits = DeliveryLimits(), keepsActiveAlerts: Bool = false) {
    queue = DeliveryQueue(action: "a", limits: limits, keepsActiveAlerts: keepsActiveAlerts)
  }

  mutating func add(_ notification: ActionNotification) {
    queue.add(notification)
    drain()
  }

  /// Does what is due, each in no time, until that time.
  mutating func run(until end: Double, result: (Int) -> SendResult = { _ in .sent }) {
    while true {
      let step = queue.next(at: now, time: EpochSecond(Int64(now)))
      drain()
      switch step {
      case .send(let notification):
        let answer = result(sent.count)
        sent.append((now, notification))
        queue.finish(answer, at: now, time: EpochSecond(Int64(now)), random: 0.5)
        drain()
      case .refresh(let active): refreshed.append(active.map(\.rule))
      case .wait(let until?) where until <= end: now = max(now, until)
      case .wait:
        now = end
        return
      }
    }
  }

  private mutating func drain() {
    for change in queue.drainChanges() { outcomes[change.id] = change.outcome }
  }
}

@Suite struct DeliveryQueueTests {
  @Test func sendsInOrder() {
    var driver = Driver()
    for second in 0..<5 { driver.add(sample(at: Int64(second))) }
    driver.run(until: 1)
    #expect(driver.sent.map(\.notification.time.value) == [0, 1, 2, 3, 4])
    #expect(driver.outcomes.values.allSatisfy { $0 == .sent(at: EpochSecond(0)) })
  }

  @Test func triesThreeTimesWithGrowingPauses() {
    var driver = Driver()
    driver.add(sample())
    driver.run(until: 3) { $0 == 0 ? .failed("status 500") : .failed("timed out") }
    #expect(driver.outcomes[sample().id] == .waiting)
    driver.run(until: 100) { _ in .failed("timed out") }
    #expect(driver.sent.map(\.time) == [0, 1, 4])
    #expect(Set(driver.sent.map(\.notification.id)) == [sample().id])
    #expect(driver.outcomes[sample().id] == .failed("timed out"))
  }

  @Test func doesNotTryAgainWhatWasRefused() {
    var driver = Driver()
    driver.add(sample())
    driver.run(until: 100) { _ in .refused("redirect refused") }
    #expect(driver.sent.count == 1)
    #expect(driver.outcomes[sample().id] == .failed("redirect refused"))
  }

  @Test func tenThousandChangesInAMinuteMakeTenSendsAndOneSummary() throws {
    var driver = Driver()
    for second in 0..<10_000 {
      driver.add(sample("r\(second % 4 / 2)", at: Int64(second)))
      #expect(driver.queue.count <= 1_000)
      if second % 100 == 0 { driver.run(until: Double(second) / 10_000 * 59) }
    }
    driver.run(until: 59.9)
    #expect(driver.sent.count == 10)
    driver.run(until: 61)
    #expect(driver.sent.count == 11)
    let summary = try #require(driver.sent.last).notification
    #expect(summary.message == "9990 more alerts: r1 4996, r0 4994")
    #expect(driver.outcomes.values.count { $0 == .inSummary } == 9_990)
  }

  @Test func aFloodAtOnceFillsTheQueueAndTheSummaryCountsWhatWasDropped() throws {
    var driver = Driver()
    for second in 0..<10_000 { driver.add(sample(at: Int64(second))) }
    #expect(driver.queue.count == 1_000)
    driver.run(until: 200)
    let summary = try #require(driver.sent.first { $0.notification.state == .summary })
    #expect(driver.sent.count == 1)
    #expect(
      summary.notification.message
        == "10000 more alerts: high-traffic 10000; 9000 of them found no room in the queue")
    #expect(driver.outcomes.values.count { $0 == .dropped } == 9_000)
  }

  @Test func noMinuteHasMoreThanTenAlertsAndOneSummary() {
    var driver = Driver()
    for second in 0..<3_600 {
      for part in 0..<3 { driver.add(sample("r\(part)", at: Int64(second))) }
      driver.run(until: Double(second))
    }
    for (index, start) in driver.sent.enumerated() {
      let minute = driver.sent[index...].prefix { $0.time < start.time + 60 }
      #expect(minute.count { $0.notification.state == .triggered } <= 10)
      #expect(minute.count { $0.notification.state == .summary } <= 1)
    }
    #expect(driver.sent.count > 60)
  }

  @Test func intervalsLeaveRoomForAlerts() {
    var driver = Driver()
    for second in 0..<50 { driver.add(sampleInterval(to: Int64(second))) }
    driver.add(sample())
    driver.run(until: 100)
    #expect(driver.sent.count { $0.notification.state == .interval } == 10)
    #expect(driver.sent.count { $0.notification.state == .triggered } == 1)
    #expect(driver.outcomes.values.count { $0 == .dropped } == 40)
  }

  @Test func aFileGetsEverything() {
    var limits = DeliveryLimits()
    limits.isPaced = false
    var driver = Driver(limits: limits)
    for second in 0..<500 { driver.add(sample(at: Int64(second))) }
    driver.run(until: 1)
    #expect(driver.sent.count == 500)
  }

  @Test func activeAlertsAreSentAgainEveryMinuteUntilTheyRecover() {
    var driver = Driver(keepsActiveAlerts: true)
    driver.add(sample("a", at: 1))
    driver.add(sample("b", at: 2))
    driver.run(until: 130)
    #expect(driver.refreshed == [["a", "b"], ["a", "b"]])
    driver.add(sample("a", state: .recovered, at: 140))
    driver.run(until: 185)
    #expect(driver.refreshed.last == ["b"])
    driver.add(sample("b", state: .recovered, at: 190))
    driver.run(until: 1_000)
    #expect(driver.refreshed.count == 3)
  }

  @Test func anAlertOfAFormerRunIsSentOnce() {
    var driver = Driver(keepsActiveAlerts: true)
    var former = sample()
    former.isFromFormerRun = true
    driver.add(former)
    driver.run(until: 1_000)
    #expect(driver.sent.count == 1 && driver.refreshed.isEmpty)
  }

  @Test func atTheEndNothingWaits() {
    var driver = Driver()
    for second in 0..<15 { driver.add(sample(at: Int64(second))) }
    driver.run(until: 1)
    driver.queue.isEnding = true
    driver.run(until: 1)
    #expect(driver.sent.last?.notification.message == "5 more alerts: high-traffic 5")
    driver.add(sample(at: 100))
    driver.add(sample(at: 101))
    driver.run(until: 1)
    // A minute has one summary.
    #expect(driver.sent.count == 11)
    #expect(driver.queue.removeAll(time: EpochSecond(0)).count == 1)
  }
}
