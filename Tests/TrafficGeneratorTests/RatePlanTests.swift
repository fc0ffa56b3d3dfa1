import AccessLog
import Testing

@testable import TrafficGenerator

/// The alert transitions of a plan, threshold 10 over 120 seconds, found by summing every window.
private func transitions(
  of plan: RatePlan, from start: EpochSecond, seconds: Int64
) -> [(second: Int64, hits: Int)] {
  let hits = (0..<seconds).map { plan.load(at: start.advanced(by: $0)).hits }
  var found: [(second: Int64, hits: Int)] = []
  for index in hits.indices {
    let window = hits[max(0, index - 119)...index].reduce(0, +)
    if (window > 1200) == found.count.isMultiple(of: 2) {
      found.append((Int64(index), window))
    }
  }
  return found
}

@Suite struct RatePlanTests {
  @Test(arguments: [10, 0.1, 2.5, 333.3])
  func aSteadyRateIsExact(rate: Double) {
    let origin = EpochSecond(1000)
    let plan = RatePlan.steady(rate: rate, origin: origin)
    var total = 0
    for second in 0..<200 {
      total += plan.load(at: origin.advanced(by: Int64(second))).hits
      #expect(total == Int(rate * Double(second + 1)))
    }
  }

  @Test func theAlertsOfTheScenarioAreAtTheDocumentedSeconds() {
    let scenario = Scenario.twoAlerts
    let start = Scenario.start
    let found = transitions(
      of: scenario.plan(), from: start, seconds: scenario.last().seconds(since: start) + 1)
    // 09:03:40, 09:05:19, 09:08:06 and 09:10:01
    #expect(found.map(\.second) == [220, 319, 486, 601])
    #expect(found.map(\.hits) == [1215, 1200, 1265, 1160])
  }

  @Test func theEveningHasThreeAlertsAndTheLastOneIsActiveAtItsEnd() {
    let scenario = Scenario.busyEvening
    let start = scenario.firstSecond
    let found = transitions(
      of: scenario.plan(), from: start, seconds: scenario.last().seconds(since: start) + 1)
    // 20:06:47 to 20:09:42, 20:17:31 to 20:20:01, and from 20:26:45 on.
    #expect(found.map(\.second) == [407, 582, 1051, 1201, 1605])
  }

  @Test(arguments: [0.5, 20, 1000])
  func anUnevenRateKeepsItsMeanAndItsBounds(rate: Double) {
    let origin = EpochSecond(1000)
    let plan = RatePlan.uneven(rate: rate, seed: 3, origin: origin)
    let hits = (0..<10_000).map { plan.load(at: origin.advanced(by: $0)).hits }
    #expect(abs(Double(hits.reduce(0, +)) / 10_000 - rate) < rate / 20)
    #expect(Double(hits.max() ?? 0) <= (rate * 1.4).rounded(.up))
    #expect(Double(hits.min() ?? 0) >= (rate * 0.6).rounded(.down))
    #expect(Set(hits).count > 1)
  }

  @Test func aSurgeAddsHitsOnlyWhileItLasts() {
    let origin = EpochSecond(1000)
    let surge = Surge(start: 100, seconds: 60, hits: 50)
    let plan = RatePlan.uneven(rate: 0, surges: [surge], seed: 3, origin: origin)
    let hits = (0..<300).map { plan.load(at: origin.advanced(by: $0)).surge }
    #expect(hits[...100].allSatisfy { $0 == 0 } && hits[160...].allSatisfy { $0 == 0 })
    #expect(hits[115...145].allSatisfy { (30...71).contains($0) })
  }

  @Test(arguments: [2000, 1, 2, 3, 4, 5])
  func theDemonstrationTriggersAnAlertAndRecoversWithinTwoMinutes(seed: UInt64) {
    let now = EpochSecond(1_773_478_807)
    let plan = RatePlan.waves(seed: seed, origin: now)
    let history = TrafficStream.demoHistory
    let found = transitions(
      of: plan, from: now.advanced(by: -history), seconds: history + 120)
    let watched = found.filter { $0.second >= history }.map { $0.second - history }
    #expect(watched.count == 2)
    #expect((10...25).contains(watched.first ?? 0))
    #expect((90...112).contains(watched.last ?? 0))
  }

  @Test(arguments: [Int64.min, -1, 0, Int64.max])
  func everySecondHasALoad(second: Int64) {
    for plan in [
      RatePlan.steady(rate: 1e9, origin: EpochSecond(5)),
      RatePlan.uneven(rate: 1e9, seed: 1, origin: EpochSecond(5)),
      RatePlan.waves(scale: 1e8, seed: 1, origin: EpochSecond(5)),
      Scenario.twoAlerts.plan(), Scenario.busyEvening.plan(),
    ] {
      #expect(plan.load(at: EpochSecond(second)).hits >= 0)
    }
  }
}
