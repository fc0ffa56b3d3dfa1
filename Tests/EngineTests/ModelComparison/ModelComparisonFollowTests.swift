import AccessLog
import Engine
import EventOutput
import Foundation
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Compares the program that follows a log with the model, on generated scripts of bytes that
/// arrive, time that passes and wall clocks that jump. The output of each poll is compared.
@Suite struct ModelComparisonFollowTests {
  private static let shares = 8

  @Test(arguments: 0..<shares)
  func theProductFollowsAsTheModelDoes(share: Int) {
    for seed in ModelSeeds.share(share, of: Self.shares) {
      ModelSeeds.trace(seed)
      let script = FollowScript(seed: UInt64(seed))
      if differs(script) {
        Issue.record(Comment(rawValue: report(shortened(script), seed: seed)))
        return
      }
    }
  }

  private func differs(_ script: FollowScript) -> Bool {
    !agree(
      runProduct(script), with: runModel(script),
      comparingReasons: script.options.hasDefinedReasons)
  }

  private func report(_ script: FollowScript, seed: Int) -> String {
    let (product, model) = (runProduct(script), runModel(script))
    var text = "seed \(seed): \(script.options), ends by itself: \(script.endsByItself)\n"
    for (index, poll) in script.polls.enumerated() {
      text += "at \(poll.monotonic), wall clock \(poll.wallClock):\n\(visible(poll.bytes))"
      let hasReasons = script.options.hasDefinedReasons
      if !agrees(product[index], with: model[index], comparingReasons: hasReasons) {
        text += "-- product:\n\(product[index])-- model:\n\(model[index])"
      }
    }
    if let actual = product.last, let expected = model.last,
      !agrees(actual, with: expected, comparingReasons: script.options.hasDefinedReasons)
    {
      text += "at the end\n-- product:\n\(actual)-- model:\n\(expected)"
    }
    return text
  }

  /// Removes polls and lines while the outputs still differ.
  private func shortened(_ script: FollowScript) -> FollowScript {
    var smallest = script
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for index in smallest.polls.indices.reversed() where smallest.polls.count > 1 {
        var fewer = smallest
        fewer.polls.remove(at: index)
        if differs(fewer) { (smallest, isSmaller) = (fewer, true) }
      }
      for index in smallest.polls.indices {
        let bytes = smallest.polls[index].bytes
        smallest.polls[index].bytes = shrunk(bytes) { bytes in
          var fewer = smallest
          fewer.polls[index].bytes = bytes
          return differs(fewer)
        }
        isSmaller = isSmaller || smallest.polls[index].bytes.count < bytes.count
      }
    }
    return smallest
  }
}

func runModel(_ script: FollowScript) -> [String] {
  ReferenceModel.follow(
    script.polls, endsByItself: script.endsByItself, options: script.options)
}

/// The output of the program after each poll, with the notices about blocks, and last at its end.
func runProduct(_ script: FollowScript) -> [String] {
  var program = FollowedProgram(script.options)
  var outputs: [String] = []
  for (index, poll) in script.polls.enumerated() {
    let isLast = script.endsByItself && index == script.polls.count - 1
    let before = program.blockWriting
    var text = program.poll(poll, isLast: isLast)
    if let blocks = program.blockWriting, blocks != before {
      let grace = blocks.adaptedGrace.map(String.init) ?? "as asked"
      text += "written in blocks after \(blocks.silence) s, needs \(blocks.idleGrace), "
      text += "waits \(grace)\n"
    }
    outputs.append(text)
  }
  if !script.endsByItself { outputs.append(program.stop()) }
  return outputs
}

/// The program following a log in memory, with clocks that are moved by hand.
struct FollowedProgram {
  private let source = ArrivingSource()
  private let reader: BlockReader
  private let sink = MemorySink()
  private var writer: NDJSONWriter
  private var clock = ClockReading(wall: EpochSecond(0), monotonic: 0)
  private(set) var pipeline: Pipeline
  /// The notices that were emitted, in order.
  private(set) var emittedNotices: [Notice] = []

  init(_ options: ModelOptions) {
    reader = BlockReader(source: source)
    pipeline = Pipeline(PipelineOptions(options))
    writer = NDJSONWriter(sink: sink, options)
  }

  /// Reads everything that has arrived, and then advances log time.
  mutating func poll(_ poll: Poll, isLast: Bool = false) -> String {
    source.append(poll.bytes, isLast: isLast)
    clock = ClockReading(wall: EpochSecond(poll.wallClock), monotonic: poll.monotonic)
    return output { program, events in
      _ = try program.pipeline.step(
        [program.reader], until: .everything, clock: program.clock, isOverBudget: { false },
        events: &events)
    }
  }

  /// How the log is written, if it is written in blocks.
  var blockWriting: BlockWriting? {
    pipeline.notices.lazy.compactMap { notice in
      if case .writtenInBlocks(let blocks) = notice { blocks } else { nil }
    }.first
  }

  mutating func stop() -> String {
    output { program, events in program.pipeline.stop(clock: program.clock, events: &events) }
  }

  private mutating func output(
    _ work: (inout FollowedProgram, inout [MonitorEvent]) throws -> Void
  ) -> String {
    let before = sink.bytes.count
    var events: [MonitorEvent] = []
    do {
      try work(&self, &events)
      for event in events {
        try writer.handle(event)
        if case .notice(let notice) = event { emittedNotices.append(notice) }
      }
    } catch {
      return "failed: \(error)"
    }
    return String(decoding: sink.bytes[before...], as: UTF8.self)
  }
}
