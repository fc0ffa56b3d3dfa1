import AccessLog
import ReferenceModel
import Testing
import TrafficKit

@testable import TrafficAnalysis

/// What has been counted so far, against what has been reported so far.
@Suite struct CountersTests {
  private func options() -> AnalysisOptions {
    var options = AnalysisOptions()
    options.isForDisplay = false
    options.keepsCounters = true
    // Every closed second with hits is reported at once.
    options.statsInterval = 1
    options.threshold = Threshold(whole: 3)
    options.alertWindow = 5
    options.top = 1_000
    return options
  }

  /// The sums of what some events report.
  private struct Reported {
    var hits = 0
    var bytes: Int64 = 0
    var sections: [Name: Int] = [:]
    var triggers = 0

    init(_ events: [MonitorEvent]) {
      for event in events {
        if event.isTrigger { triggers += 1 }
        guard case .interval(let report) = event else { continue }
        hits += report.traffic.hits
        bytes += report.traffic.bytes
        for row in report.rankings[.section] { sections[row.name, default: 0] += row.hits }
      }
    }
  }

  /// Hits of ever later seconds in batches, some of which are out of order or late.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func atAnyMomentTheCountersAreTheSumsOfWhatWasReported(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var analyzer = TrafficAnalyzer(options: options())
    var events: [MonitorEvent] = []
    var second: Int64 = 1_773_479_000
    for _ in 0..<60 {
      second += Int64(random.number(0...4))
      let batch = RecordBatch()
      for _ in 0..<random.number(0...8) {
        batch.addHits(
          at: [second - Int64(random.number(0...5))], named: "/\(random.number(0...4))")
      }
      analyzer.add(batch, wall: EpochSecond(second))
      _ = analyzer.release(until: EpochSecond(.max), &events)
      let counters = analyzer.counters(sections: 20, includingPending: true)
      let reported = Reported(events)
      #expect(counters.closedThrough == analyzer.closedThrough)
      #expect(counters.traffic.hits - counters.late == reported.hits)
      #expect(counters.traffic.bytes - Int64(counters.late) == reported.bytes)
      #expect(counters.traffic.status[.successful] == counters.traffic.hits)
      #expect(counters.sections.reduce(0) { $0 + $1.hits } == counters.traffic.hits)
      for row in counters.sections { #expect(row.hits >= reported.sections[row.name] ?? 0) }
      #expect(counters.rules.map(\.triggers) == [reported.triggers])
    }
    analyzer.finishSource(wall: EpochSecond(second))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.finish(&events)
    guard case .end(let report)? = events.last else {
      Issue.record("no end")
      return
    }
    let counters = analyzer.counters(sections: 20, includingPending: true)
    #expect(counters.traffic.hits == report.tally.hits && counters.late == report.tally.late)
    #expect(counters.lines == report.tally.lines)
  }

  @Test func theRateIsThatOfTheLastTenClosedSeconds() {
    var analyzer = TrafficAnalyzer(options: options())
    let batch = RecordBatch()
    batch.addHits(at: (0..<30).flatMap { [Int64](repeating: 1_773_479_000 + $0, count: 4) })
    analyzer.add(batch, wall: EpochSecond(1_773_479_030))
    var events: [MonitorEvent] = []
    _ = analyzer.release(until: EpochSecond(.max), &events)
    let counters = analyzer.counters(sections: 20, includingPending: true)
    #expect(counters.rate == Rate(hits: 40, seconds: 10))
    #expect(counters.uniqueClients == DistinctCount(1))
  }

  @Test func withoutBeingAskedForNothingIsKept() {
    var options = options()
    options.keepsCounters = false
    var analyzer = TrafficAnalyzer(options: options)
    let batch = RecordBatch()
    batch.addHits(at: [1_773_479_000, 1_773_479_010])
    analyzer.add(batch, wall: EpochSecond(1_773_479_010))
    var events: [MonitorEvent] = []
    _ = analyzer.release(until: EpochSecond(.max), &events)
    #expect(analyzer.closed.counted == nil)
    #expect(analyzer.counters(sections: 20, includingPending: true).sections.isEmpty)
  }
}

@Suite struct LatencyHistogramTests {
  private func histogram(_ latencies: [Int64]) -> LatencyHistogram {
    var second = SecondLatencies([])
    for latency in latencies { _ = second.add(latency) }
    second.consolidate()
    var histogram = LatencyHistogram()
    histogram.add(second)
    return histogram
  }

  @Test func theBoundsAreNearRoundValues() {
    let round: [Int64] = [
      1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
      5_000_000, 10_000_000, 30_000_000,
    ]
    #expect(LatencyHistogram.bounds.count == round.count)
    for (bound, value) in zip(LatencyHistogram.bounds, round) {
      #expect(abs(Double(bound - value)) <= LatencyScale.relativeError / 2 * Double(value) + 1)
    }
  }

  /// Every bound, its neighbours, and random latencies.
  @Test func countsExactlyUpToEachBound() {
    var random = RandomSource(seed: 1)
    var latencies: [Int64] = [0, 1]
    for bound in LatencyHistogram.bounds { latencies += [bound - 1, bound, bound + 1] }
    for _ in 0..<20_000 {
      latencies.append(
        random.number(0...100_000_000 as ClosedRange<Int64>) >> random.number(0...20))
    }
    let histogram = histogram(latencies)
    let exact = LatencyHistogram.bounds.map { bound in latencies.count { $0 <= bound } }
    #expect(histogram.cumulativeHits == exact)
    #expect(histogram.count == latencies.count)
    let sum = Double(latencies.reduce(0, +))
    #expect(abs(histogram.sum - sum) <= LatencyScale.relativeError * sum)
  }

  @Test func theSumNeverDecreases() {
    var random = RandomSource(seed: 2)
    var whole = LatencyHistogram()
    var last = 0.0
    for _ in 0..<2_000 {
      var second = SecondLatencies([])
      _ = second.add(Int64(random.number(0...1_000_000)))
      whole.add(second)
      #expect(whole.sum >= last)
      last = whole.sum
    }
    #expect(LatencyHistogram().isEmpty && !whole.isEmpty)
  }
}
