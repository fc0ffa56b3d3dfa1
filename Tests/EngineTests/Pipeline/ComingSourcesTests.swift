import AccessLog
import Conditions
import Engine
import EventOutput
import LogInput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Sources that join a run and leave it, as the peers of a listener do.
@Suite struct ComingSourcesTests {
  private static let start = 1_700_000_000

  /// A followed run behind a listener.
  private struct Run {
    var pipeline: Pipeline
    private(set) var sources: [ArrivingSource] = []
    private var readers: [BlockReader] = []
    private let memory = ReadingMemory(blockSize: 1 << 12)
    var events: [MonitorEvent] = []
    var now = 500.0
    var wall = Int64(ComingSourcesTests.start)

    init(_ change: (inout PipelineOptions) -> Void = { _ in }) {
      var options = PipelineOptions()
      options.analysis.following = true
      options.analysis.statsInterval = 1
      options.paths = [Name("listener")]
      options.listeners = [0]
      change(&options)
      pipeline = Pipeline(options)
      addReader()
    }

    private mutating func addReader() {
      let source = ArrivingSource()
      sources.append(source)
      readers.append(BlockReader(source: source, memory: memory))
    }

    /// - Returns: the index of the new source.
    mutating func join(_ name: String) -> Int {
      pipeline.addSource(Name(name), label: Name(name))
      addReader()
      return sources.count - 1
    }

    /// Lets time pass, and reads all that there is.
    mutating func read(after seconds: Int64 = 0) throws {
      now += Double(seconds)
      wall += seconds
      let clock = ClockReading(wall: EpochSecond(wall), monotonic: now)
      let end = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { false }, events: &events)
      try #require(end == .caughtUp)
    }

    /// Removes the sources that have ended and of which nothing is left.
    mutating func removeDrained() {
      for source in sources.indices.reversed() where pipeline.isDrained(source) {
        pipeline.removeSource(source, countingAsThoseOf: 0)
        sources.remove(at: source)
        readers.remove(at: source)
      }
    }

    mutating func end() throws -> EndReport {
      pipeline.stop(
        clock: ClockReading(wall: EpochSecond(wall), monotonic: now), events: &events)
      guard case .end(let report)? = events.last else { throw CancellationError() }
      return report
    }

    var intervals: [EpochSecond: Int] {
      events.reduce(into: [:]) { hits, event in
        if case .interval(let report) = event { hits[report.from] = report.traffic.hits }
      }
    }
  }

  private static func line(_ second: Int, _ path: String = "/a") -> String {
    csv(start + second, path) + "\n"
  }

  @Test func theRunStartsWithoutAnySourceOfLines() throws {
    var run = Run()
    try run.read()
    let start = MonitorEvent.start(sources: [SourceSummary(path: Name("listener"), format: nil)])
    guard case .start(let sources)? = run.events.first else {
      Issue.record("\(run.events) instead of \(start)")
      return
    }
    #expect(sources.map(\.path) == [Name("listener")])
  }

  @Test func aSourceThatJoinsCountsLikeOneThatWasThere() throws {
    var run = Run()
    let first = run.join("first")
    try run.read()
    var second: Int?
    for time in 0..<40 {
      run.sources[first].append(Self.line(time).utf8)
      if time == 20 { second = run.join("second") }
      if let second { run.sources[second].append((Self.line(time) + Self.line(time)).utf8) }
      try run.read(after: 1)
    }
    let report = try run.end()
    #expect(report.tally.hits == 80 && report.tally.late == 0)
    for time in 0..<40 {
      #expect(run.intervals[EpochSecond(Int64(Self.start + time))] == (time < 20 ? 1 : 3))
    }
    #expect(report.sources.map(\.lines) == [0, 40, 40])
  }

  @Test func whatItBringsForClosedSecondsIsLate() throws {
    var run = Run()
    let first = run.join("first")
    for time in 0..<30 {
      run.sources[first].append(Self.line(time).utf8)
      try run.read(after: 1)
    }
    let second = run.join("second")
    run.sources[second].append((Self.line(10) + Self.line(29)).utf8)
    try run.read(after: 1)
    let report = try run.end()
    #expect(report.tally.hits == 32 && report.tally.late == 1)
    #expect(run.intervals[EpochSecond(Int64(Self.start + 10))] == 1)
    #expect(run.intervals[EpochSecond(Int64(Self.start + 29))] == 2)
  }

  /// A clock of its own: one sender that is ahead blinds nobody.
  @Test func aSenderWithAWrongClockChangesNothingForTheOthers() throws {
    var run = Run()
    let good = run.join("good")
    let wrong = run.join("wrong")
    for time in 0..<30 {
      run.sources[good].append(Self.line(time).utf8)
      run.sources[wrong].append(Self.line(time + 86_400).utf8)
      try run.read(after: 1)
    }
    #expect((0..<25).allSatisfy { run.intervals[EpochSecond(Int64(Self.start + $0))] == 1 })
    #expect(run.pipeline.closedThrough.map { $0.value < Self.start + 30 } ?? false)
  }

  /// Whoever can send cannot make the whole look unreadable.
  @Test func aSenderOfOtherLinesInvalidatesNothing() throws {
    var run = Run()
    let good = run.join("good")
    let other = run.join("other")
    run.sources[other].append("no line of a log\n".utf8)
    try run.read(after: 3)
    run.sources[other].append("no line of a log\n".utf8)
    try run.read(after: 3)
    func isInvalid() -> Bool {
      let snapshot = run.pipeline.snapshot(window: .all, rows: 1, includingPending: true)
      return snapshot.notices.contains(where: \.invalidatesFigures)
    }
    #expect(isInvalid())
    run.sources[good].append((0..<10).map { Self.line($0) }.joined().utf8)
    try run.read(after: 1)
    #expect(!isInvalid() && !run.pipeline.hasUnmatchedSource)
    #expect(
      run.events.contains {
        if case .notice(.about(Name("other"), .unknownFormat)) = $0 { true } else { false }
      })
  }

  /// Memory does not grow with the senders that come and go, and nothing of them is lost.
  @Test(arguments: [false, true])
  func thousandsOfSourcesComeAndGo(isView: Bool) throws {
    var run = Run {
      guard isView else { return }
      $0.analysis.filter = try? Condition(parsing: "section=/a")
      $0.analysis.filterIsView = true
    }
    let steady = run.join("steady")
    var most = 0
    for time in 0..<300 {
      run.sources[steady].append(Self.line(time).utf8)
      for number in 0..<10 {
        let path = number % 2 == 0 ? "/a" : "/b"
        let peer = run.join("\(time).\(number)")
        run.sources[peer].append((Self.line(time, path) + "no hit\n").utf8, isLast: true)
      }
      try run.read(after: 1)
      run.removeDrained()
      most = max(most, run.sources.count)
    }
    #expect(most < 60)
    let snapshot = run.pipeline.snapshot(window: .all, rows: 5, includingPending: true)
    #expect(snapshot.tally.hits == (isView ? 1800 : 3300))
    let report = try run.end()
    #expect(report.tally.hits == 3300 && report.tally.late == 0)
    #expect(report.tally.rejected.total == 3000 && report.tally.lines == 6300)
    #expect(report.sources.reduce(0) { $0 + $1.lines } == 6300)
    #expect(run.pipeline.linesRead == 6300)
    #expect((0..<300).allSatisfy { run.intervals[EpochSecond(Int64(Self.start + $0))] == 11 })
  }
}
