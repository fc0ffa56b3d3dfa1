import AccessLog
import Engine
import EventOutput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Several logs, each read by a run that reports its seconds: what is made of the reports is what one run
/// over all logs makes.
@Suite struct ReportedRunTests {
  private static let shares = 4
  private static let logs = ModelSeeds.logs / 10

  @Test(arguments: 0..<shares)
  func reportsOfSeveralLogsGiveTheFiguresOfOneRun(share: Int) throws {
    for seed in stride(from: share, to: Self.logs, by: Self.shares) {
      var set = LogSet(seed: UInt64(seed))
      // Names differ between senders; conditions ask lines, which are not sent.
      set.paths = set.paths.indices.map { "log \($0)" }
      // Of what is ahead of the wall clock, the order of lines decides, which seconds do not have.
      set.options.wallClock = 300_000_000_000
      set.options.filter = nil
      set.options.rules = []
      let sent = try set.files.indices.map { try messages(of: set, $0, seed) }
      var random = RandomSource(seed: UInt64(seed) &+ 99)
      let expected = try output(of: set)
      let joined = try output(ofReports: interleaved(sent, &random), set.options)
      #expect(difference(joined, expected) == nil, "seed \(seed), \(set.options)")
      // However many come again.
      let repeated = interleaved(sent, &random) + interleaved(sent, &random)
      let again = try output(ofReports: repeated, set.options)
      #expect(difference(again, expected) == nil, "seed \(seed), repeated")
    }
  }

  /// The first events that differ.
  private func difference(_ product: [String], _ expected: [String]) -> String? {
    guard product != expected else { return nil }
    let same = zip(product, expected).prefix { $0 == $1 }.count
    let (actual, wanted) = (product.dropFirst(same).first, expected.dropFirst(same).first)
    return "\(actual ?? "(none)")\ninstead of\n\(wanted ?? "(none)")"
  }

  /// The events of one run over all logs, without the first.
  private func output(of set: LogSet) throws -> [String] {
    var options = PipelineOptions(set.options)
    options.paths = set.paths.map { Name($0) }
    let readers = set.files.map { BlockReader(source: MemorySource($0)) }
    return try output(readers, options, set.options)
  }

  private func output(ofReports messages: [[UInt8]], _ model: ModelOptions) throws -> [String] {
    var options = PipelineOptions(model)
    // What is left out was left out by the senders.
    options.analysis.range = TimeRange()
    let bytes = messages.reduce(into: [UInt8]()) { $0 += $1 + [UInt8(ascii: "\n")] }
    options.paths = [Name("reports")]
    return try output([BlockReader(source: MemorySource(bytes))], options, model)
  }

  private func output(
    _ readers: [BlockReader], _ options: PipelineOptions, _ model: ModelOptions
  ) throws -> [String] {
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink, model)
    for event in try events(readers, options, model) {
      if case .notice(.about(_, .unreadableReports(let count, let failure))) = event {
        Issue.record("\(count) unreadable: \(failure)")
      }
      try writer.handle(event)
    }
    return sink.text.split(separator: "\n").dropFirst().map(String.init)
  }

  private func events(
    _ readers: [BlockReader], _ options: PipelineOptions, _ model: ModelOptions,
    afterStep: (inout Pipeline, inout [MonitorEvent]) -> Void = { _, _ in }
  ) throws -> [MonitorEvent] {
    var pipeline = Pipeline(options)
    var events: [MonitorEvent] = []
    let clock = ClockReading(wall: EpochSecond(model.wallClock), monotonic: 0)
    while !pipeline.isFinished {
      _ = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { true }, events: &events)
      if !pipeline.isFinished { afterStep(&pipeline, &events) }
    }
    return events
  }

  /// What a run over one of the logs reports.
  private func messages(of set: LogSet, _ index: Int, _ seed: Int) throws -> [[UInt8]] {
    var options = PipelineOptions(set.options)
    options.paths = [Name(set.paths[index])]
    options.analysis.reportsSeconds = true
    let source = MemorySource(set.files[index], chunks: set.chunks[index])
    let events = try events([BlockReader(source: source)], options, set.options) {
      pipeline, events in
      if let report = pipeline.takeReport() { events.append(.second(report)) }
    }
    var sequence: UInt64 = 0
    return events.compactMap { event in
      guard case .second(let report) = event else { return nil }
      sequence += 1
      return SentReport(
        sender: Name(set.paths[index]), series: UInt64(seed), sequence: sequence, report: report
      ).encoded
    }
  }

  /// The messages in another order, but those of each sender in theirs.
  private func interleaved(
    _ messages: [[[UInt8]]], _ random: inout RandomSource
  ) -> [[UInt8]] {
    var rest = messages.map { $0[...] }
    var order: [[UInt8]] = []
    while true {
      let open = rest.indices.filter { !rest[$0].isEmpty }
      guard !open.isEmpty else { return order }
      let sender = open[random.number(0...open.count - 1)]
      for _ in 0..<random.number(1...20) {
        if let message = rest[sender].popFirst() { order.append(message) }
      }
    }
  }
}
