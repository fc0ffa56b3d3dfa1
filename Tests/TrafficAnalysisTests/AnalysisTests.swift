import AccessLog
import Testing
import TrafficAnalysis
import TrafficKit

/// The analyzer, fed with hand-made records and driven by a manual clock.
@Suite struct AnalysisTests {
  private func add(
    _ seconds: [Int64], to analyzer: inout TrafficAnalyzer, wall: Int64 = 4_000_000_000
  ) -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    let batch = RecordBatch()
    batch.addHits(at: seconds)
    analyzer.add(batch, wall: EpochSecond(wall))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    return events
  }

  private func finish(_ analyzer: inout TrafficAnalyzer, wall: Int64 = 4_000_000_000)
    -> [MonitorEvent]
  {
    var events: [MonitorEvent] = []
    analyzer.finishSource(wall: EpochSecond(wall))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.finish(&events)
    return events
  }

  private func transitions(_ events: [MonitorEvent]) -> [String] {
    events.compactMap {
      guard case .alert(let transition) = $0 else { return nil }
      let kind = transition.change == .triggered ? "triggered" : "recovered"
      return "\(kind) \(transition.second) \(transition.hits)"
    }
  }

  @Test(
    arguments: [
      ([0, 1, 2, 3, 3, 3, 3, 7], []),
      ([0, 1, 2, 3, 3, 3, 3, 3, 7], ["triggered 3 7", "recovered 4 6"]),
    ] as [([Int64], [String])])
  func theAlertTriggersAndRecoversAtTheExactSecond(seconds: [Int64], expected: [String]) {
    var options = AnalysisOptions()
    options.threshold = Threshold(whole: 2)
    options.alertWindow = 3
    options.lateness = 0
    var analyzer = TrafficAnalyzer(options: options)
    let events = add(seconds, to: &analyzer) + finish(&analyzer)
    #expect(transitions(events) == expected)
  }

  @Test func theAlertWindowCoversExactlyItsLength() {
    var analyzer = TrafficAnalyzer(options: AnalysisOptions())
    let calm = (0..<1000).flatMap { second in [Int64](repeating: second, count: 10) }
    #expect(transitions(add(calm, to: &analyzer)).isEmpty)
    let busy = (1000..<1010).flatMap { second in [Int64](repeating: second, count: 11) }
    #expect(transitions(add(busy, to: &analyzer)) == ["triggered 1000 1201"])
  }

  @Test func alertsRecoverWhenALiveLogGoesQuietButNotWhenAnOldOneDoes() {
    for (wall, recovers) in [(Int64(1100), true), (900_000, false)] {
      var options = AnalysisOptions()
      options.alertWindow = 5
      options.threshold = Threshold(whole: 1)
      options.following = true
      var analyzer = TrafficAnalyzer(options: options)
      var events = add([Int64](repeating: 1095, count: 50), to: &analyzer, wall: wall)
      for now in stride(from: 0.0, through: 60, by: 1) {
        analyzer.caughtUp(now: now, wall: EpochSecond(wall + Int64(now)))
        _ = analyzer.release(until: EpochSecond(.max), &events)
      }
      #expect(transitions(events).first == "triggered 1095 50")
      #expect((transitions(events).count == 2) == recovers)
      #expect(recovers || analyzer.closedThrough == EpochSecond(1095))
    }
  }

  @Test(arguments: [1, 2, 100])
  func recordsFarInTheFutureAffectNoOtherFigures(rogues: Int) {
    let clean = (0..<1000).flatMap { second in [Int64](repeating: second, count: 2) }
    let rogue = [Int64](repeating: 4_102_444_800, count: rogues)
    var one = TrafficAnalyzer(options: AnalysisOptions())
    var other = TrafficAnalyzer(options: AnalysisOptions())
    let expected = add(clean, to: &one) + finish(&one)
    let events =
      add(Array(clean[..<1000]) + rogue + Array(clean[1000...]), to: &other) + finish(&other)
    #expect(events.dropLast() == expected.dropLast())
    guard case .end(let report) = events.last else {
      Issue.record("no end event")
      return
    }
    #expect(report.tally.rejected[.future] == rogues)
    #expect(report.tally.hits == 2000)
  }

  @Test func lateHitsSuggestTheLatenessThatWouldHaveAcceptedThem() {
    var analyzer = TrafficAnalyzer(options: AnalysisOptions())
    let seconds = (0..<500).flatMap { [Int64($0), max(0, Int64($0) - 20)] }
    _ = add(seconds, to: &analyzer)
    let notices = analyzer.notices(includingPending: true)
    #expect(
      notices == [.lateHits(LateHits(share: HitShare(497, of: 1000), lateness: 20))])
  }

  @Test(arguments: [
    ("10", 120, 1200), ("2.5", 3, 7), ("0.01", 120, 1), (".5", 1, 0), ("10.0", 1, 10),
    ("9223372036854775807", 120, Int.max),
  ])
  func aThresholdIsExact(text: String, window: Int64, limit: Int) throws {
    #expect(try #require(Threshold(text)).limit(overWindowOf: window) == limit)
  }

  @Test(arguments: ["", "0", "0.0", "-1", "1e3", "1.2.3", "x", "."])
  func invalidThresholdsAreRejected(text: String) {
    #expect(Threshold(text) == nil)
  }

  @Test(arguments: [
    (1206, 120, "10.05"), (1198, 120, "9.98"), (1, 3, "0.33"), (5, 1000, "0.01"), (0, 7, "0.00"),
  ])
  func ratesAreRoundedHalfAwayFromZero(hits: Int, seconds: Int64, text: String) {
    #expect(Rate(hits: hits, seconds: seconds).fixedText == text)
  }

  @Test func theHistoryCoversOneDay() {
    var series = SecondSeries()
    series.append(SecondTotals(hits: 3), at: EpochSecond(10))
    series.append(SecondTotals(hits: 4), at: EpochSecond(15))
    #expect(series[EpochSecond(9)] == nil)
    #expect(series[EpochSecond(12)] == SecondTotals())
    #expect(series.total(from: EpochSecond(0), through: EpochSecond(20)).hits == 7)
    series.append(SecondTotals(hits: 1), at: EpochSecond(10 + SecondSeries.capacity))
    #expect(series[EpochSecond(10)] == nil)
    #expect(series[EpochSecond(15)]?.hits == 4)
  }
}
