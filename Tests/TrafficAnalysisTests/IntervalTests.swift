import AccessLog
import Testing
import TrafficAnalysis
import TrafficKit

/// Intervals, the gaps between them, and logs with clock jumps or late records.
@Suite struct IntervalTests {
  private func run(
    _ seconds: [Int64], options: AnalysisOptions, wall: Int64 = 4_000_000_000
  ) -> [MonitorEvent] {
    var analyzer = TrafficAnalyzer(options: options)
    let batch = RecordBatch()
    batch.addHits(at: seconds)
    var events: [MonitorEvent] = []
    analyzer.add(batch, wall: EpochSecond(wall))
    analyzer.finishSource(wall: EpochSecond(wall))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.finish(&events)
    return events
  }

  private func options(lateness: Int64 = 0) -> AnalysisOptions {
    var options = AnalysisOptions()
    options.lateness = lateness
    options.maxJump = 1_000_000
    return options
  }

  private func descriptions(_ events: [MonitorEvent]) -> [String] {
    events.map { event in
      switch event {
      case .start: return "start"
      case .notice(let notice): return "notice \(notice)"
      case .lines(let lines): return "\(lines.count) bytes of lines"
      case .interval(let report):
        let kind = report.partial ? "partial" : "interval"
        return "\(kind) \(report.from) \(report.to) \(report.traffic.hits)"
      case .minute(let report):
        let kind = report.partial ? "partial minute" : "minute"
        return "\(kind) \(report.from) \(report.traffic.hits)"
      case .gap(let from, let to): return "gap \(from) \(to)"
      case .second(let report): return "second \(report.through)"
      case .alert(let transition):
        return "\(transition.change == .triggered ? "triggered" : "recovered") \(transition.second)"
      case .end(let report):
        return "end \(report.tally.hits) \(report.tally.late) \(report.tally.rejected[.future])"
      }
    }
  }

  @Test(
    arguments: [
      ([0, 9], ["interval 0 10 2", "end 2 0 0"]),
      ([0, 10], ["interval 0 10 1", "partial 10 20 1", "end 2 0 0"]),
      (
        [5, 35, 36],
        ["interval 0 10 1", "gap 10 30", "partial 30 40 2", "end 3 0 0"]
      ),
      ([-1, 0], ["interval -10 0 1", "partial 0 10 1", "end 2 0 0"]),
      (
        [-25, 3], ["interval -30 -20 1", "gap -20 0", "partial 0 10 1", "end 2 0 0"]
      ),
      ([], ["end 0 0 0"]),
    ] as [([Int64], [String])])
  func intervalsAreAlignedToTheEpochWithGapsBetween(seconds: [Int64], expected: [String]) {
    #expect(descriptions(run(seconds, options: options())) == expected)
  }

  @Test func eventsOfTheSameSecondAreOrderedGapAlertInterval() {
    var options = options()
    options.statsInterval = 1
    options.alertWindow = 1
    options.threshold = Threshold(whole: 1)
    #expect(
      descriptions(run([0, 5, 5, 6], options: options)) == [
        "interval 0 1 1", "gap 1 5", "triggered 5", "interval 5 6 2", "recovered 6",
        "interval 6 7 1", "end 4 0 0",
      ])
  }

  @Test func aClockThatJumpsAndStaysIsAcceptedWithoutLosingARecord() {
    let before = (0..<500).map { Int64($0 / 2) }
    let after = (0..<500).map { Int64($0 / 2) + 3850 }
    let events = descriptions(run(before + after, options: AnalysisOptions()))
    #expect(events.last == "end 1000 0 0")
    #expect(events.contains("gap 250 3850"))
  }

  @Test func recordsOfAHostAheadOfTheWallClockAreRejected() {
    let seconds = (0..<1000).flatMap { [Int64($0), Int64($0), Int64($0) + 3600] }
    let events = descriptions(run(seconds, options: AnalysisOptions(), wall: 1000))
    let clean = descriptions(run((0..<2000).map { Int64($0 / 2) }, options: AnalysisOptions()))
    #expect(events.dropLast() == clean.dropLast())
    #expect(events.last == "end 2000 0 1000")
  }

  @Test(arguments: [(2, 0), (3, 1)] as [(Int64, Int)])
  func aRecordBehindTheWatermarkIsLateAndCountsInNoInterval(behind: Int64, late: Int) {
    let events = descriptions(run([20, 29, 29 - behind, 29], options: options(lateness: 2)))
    #expect(events == ["interval 20 30 \(4 - late)", "end 4 \(late) 0"])
  }
}
