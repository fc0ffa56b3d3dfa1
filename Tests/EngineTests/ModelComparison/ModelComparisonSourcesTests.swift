import AccessLog
import Engine
import EventOutput
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Several logs at once, compared with the model that judges each alone and adds them up.
@Suite struct ModelComparisonSourcesTests {
  private static let shares = 8

  /// In the order of the arguments and in another one, with one thread and several. Half as many sets
  /// as logs: one takes as long as several logs.
  @Test(arguments: 0..<shares)
  func theSumsOverSeveralFilesAreThoseOfTheModel(share: Int) throws {
    for seed in ModelSeeds.share(share, of: Self.shares) where seed / Self.shares % 2 == 0 {
      ModelSeeds.trace(seed)
      let set = LogSet(seed: UInt64(seed))
      let expected = ReferenceModel.run(set.files, paths: set.paths, options: set.options)
      let product = runProduct(set)
      // A container whose lines match no format has none, beside others that have one.
      let hasReasons = set.options.format != "auto" && set.options.hasDefinedReasons
      guard agrees(product, with: expected, comparingReasons: hasReasons) else {
        Issue.record("seed \(seed), \(set.options)\n\(difference(product, expected))")
        return
      }
      let reversed = withoutStart(runProduct(set.reversed))
      #expect(
        agrees(reversed, with: withoutStart(expected), comparingReasons: hasReasons),
        "seed \(seed), in reverse order")
    }
  }

  private func withoutStart(_ output: String) -> String {
    String(output.drop { $0 != "\n" })
  }

  /// Half as many scripts as logs.
  @Test(arguments: 0..<shares)
  func severalFilesAreFollowedAsTheModelDoes(share: Int) {
    var late = 0
    for seed in ModelSeeds.share(share, of: Self.shares) where seed / Self.shares % 2 == 0 {
      ModelSeeds.trace(seed)
      let script = JoinedScript(seed: UInt64(seed))
      late += ReferenceModel.lateBehindOthers(script.polls, options: script.options)
      let expected = ReferenceModel.follow(
        script.polls, paths: script.paths, options: script.options)
      let product = runProduct(script)
      for (poll, (actual, wanted)) in zip(product, expected).enumerated()
      where !agrees(actual, with: wanted, comparingReasons: script.options.hasDefinedReasons) {
        Issue.record(
          """
          seed \(seed), poll \(poll) of \(script.polls.count), \(script.options)
          \(description(script, through: poll))
          \(difference(actual, wanted))
          """)
        return
      }
      #expect(product.count == expected.count, "seed \(seed)")
    }
    #expect(ModelSeeds.logs < 1000 || late > 0)
  }

  /// What arrived through a poll.
  private func description(_ script: JoinedScript, through last: Int) -> String {
    script.polls.prefix(last + 1).map { poll in
      let files = poll.enumerated().map { "-- log \($0)\n\(visible($1.bytes))" }.joined()
      return "at \(poll[0].monotonic), wall clock \(poll[0].wallClock):\n" + files
    }.joined()
  }

  /// The first line that differs.
  private func difference(_ product: String, _ model: String) -> String {
    let lines = (product.split(separator: "\n"), model.split(separator: "\n"))
    for index in 0..<max(lines.0.count, lines.1.count) {
      let actual = index < lines.0.count ? lines.0[index] : "(none)"
      let wanted = index < lines.1.count ? lines.1[index] : "(none)"
      if !agrees(String(actual), with: String(wanted)) {
        return "product: \(actual)\nmodel:   \(wanted)"
      }
    }
    return "no difference"
  }
}

/// The output of the program for logs that are read to their ends.
private func runProduct(_ set: LogSet) -> String {
  let sink = MemorySink()
  var writer = NDJSONWriter(sink: sink, set.options)
  var options = PipelineOptions(set.options)
  options.paths = set.paths.map { Name($0) }
  var pipeline = Pipeline(options)
  let memory = ReadingMemory(blockSize: 1 << 17)
  let readers = zip(set.files, set.chunks).map { bytes, chunks in
    BlockReader(source: MemorySource(bytes, chunks: chunks), memory: memory)
  }
  let clock = ClockReading(wall: EpochSecond(set.options.wallClock), monotonic: 0)
  var events: [MonitorEvent] = []
  do {
    while !pipeline.isFinished {
      _ = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { true }, events: &events)
    }
    for event in events { try writer.handle(event) }
  } catch {
    return sink.text + "failed: \(error)"
  }
  return sink.text
}

/// The output of the program after each poll, and last at its end.
private func runProduct(_ script: JoinedScript) -> [String] {
  let sink = MemorySink()
  var writer = NDJSONWriter(sink: sink, script.options)
  var options = PipelineOptions(script.options)
  options.paths = script.paths.map { Name($0) }
  var pipeline = Pipeline(options)
  let sources = script.paths.map { _ in ArrivingSource() }
  let memory = ReadingMemory()
  let readers = sources.map { BlockReader(source: $0, memory: memory) }
  var outputs: [String] = []
  var clock = ClockReading(wall: EpochSecond(0), monotonic: 0)
  func output(_ work: (inout [MonitorEvent]) throws -> Void) {
    let before = sink.bytes.count
    var events: [MonitorEvent] = []
    do {
      try work(&events)
      for event in events { try writer.handle(event) }
      outputs.append(String(decoding: sink.bytes[before...], as: UTF8.self))
    } catch {
      outputs.append("failed: \(error)")
    }
  }
  for poll in script.polls {
    for (source, part) in zip(sources, poll) { source.append(part.bytes, isLast: false) }
    clock = ClockReading(wall: EpochSecond(poll[0].wallClock), monotonic: poll[0].monotonic)
    output { events in
      _ = try pipeline.step(
        readers, until: .everything, clock: clock, isOverBudget: { false }, events: &events)
    }
  }
  output { pipeline.stop(clock: clock, events: &$0) }
  return outputs
}
