import AccessLog
import Engine
import EventOutput
import LogInput
import LogParsing
import PipelineKit
import TrafficAnalysis

/// What a whole log is reported as.
struct LogReport: Equatable {
  /// The events as JSON lines.
  var events: [UInt8] = []
  var lines = 0

  /// Reads a log to its end, and checks that its counts add up.
  ///
  /// - Parameters:
  ///   - chunk: the size of each read in bytes; nil to read as much as possible.
  ///   - format: the name of its format; nil to detect it.
  ///   - named: the format, if it is chosen otherwise.
  ///   - forking: how several threads read it; nil to read it in order.
  init(
    _ log: [UInt8], chunk: Int? = nil, format: String? = nil, named: NamedFormat? = nil,
    forking: Forking? = nil
  ) {
    let sink = MemorySink()
    // Wrappers name the source of a line, and nothing else.
    let all = Dimension.allCases.reduce(into: DimensionSet()) {
      if $1 != .source { $0.insert(DimensionSet($1)) }
    }
    var writer = NDJSONWriter(sink: sink, ranked: all)
    let clock = ClockReading(wall: EpochSecond(1_800_000_000), monotonic: 0)
    var chunks = chunk.map { [Int](repeating: $0, count: log.count / $0 + 1) } ?? []
    // The first lines, which tell the format, are read in order.
    if let forking { chunks = [forking.chunkSize] }
    let reader = BlockReader(
      source: MemorySource(log, chunks: chunks, isShared: forking != nil),
      forking: forking ?? Forking())
    var options = PipelineOptions()
    options.format = named ?? format.flatMap(FormatCatalog.format)
    options.analysis.ranked = all
    options.analysis.reportsTotals = true
    do {
      var pipeline = Pipeline(options)
      try pipeline.readToEnd(reader, clock: clock, blockByBlock: forking == nil) { events in
        for event in events {
          if case .end(let report) = event {
            let tally = report.tally
            require(
              tally.lines == tally.hits + tally.rejected.total + tally.ignored, "lines add up")
            lines = tally.lines
          }
          try writer.handle(event)
        }
      }
    } catch {
      require(false, "memory cannot fail")
    }
    events = sink.bytes
  }
}
