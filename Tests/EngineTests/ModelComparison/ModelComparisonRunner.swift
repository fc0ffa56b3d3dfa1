import AccessLog
import Conditions
import Engine
import EventOutput
import LogParsing
import PipelineKit
import ReferenceModel
import TrafficAnalysis

/// What reads a log: the pipeline of the program, or the model. Both must give the same output.
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
/// - Parameters:
///   - chunks: the size of each read in bytes; the read after the last one gives the rest.
///   - isForDisplay: whether what a dashboard shows is kept. Otherwise seconds with few hits close
///     together.
func runProduct(
  _ bytes: [UInt8], _ options: ModelOptions, chunks: [Int] = [], isForDisplay: Bool = true
) -> String {
  let sink = MemorySink()
  var writer = NDJSONWriter(sink: sink, options)
  do {
    var pipelineOptions = PipelineOptions(options)
    pipelineOptions.analysis.isForDisplay = isForDisplay
    var pipeline = Pipeline(pipelineOptions)
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
  /// Converts the options of the model.
  init(_ options: ModelOptions) {
    self.init()
    paths = [Name(options.path)]
    if options.format != "auto" {
      format =
        FormatCatalog.format(named: options.format) ?? (try? NamedFormat(custom: options.format))
    }
    parsing.zone = AssumedZone(offset: Int(options.logZone))
    analysis.statsInterval = options.statsInterval
    analysis.alertWindow = options.window
    analysis.threshold = Threshold(options.threshold)!
    analysis.lateness = options.lateness
    analysis.maxJump = options.maxJump
    analysis.idleGrace = options.idleGrace
    analysis.adaptsIdleGrace = !options.idleGraceIsExplicit
    analysis.following = options.isFollowing
    analysis.top = options.top
    analysis.ranked = DimensionSet(options)
    analysis.reportsTotals = options.reportsTotals
    // Expressions and rules come as users write them.
    analysis.filter = options.filter.map { try! Condition(parsing: $0.text) }
    analysis.rules = options.rules.map { try! RuleDefinition(parsing: $0.text) }
    analysis.alertsOnHighTraffic = options.hasHighTrafficRule
    analysis.range = TimeRange(
      since: options.since.map(EpochSecond.init), until: options.until.map(EpochSecond.init))
  }
}

extension NDJSONWriter {
  /// The writer of a run with the options of the model.
  init(sink: any ByteSink, _ options: ModelOptions) {
    self.init(sink: sink, ranked: DimensionSet(options))
  }
}

extension DimensionSet {
  /// The dimensions that the options of the model rank.
  fileprivate init(_ options: ModelOptions) {
    self = options.ranks.compactMap(Dimension.init(named:)).reduce(into: []) {
      $0.insert(DimensionSet($1))
    }
  }
}
