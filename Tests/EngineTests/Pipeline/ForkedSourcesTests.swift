import AccessLog
import Engine
import EventOutput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Several logs read with several threads: the result is that of reading each in order.
@Suite struct ForkedSourcesTests {
  private struct Outcome {
    var output: String
    var snapshot: Snapshot
    var summaries: [SourceSummary]
    var forked: Int
  }

  /// - Parameter workers: 0 to read in order.
  private static func outcome(
    _ logs: [[UInt8]], workers: Int, chunkSize: Int, threshold: String = "15"
  ) throws -> Outcome {
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink)
    var model = ModelOptions()
    model.threshold = threshold
    var options = PipelineOptions(model)
    options.paths = logs.indices.map { Name("log \($0)") }
    var pipeline = Pipeline(options)
    let memory = ReadingMemory(forking: Forking(workers: workers, chunkSize: chunkSize))
    let readers = logs.map { bytes in
      BlockReader(
        source: MemorySource(bytes, chunks: [chunkSize], isShared: workers > 0), memory: memory)
    }
    let clock = ClockReading(wall: EpochSecond(model.wallClock), monotonic: 0)
    var events: [MonitorEvent] = []
    while !pipeline.isFinished {
      _ = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { false }, events: &events)
    }
    for event in events { try writer.handle(event) }
    return Outcome(
      output: sink.text,
      snapshot: pipeline.snapshot(window: .all, rows: 20, includingPending: true),
      summaries: pipeline.summaries, forked: pipeline.forkedChunks)
  }

  /// Logs that overlap in time: the first two run side by side, the third begins later, and the last
  /// one has few lines.
  private static let logs: [[UInt8]] = (0..<4).map { number in
    var random = RandomSource(seed: UInt64(number + 3))
    var text = ""
    for index in 0..<(number == 3 ? 50 : 15_000) {
      var second = 1_700_000_000 + index / 20 + (number == 2 ? 300 : 0)
      if number == 3 { second = 1_700_000_000 + index * 20 }
      if random.chance(50) { second -= 1 }
      if random.chance(3) { second -= random.number(3...50) }
      if number == 1, random.chance(5) { text += "no line of the log\n" }
      let name = random.number(1...50)
      text += "10.0.\(number).\(name),-,-,\(second),GET /s\(name)/x HTTP/1.1,200,\(index)\n"
    }
    return Array(text.utf8)
  }

  @Test(arguments: [1, 2, 3, 8], [10_000, 50_000])
  func anyNumberOfThreadsGivesTheFiguresOfReadingInOrder(workers: Int, chunkSize: Int) throws {
    let inOrder = try Self.outcome(Self.logs, workers: 0, chunkSize: chunkSize)
    let forked = try Self.outcome(Self.logs, workers: workers, chunkSize: chunkSize)
    #expect(forked.output == inOrder.output)
    #expect(forked.snapshot == inOrder.snapshot)
    #expect(forked.summaries == inOrder.summaries)
    #expect(inOrder.forked == 0)
    #expect(forked.forked > 20)
    let figures = try Figures(forked.output)
    #expect(figures.hits == 45_050)
    #expect(figures.late > 0)
    #expect(figures.rejected("shape") > 0)
    #expect(!figures.alerts.isEmpty)
  }

  /// Sets of short logs of all formats, with cuts of their own.
  @Test(arguments: [1, 2, 3, 8])
  func generatedLogsAreTheSameInAnyNumberOfThreads(workers: Int) throws {
    var random = RandomSource(seed: UInt64(workers))
    var forkedChunks = 0
    for seed in 0..<60 as Range<UInt64> {
      let files = LogSet(seed: seed).files
      let size = random.number(1...random.pick([100, 1_000, 10_000]))
      let inOrder = try Self.outcome(files, workers: 0, chunkSize: size, threshold: "2")
      let forked = try Self.outcome(files, workers: workers, chunkSize: size, threshold: "2")
      #expect(forked.output == inOrder.output, "seed \(seed), chunks of \(size)")
      #expect(forked.snapshot == inOrder.snapshot, "seed \(seed), chunks of \(size)")
      forkedChunks += forked.forked
    }
    #expect(forkedChunks > 0)
  }
}
