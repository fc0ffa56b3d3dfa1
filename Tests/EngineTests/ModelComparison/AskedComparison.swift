import AccessLog
import Engine
import EventOutput
import PipelineKit
import ReferenceModel
import TrafficAnalysis

/// A log with a filter or rules, read in all the ways that must not matter.
struct AskedComparison {
  let log: AskedLog
  let seed: Int

  init(_ log: AskedLog, seed: Int) {
    (self.log, self.seed) = (log, seed)
  }

  /// What is different from the model, with a log that is as short as possible; `nil` if nothing is.
  func difference() -> String? {
    let expected = ReferenceModel.run(log.bytes, options: log.options)
    let output = runProduct(log.bytes, log.options)
    if !isRight(output, expected) { return report(output, expected) }
    for workers in [1, 8] {
      let forked = forkedOutput(workers: workers)
      if forked != output { return "seed \(seed), \(workers) workers: \(log.options)" }
    }
    if seed % 4 == 0, replayedOutput() != output { return "seed \(seed), replay: \(log.options)" }
    return nil
  }

  /// Whether the output is that of the model. Why lines are rejected is compared elsewhere.
  private func isRight(_ output: String, _ expected: String) -> Bool {
    agrees(
      withoutUnusualKeys(output), with: withoutUnusualKeys(expected), comparingReasons: false)
  }

  /// The output without the names in messages that have more than plain characters: they are made safe
  /// for a person there.
  private func withoutUnusualKeys(_ output: String) -> String {
    let key = #/"key":"((?:[^"\\]|\\.)*)"/#
    let name = #/"message":"\S+ \(.*\): (?=(?:rate|share|p\d\d|bandwidth|clients|growth)\b)/#
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for index in lines.indices where lines[index].hasPrefix(#"{"event":"alert""#) {
      guard let match = lines[index].firstMatch(of: key) else { continue }
      if match.output.1.contains("\\") || !match.output.1.allSatisfy(\.isASCII) {
        lines[index] = lines[index].replacing(name, with: #""message":": "#)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// In pieces of the log that are small, so that there are several.
  private func forkedOutput(workers: Int) -> String {
    var random = RandomSource(seed: UInt64(seed))
    let size = random.number(1...random.pick([100, 1000, 10_000]))
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink, log.options)
    do {
      var pipeline = Pipeline(PipelineOptions(log.options))
      let reader = BlockReader(
        source: MemorySource(log.bytes, chunks: [size], isShared: true),
        forking: Forking(workers: workers, chunkSize: size))
      try pipeline.readToEnd(
        reader, clock: ClockReading(wall: EpochSecond(log.options.wallClock), monotonic: 0),
        blockByBlock: false
      ) { events in
        for event in events { try writer.handle(event) }
      }
    } catch {
      return "failed: \(error)"
    }
    return sink.text
  }

  /// At some speed, until most is played; then as fast as possible, as some silences are centuries.
  private func replayedOutput() -> String {
    var random = RandomSource(seed: UInt64(seed))
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink, log.options)
    do {
      var trial = ReplayTrial(
        log.bytes, PipelineOptions(log.options), wall: EpochSecond(log.options.wallClock),
        speed: random.pick([.times(1), .times(60), .times(5000), .max]),
        maxGap: random.pick([0, 1, 5]))
      for _ in 0..<100 { try trial.step(after: random.pick([0, 0.1, 0.5, 3000])) }
      trial.replay.setSpeed(.max, at: trial.real)
      while !trial.replay.pipeline.isFinished { try trial.step(after: 1) }
      for event in trial.events { try writer.handle(event) }
    } catch {
      return "failed: \(error)"
    }
    return sink.text
  }

  private func report(_ output: String, _ expected: String) -> String {
    var fewer = log.options
    // One rule is easier to understand than four.
    for rule in log.options.rules {
      var options = log.options
      options.rules = [rule]
      if differs(log.bytes, options) { fewer = options }
    }
    let options = fewer
    let small = log.bytes.count < 200_000 ? shrunk(log.bytes) { differs($0, options) } : log.bytes
    return """
      seed \(seed): \(options)
      \(visible(small))
      product:
      \(runProduct(small, options))
      model:
      \(ReferenceModel.run(small, options: options))
      """
  }

  private func differs(_ bytes: [UInt8], _ options: ModelOptions) -> Bool {
    !isRight(runProduct(bytes, options), ReferenceModel.run(bytes, options: options))
  }
}
