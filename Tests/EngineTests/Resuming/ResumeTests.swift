import AccessLog
import Engine
import Foundation
import LogInput
import PipelineKit
import Testing
import TrafficAnalysis

/// A run that continues another one: nothing is lost, and nothing counts twice.
@Suite struct ResumeTests {
  private static let seeds: Range<UInt64> =
    0..<(ProcessInfo.processInfo.environment["LM2000_RESUMES"].flatMap(UInt64.init) ?? 8)

  /// Some runs are stopped in order, others are killed.
  @Test func runsThatAreKilledAndContinuedReportWhatOneRunReports() throws {
    var kills = 0
    var alerts = 0
    for seed in Self.seeds {
      let world = try ResumedWorld(seed: seed, isInterrupted: seed % 2 == 1)
      for _ in 0..<10 { try world.live() }
      try world.live(isLast: true)
      let (minutes, expected) = try reports(of: world.lines)
      #expect(world.unfit == 0, "seed \(seed)")
      #expect(world.wrongCuts == 0, "seed \(seed)")
      if world.hasCut { continue }
      let found = world.saved.minutes.sorted { $0.key < $1.key }.map(\.value)
      #expect(found == minutes, "seed \(seed)")
      // The rules of the last seconds are left to a run that continues.
      let closed = try #require(world.saved.checkpoint?.closedThrough)
      let judged = expected.filter { $0.second <= closed }
      #expect(world.saved.alerts.map(\.second) == judged.map(\.second), "seed \(seed)")
      #expect(world.saved.alerts.map(\.change) == judged.map(\.change), "seed \(seed)")
      #expect(found.reduce(0) { $0 + $1.traffic.hits } == world.lines.count, "seed \(seed)")
      kills += world.kills
      alerts += expected.count
    }
    #expect(kills > 3 * Self.seeds.count)
    #expect(alerts > Self.seeds.count)
  }

  /// The windows of rules would need more than is left of the log.
  @Test func nothingIsLostWhereLittleIsLeftOfTheLog() throws {
    for seed in Self.seeds {
      // While a run begins, more generations pass.
      let isInterrupted = seed % 2 == 1
      let world = try ResumedWorld(
        seed: 1_000 + seed, generations: isInterrupted ? 8 : 4, isInterrupted: isInterrupted)
      for _ in 0..<30 { try world.live() }
      try world.live(isLast: true)
      let (minutes, _) = try reports(of: world.lines)
      #expect(world.unfit == 0, "seed \(seed)")
      if world.hasCut { continue }
      let found = world.saved.minutes.sorted { $0.key < $1.key }.map(\.value)
      #expect(found.map(\.from) == minutes.map(\.from), "seed \(seed)")
      #expect(found.map(\.traffic) == minutes.map(\.traffic), "seed \(seed)")
    }
  }

  /// What one run over all lines reports.
  private func reports(
    of lines: [[UInt8]]
  ) throws -> (minutes: [IntervalReport], alerts: [AlertTransition]) {
    var options = PipelineOptions()
    options.analysis = ResumedWorld.options
    options.analysis.following = false
    var pipeline = Pipeline(options)
    let bytes: [UInt8] = lines.reduce(into: []) { $0 += $1 + [0x0A] }
    var minutes: [IntervalReport] = []
    var alerts: [AlertTransition] = []
    try pipeline.readToEnd(
      BlockReader(source: MemorySource(bytes)),
      clock: ClockReading(wall: EpochSecond(1_900_000_000), monotonic: 0)
    ) { events in
      for event in events {
        if case .minute(var report) = event {
          report.partial = false
          minutes.append(report)
        }
        if case .alert(let transition) = event { alerts.append(transition) }
      }
    }
    return (minutes, alerts)
  }
}
