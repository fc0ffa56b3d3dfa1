import AccessLog
import Conditions
import Engine
import LogInput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// One of several sources, shown alone while the run goes on.
@Suite struct SeparateSourcesTests {
  private static let names = ["a.log", "b.log", "c.log"]
  private static let start = 1_700_000_000
  private static let seconds = 600

  /// Random lines that end with a line of the last second. A few are late.
  private static func log(_ random: inout RandomSource, most hits: Int = 6) -> String {
    var text = ""
    for second in 0..<seconds {
      for _ in 0..<random.number(0...hits) {
        let late = random.chance(40) ? random.number(3...20) : 0
        text += line(second - late, &random)
      }
    }
    return text + line(0, &random) + line(seconds, &random)
  }

  private static func line(_ second: Int, _ random: inout RandomSource) -> String {
    let client = "10.0.0.\(random.number(1...40))"
    let status = [200, 200, 304, 404, 503][random.number(0...4)]
    let path = "/\(random.number(1...12))/x"
    return
      "\"\(client)\",\"-\",\"-\",\(start + second),\"GET \(path) HTTP/1.1\",\(status),\(random.number(1...999))\n"
  }

  private static func pipeline(
    _ paths: [String], _ change: (inout AnalysisOptions) -> Void
  ) -> Pipeline {
    var options = PipelineOptions()
    options.paths = paths.map { Name($0) }
    options.analysis.ranked = DimensionSet(.status)
    options.analysis.keepsSources = true
    change(&options.analysis)
    return Pipeline(options)
  }

  private static func readers(_ logs: [String]) -> [BlockReader] {
    let memory = ReadingMemory(blockSize: 1 << 10)
    return logs.map { BlockReader(source: MemorySource(Array($0.utf8)), memory: memory) }
  }

  private static let clock = ClockReading(wall: EpochSecond(Int64(start + 1000)), monotonic: 5)

  /// - Returns: whether the logs have been read to their ends.
  private static func step(_ pipeline: inout Pipeline, _ readers: [BlockReader]) throws -> Bool {
    var events: [MonitorEvent] = []
    _ = try pipeline.step(
      readers, until: .everything, clock: clock, isOverBudget: { true }, events: &events)
    return pipeline.isFinished
  }

  private static func snapshots(_ pipeline: Pipeline) -> [Snapshot] {
    [TableWindow.all, .last(seconds: 10), .last(seconds: 300), .last(seconds: 3600)].map {
      var request = TableRequest(window: $0, rows: 50)
      request.wantsSources = false
      let last = EpochSecond(Int64(start + 500))
      request.moment = last...last.advanced(by: 3)
      return pipeline.snapshot(request, includingPending: true)
    }
  }

  /// The snapshots of a run over a single log.
  private static func alone(
    _ name: String, _ log: String, _ change: (inout AnalysisOptions) -> Void
  ) throws -> [Snapshot] {
    var pipeline = pipeline([name], change)
    let readers = readers([log])
    while try !step(&pipeline, readers) {}
    return snapshots(pipeline)
  }

  /// The seconds with hits.
  private static func hits(_ history: SecondSeries) -> [EpochSecond: Int] {
    var hits: [EpochSecond: Int] = [:]
    let whole = EpochSecond(Int64(start - 100))...EpochSecond(Int64(start + seconds))
    history.forEach(from: whole.lowerBound, through: whole.upperBound) { second, totals in
      if totals.hits > 0 { hits[second] = totals.hits }
    }
    return hits
  }

  private static func compare(_ shown: [Snapshot], _ alone: [Snapshot]) {
    for (shown, alone) in zip(shown, alone) {
      #expect(shown.table == alone.table)
      #expect(shown.history.last == alone.history.last)
      #expect(Self.hits(shown.history) == Self.hits(alone.history))
      #expect(shown.rateNow == alone.rateNow)
      #expect(shown.tally == alone.tally)
      #expect(shown.lifetime == alone.lifetime)
      #expect(shown.uniqueClients == alone.uniqueClients)
      #expect(shown.closedThrough == alone.closedThrough)
    }
  }

  @Test(arguments: 0..<4, [nil, "status=5xx,404"])
  func itsFiguresAreThoseOfARunOverItsLogAlone(seed: Int, filter: String?) throws {
    var random = RandomSource(seed: UInt64(seed))
    let logs = Self.names.map { _ in Self.log(&random) }
    func change(_ options: inout AnalysisOptions) {
      options.filter = filter.flatMap { try? Condition(parsing: $0) }
      options.filterIsView = true
    }
    var pipeline = Self.pipeline(Self.names, change)
    let readers = Self.readers(logs)
    var shown: Int?
    while try !Self.step(&pipeline, readers) {
      guard random.chance(30) else { continue }
      shown = random.chance(300) ? nil : random.number(0...2)
      let isShown = pipeline.showSource(named: shown.map { Name(Self.names[$0]) })
      #expect(isShown)
      #expect(pipeline.shownSource == shown.map { Name(Self.names[$0]) })
    }
    for source in [shown, 0, 1, 2].compactMap({ $0 }) {
      let isShown = pipeline.showSource(named: Name(Self.names[source]))
      #expect(isShown)
      let snapshots = Self.snapshots(pipeline)
      #expect(snapshots[0].shownSource == ShownSource(name: Name(Self.names[source])))
      let alone = try Self.alone(Self.names[source], logs[source], change)
      Self.compare(snapshots, alone)
    }
    pipeline.showSource(named: nil)
    var whole = Self.pipeline(Self.names, change)
    let others = Self.readers(logs)
    while try !Self.step(&whole, others) {}
    Self.compare(Self.snapshots(pipeline), Self.snapshots(whole))
  }
}

// MARK: - A limited memory, and sources that come and go

extension SeparateSourcesTests {
  /// The chart is complete although the names of the first seconds are not kept any more.
  @Test func theTablesBeginWhereTheMemoryDoes() throws {
    var random = RandomSource(seed: 99)
    let logs = Self.names.map { _ in Self.log(&random) }
    func change(_ options: inout AnalysisOptions) { options.sourceMemory = 32 << 10 }
    var pipeline = Self.pipeline(Self.names, change)
    let readers = Self.readers(logs)
    while try !Self.step(&pipeline, readers) {}
    pipeline.showSource(named: Name("b.log"))
    let snapshots = Self.snapshots(pipeline)
    let alone = try Self.alone("b.log", logs[1], change)
    let since = try #require(snapshots[0].shownSource?.since)
    #expect(since.value > Int64(Self.start + 100))
    for (shown, alone) in zip(snapshots, alone) {
      let end = EpochSecond(Int64(Self.start + Self.seconds))
      for first in [end.advanced(by: -9), end.advanced(by: -599)] {
        #expect(
          shown.history.total(from: first, through: end)
            == alone.history.total(from: first, through: end))
      }
      // What does not depend on names is that of the whole log.
      #expect(shown.tally == alone.tally && shown.lifetime == alone.lifetime)
    }
    var table = snapshots[1].table
    // The names of that moment are not known any more.
    table.moment = alone[1].table.moment
    #expect(table == alone[1].table)
    let reach = EpochSecond(Int64(Self.start + Self.seconds)).seconds(since: since) + 1
    #expect(snapshots[3].table.coveredSeconds == reach)
    #expect(snapshots[0].table.traffic.hits < alone[0].table.traffic.hits)
  }

  @Test func aSourceThatIsGoneIsNotShown() throws {
    var pipeline = Self.pipeline(["listener"]) { $0.following = true }
    #expect(!pipeline.canShowSource)
    let memory = ReadingMemory(blockSize: 1 << 10)
    let sources = (0..<3).map { _ in ArrivingSource() }
    var readers = sources.map { BlockReader(source: $0, memory: memory) }
    var events: [MonitorEvent] = []
    for peer in ["web1", "web2"] { pipeline.addSource(Name(peer), label: Name(peer)) }
    var now = 5.0
    func read(_ pipeline: inout Pipeline, _ readers: [BlockReader]) throws {
      now += 1
      let clock = ClockReading(
        wall: EpochSecond(Int64(Self.start) + Int64(now)), monotonic: now)
      _ = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { false }, events: &events)
    }
    for second in 0..<20 {
      for source in 1...2 {
        let line = csv(Self.start + second, "/\(source)") + "\n"
        sources[source].append(line.utf8, isLast: source == 1 && second == 19)
      }
      try read(&pipeline, readers)
    }
    let isShown = pipeline.showSource(named: Name("web1"))
    #expect(isShown && pipeline.shownSource == Name("web1"))
    let isUnknownShown = pipeline.showSource(named: Name("web9"))
    #expect(!isUnknownShown && pipeline.shownSource == Name("web1"))
    let revision = pipeline.revision
    for second in 20..<60 {
      sources[2].append((csv(Self.start + second, "/2") + "\n").utf8)
      try read(&pipeline, readers)
    }
    try #require(pipeline.isDrained(1))
    pipeline.removeSource(1, countingAsThoseOf: 0)
    readers.remove(at: 1)
    #expect(pipeline.shownSource == nil && pipeline.revision != revision)
    // The other one has moved up, and is found all the same.
    let isOtherShown = pipeline.showSource(named: Name("web2"))
    #expect(isOtherShown)
    let snapshot = pipeline.snapshot(window: .all, rows: 5, includingPending: true)
    #expect(
      snapshot.tally.hits == 60 && snapshot.table.rankings[0].rows.map(\.name) == [Name("/2")])
    #expect(snapshot.allTraffic != nil)
  }
}
