import AccessLog
import Engine
import EventOutput
import LogParsing
import PipelineKit
import ReferenceModel
import TrafficAnalysis

/// Who reads a log: the program's own pipeline or the model. Both promise the same output.
enum Runner: CaseIterable, Sendable {
  case model
  case product

  /// The ndjson output for a finished log.
  func run(_ bytes: [UInt8], _ options: ModelOptions) -> String {
    switch self {
    case .model: ReferenceModel.run(bytes, options: options)
    case .product: runProduct(bytes, options)
    }
  }
}

/// The whole output of the program's pipeline.
///
/// - Parameter chunks: the sizes of the reads; what they do not cover is read at once.
func runProduct(_ bytes: [UInt8], _ options: ModelOptions, chunks: [Int] = []) -> String {
  let sink = MemorySink()
  var writer = NDJSONWriter(sink: sink)
  do {
    var pipeline = Pipeline(PipelineOptions(options))
    try pipeline.readToEnd(
      BlockReader(source: MemorySource(bytes, chunks: chunks)),
      clock: ClockReading(wall: EpochSecond(options.wallClock), monotonic: 0)
    ) { events in
      for event in events { try writer.handle(event) }
    }
  } catch {
    return sink.text + "failed: \(error)"
  }
  return sink.text
}

extension PipelineOptions {
  /// The same options in the program's own words.
  init(_ options: ModelOptions) {
    self.init()
    path = Name(options.path)
    if options.format != "auto" { format = FormatCatalog.format(named: options.format)! }
    analysis.statsInterval = options.statsInterval
    analysis.alertWindow = options.window
    analysis.threshold = Threshold(options.threshold)!
    analysis.lateness = options.lateness
    analysis.maxJump = options.maxJump
    analysis.idleGrace = options.idleGrace
    analysis.adaptsIdleGrace = !options.idleGraceIsExplicit
    analysis.following = options.isFollowing
    analysis.top = options.top
    analysis.range = TimeRange(
      since: options.since.map(EpochSecond.init), until: options.until.map(EpochSecond.init))
  }
}
