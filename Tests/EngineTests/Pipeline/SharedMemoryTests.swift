import AccessLog
import Engine
import EventOutput
import LogInput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Several sources whose readers share one buffer: what one of them needs again is set aside while the
/// others read.
@Suite struct SharedMemoryTests {
  private static let start = 1_700_000_000

  /// Logs of which each is read in turn every few lines, with lines of many lengths.
  private static func logs(_ seed: UInt64) -> [[UInt8]] {
    var random = RandomSource(seed: seed)
    return (0..<4).map { number in
      var bytes: [UInt8] = []
      for index in 0..<2_000 {
        let path = "/\(number)/" + String(repeating: "x", count: random.number(0...300))
        bytes += Array(csv(start + index / 4, path).utf8)
        // The last line of some logs is incomplete.
        if index < 1_999 || number.isMultiple(of: 2) { bytes.append(10) }
      }
      return bytes
    }
  }

  private static func run(
    _ logs: [[UInt8]], _ options: PipelineOptions, chunks: [[Int]],
    memory: () -> ReadingMemory
  ) throws -> String {
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink)
    var options = options
    options.paths = logs.indices.map { Name("log \($0)") }
    var pipeline = Pipeline(options)
    let readers = zip(logs, chunks).map { bytes, chunks in
      BlockReader(source: MemorySource(bytes, chunks: chunks), memory: memory())
    }
    let clock = ClockReading(wall: EpochSecond(1_800_000_000), monotonic: 0)
    var events: [MonitorEvent] = []
    while !pipeline.isFinished {
      _ = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { true }, events: &events)
    }
    for event in events { try writer.handle(event) }
    return sink.text
  }

  /// A block of 512 bytes holds the longest line, and ends inside most of the lines.
  @Test(arguments: [512, 700, 1 << 12, 1 << 17], 1...3 as ClosedRange<UInt64>)
  func theFiguresAreThoseOfSeparateMemories(blockSize: Int, seed: UInt64) throws {
    let logs = Self.logs(seed)
    let options = PipelineOptions(ModelOptions())
    let reads = logs.map { _ in [Int]() }
    let shared = ReadingMemory(blockSize: blockSize)
    let together = try Self.run(logs, options, chunks: reads) { shared }
    let apart = try Self.run(logs, options, chunks: reads) { ReadingMemory(blockSize: blockSize) }
    #expect(together == apart)
    let figures = try Figures(together)
    #expect(figures.hits == 8_000)
    #expect(figures.late == 0)
    #expect(Set(figures.sections) == ["/0", "/1", "/2", "/3"])
  }

  /// Reads that end anywhere, one byte at a time among them.
  @Test(arguments: [1, 7, 100])
  func theFiguresDoNotDependOnTheSizesOfTheReads(longest: Int) throws {
    var random = RandomSource(seed: UInt64(longest))
    let logs = Self.logs(5).map { Array($0.prefix(20_000)) }
    let chunks = logs.map { _ in (0..<20_000).map { _ in random.number(1...longest) } }
    let options = PipelineOptions(ModelOptions())
    let shared = ReadingMemory(blockSize: 512)
    let pieces = try Self.run(logs, options, chunks: chunks) { shared }
    let whole = try Self.run(logs, options, chunks: logs.map { _ in [] }) { ReadingMemory() }
    #expect(pieces == whole)
    #expect(try Figures(pieces).hits > 300)
  }
}
