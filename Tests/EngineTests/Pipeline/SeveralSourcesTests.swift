import AccessLog
import Engine
import EventOutput
import LogInput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// One of several sources fails, or brings nothing, and the others go on.
@Suite struct SeveralSourcesTests {
  /// Delivers some bytes and fails then.
  private final class FailingSource: ByteSource {
    private let good: MemorySource
    private(set) var failures = 0

    init(_ text: String) { good = MemorySource(Array(text.utf8)) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
      let result = try good.read(into: buffer)
      guard result == .end else { return result }
      failures += 1
      throw .system(code: 5)
    }
  }

  /// A pipeline over several sources, and what it emitted.
  private struct Run {
    var pipeline: Pipeline
    let readers: [BlockReader]
    var events: [MonitorEvent] = []
    var now = 500.0
    var wall: Int64 = 1_700_000_100

    init(_ sources: [any ByteSource], isFollowing: Bool = false) {
      var options = ModelOptions()
      options.isFollowing = isFollowing
      options.wallClock = wall
      var pipelineOptions = PipelineOptions(options)
      pipelineOptions.paths = sources.indices.map { Name("log \($0)") }
      pipeline = Pipeline(pipelineOptions)
      let memory = ReadingMemory(blockSize: 1 << 12)
      readers = sources.map { BlockReader(source: $0, memory: memory) }
    }

    private var clock: ClockReading { ClockReading(wall: EpochSecond(wall), monotonic: now) }

    /// Reads all that there is.
    ///
    /// - Returns: why a source cannot be read.
    mutating func read(after seconds: Double = 0) -> SourceFailure? {
      now += seconds
      wall += Int64(seconds)
      do throws(SourceFailure) {
        _ = try pipeline.step(
          readers, until: .everything, clock: clock, isOverBudget: { false }, events: &events)
        return nil
      } catch {
        return error
      }
    }

    /// Reads in steps that are over after a read each.
    mutating func readBriefly(after seconds: Double = 0) throws {
      now += seconds
      wall += Int64(seconds)
      var steps = 0
      while step() == .outOfBudget {
        steps += 1
        try #require(steps < 10_000, "reading does not come to an end")
      }
    }

    mutating func step() -> StepEnd? {
      try? pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { true }, events: &events)
    }

    mutating func give(up source: Int) { pipeline.endSource(source, clock: clock) }

    mutating func stop() { pipeline.stop(clock: clock, events: &events) }

    var figures: Figures {
      get throws {
        let sink = MemorySink()
        var writer = NDJSONWriter(sink: sink)
        for event in events { try writer.handle(event) }
        return try Figures(sink.text)
      }
    }
  }

  private static func log(_ seconds: ClosedRange<Int>, _ path: String) -> String {
    seconds.map { csv(1_700_000_000 + $0, path) + "\n" }.joined()
  }

  @Test(arguments: 0..<3)
  func aSourceThatFailsIsGivenUpAndTheOthersAreReadToTheirEnds(failing: Int) throws {
    let broken = FailingSource(Self.log(1...30, "/broken") + "an incomplete li")
    var sources: [any ByteSource] = (0..<3).map { index in
      MemorySource(Array(Self.log(1...60, "/\(index)").utf8))
    }
    sources[failing] = broken
    var run = Run(sources)
    let failure = SourceFailure(source: failing, failure: .system(code: 5))
    #expect(run.read() == failure)
    // It is tried again until it is given up.
    #expect(run.read() == failure)
    #expect(broken.failures == 2)
    run.give(up: failing)
    run.give(up: failing)
    #expect(run.read() == nil)
    #expect(run.pipeline.isFinished)
    #expect(broken.failures == 2)
    let figures = try run.figures
    #expect(figures.hits == 150)
    #expect(figures.late == 0)
    #expect(figures.lines == 150)
    #expect(run.pipeline.summaries.map(\.lines) == (0..<3).map { $0 == failing ? 30 : 60 })
  }

  @Test func theRunEndsWhenAllSourcesAreGivenUp() throws {
    var run = Run([FailingSource(Self.log(1...5, "/a")), FailingSource(Self.log(3...9, "/b"))])
    for _ in 0..<2 {
      let end = run.read()
      run.give(up: try #require(end).source)
    }
    #expect(run.read() == nil)
    #expect(run.pipeline.isFinished)
    let figures = try run.figures
    #expect(figures.hits == 12)
    #expect(figures.late == 0)
  }

  /// A followed source that fails no longer holds back the seconds of the others.
  @Test func timeGoesOnWithoutASourceThatWasGivenUp() throws {
    let live = ArrivingSource()
    live.append(Self.log(0...100, "/live").utf8)
    var run = Run([FailingSource(Self.log(0...20, "/broken")), live], isFollowing: true)
    #expect(run.read()?.source == 0)
    #expect(run.events.isEmpty)
    run.give(up: 0)
    #expect(run.read() == nil)
    #expect(run.pipeline.closedThrough == EpochSecond(1_700_000_097))
    let figures = try run.figures
    #expect(figures.named("interval").count == 9)
    run.stop()
    #expect(try run.figures.hits == 122)
  }

  // MARK: - The start event

  @Test(arguments: [0, 1])
  func theStartEventIsFirstAlthoughASourceWithoutLinesHasNoFormat(quiet: Int) throws {
    let sources = [ArrivingSource(), ArrivingSource()]
    var run = Run(sources, isFollowing: true)
    sources[1 - quiet].append(Self.log(0...60, "/a").utf8)
    #expect(run.read() == nil)
    let starts = try run.figures.named("start")
    #expect(starts.count == 1)
    let formats = (starts.first?["sources"] as? [[String: Any]])?.map { $0["format"] as? String }
    #expect(formats == (quiet == 0 ? [nil, "csv"] : ["csv", nil]))
    #expect(try run.figures.events.first?["event"] as? String == "start")
    // It is not repeated once the quiet source has a format.
    sources[quiet].append(Self.log(61...90, "/b").utf8)
    #expect(run.read(after: 1) == nil)
    run.stop()
    let figures = try run.figures
    #expect(figures.named("start").count == 1)
    #expect(figures.hits == 91)
    #expect(figures.events.first?["event"] as? String == "start")
  }

  /// While nothing else is to be said, the start event waits for all formats.
  @Test func theStartEventWaitsForTheFormatOfEverySource() throws {
    let sources = [ArrivingSource(), ArrivingSource()]
    var run = Run(sources, isFollowing: true)
    sources[0].append(Self.log(99...99, "/a").utf8)
    #expect(run.read() == nil)
    #expect(run.events.isEmpty)
    sources[1].append(Self.log(99...99, "/a").utf8)
    #expect(run.read() == nil)
    let starts = try run.figures.named("start")
    let formats = (starts.first?["sources"] as? [[String: Any]])?.map { $0["format"] as? String }
    #expect(formats == ["csv", "csv"])
    #expect(run.events.count == 1)
  }

  // MARK: - Many sources

  /// A step may be over before each source was read once: the next one goes on with the others.
  @Test(arguments: [2, 3, 100])
  func allSourcesAreReadToTheirEndsHoweverShortAStepIs(count: Int) throws {
    let sources = (0..<count).map { _ in ArrivingSource() }
    for (number, source) in sources.enumerated() {
      source.append(Self.log(0...100, "/\(number)").utf8)
    }
    var run = Run(sources, isFollowing: true)
    try run.readBriefly()
    #expect(run.pipeline.closedThrough == EpochSecond(1_700_000_097))
    // Time goes on without lines.
    try run.readBriefly(after: 12)
    #expect(run.pipeline.closedThrough == EpochSecond(1_700_000_099))
    // After a stop, all are read again before time goes on.
    for source in sources { source.append(Self.log(101...101, "/").utf8) }
    try run.readBriefly(after: 100)
    run.stop()
    let figures = try run.figures
    #expect(figures.hits == 102 * count)
    #expect(figures.late == 0)
  }

  /// A source that brings more and more does not keep the others from being read.
  @Test func aSourceThatNeverPausesDoesNotHoldUpTheOthers() throws {
    let sources = [ArrivingSource(), ArrivingSource()]
    var run = Run(sources, isFollowing: true)
    for second in 0..<200 {
      sources[0].append(Self.log(second...second, "/busy").utf8)
      if second == 150 { sources[1].append(Self.log(149...149, "/other").utf8) }
      _ = run.step()
    }
    #expect(run.pipeline.offset(of: 1) > 0)
  }
}
