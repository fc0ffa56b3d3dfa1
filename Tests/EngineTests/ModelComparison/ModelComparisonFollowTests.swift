import AccessLog
import Engine
import EventOutput
import Foundation
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// The program that follows a log against the model, on made-up scripts of bytes that arrive, time
/// that passes and wall clocks that jump; what is told at each look is compared.
@Suite struct ModelComparisonFollowTests {
  private static let shares = 8

  @Test(arguments: 0..<shares)
  func theProductFollowsAsTheModelDoes(share: Int) {
    for seed in ModelSeeds.share(share, of: Self.shares) {
      ModelSeeds.trace(seed)
      let script = FollowScript(seed: UInt64(seed))
      if differs(script) {
        Issue.record(Comment(rawValue: report(shrunk(script), seed: seed)))
        return
      }
    }
  }

  private func differs(_ script: FollowScript) -> Bool {
    runProduct(script) != runModel(script)
  }

  private func report(_ script: FollowScript, seed: Int) -> String {
    let (product, model) = (runProduct(script), runModel(script))
    var text = "seed \(seed): \(script.options), ends by itself: \(script.endsByItself)\n"
    for (index, look) in script.looks.enumerated() {
      text += "at \(look.monotonic), wall clock \(look.wallClock):\n\(visible(look.bytes))"
      if product[index] != model[index] {
        text += "-- product:\n\(product[index])-- model:\n\(model[index])"
      }
    }
    if let told = product.last, let expected = model.last, told != expected {
      text += "at the end\n-- product:\n\(told)-- model:\n\(expected)"
    }
    return text
  }

  /// Leaves out looks and lines as long as both still differ.
  private func shrunk(_ script: FollowScript) -> FollowScript {
    var smallest = script
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for index in smallest.looks.indices.reversed() where smallest.looks.count > 1 {
        var fewer = smallest
        fewer.looks.remove(at: index)
        if differs(fewer) { (smallest, isSmaller) = (fewer, true) }
      }
      for index in smallest.looks.indices {
        let bytes = smallest.looks[index].bytes
        smallest.looks[index].bytes = EngineTests.shrunk(bytes) { bytes in
          var fewer = smallest
          fewer.looks[index].bytes = bytes
          return differs(fewer)
        }
        isSmaller = isSmaller || smallest.looks[index].bytes.count < bytes.count
      }
    }
    return smallest
  }
}

func runModel(_ script: FollowScript) -> [String] {
  ReferenceModel.follow(
    script.looks, endsByItself: script.endsByItself, options: script.options)
}

/// What the program's pipeline tells at each look, and what is said of blocks then, and at its end.
func runProduct(_ script: FollowScript) -> [String] {
  var program = FollowedProgram(script.options)
  var told: [String] = []
  for (index, look) in script.looks.enumerated() {
    let isLast = script.endsByItself && index == script.looks.count - 1
    let before = program.blockWriting
    var text = program.look(look, isLast: isLast)
    if let blocks = program.blockWriting, blocks != before {
      let grace = blocks.adaptedGrace.map(String.init) ?? "as asked"
      text += "written in blocks after \(blocks.silence) s, needs \(blocks.idleGrace), "
      text += "waits \(grace)\n"
    }
    told.append(text)
  }
  if !script.endsByItself { told.append(program.stop()) }
  return told
}

/// The program following a log that exists only in memory, its clocks moved by hand.
struct FollowedProgram {
  private let source = ArrivingSource()
  private let reader: BlockReader
  private let sink = MemorySink()
  private var writer: NDJSONWriter
  private var clock = ClockReading(wall: EpochSecond(0), monotonic: 0)
  private(set) var pipeline: Pipeline
  /// Notices that became true, in order.
  private(set) var said: [Notice] = []

  init(_ options: ModelOptions) {
    reader = BlockReader(source: source)
    pipeline = Pipeline(PipelineOptions(options))
    writer = NDJSONWriter(sink: sink)
  }

  /// Reads what is there, then lets time go on.
  mutating func look(_ look: Look, isLast: Bool = false) -> String {
    source.append(look.bytes, isLast: isLast)
    clock = ClockReading(wall: EpochSecond(look.wallClock), monotonic: look.monotonic)
    return told { program, events in
      _ = try program.pipeline.step(
        program.reader, until: .everything, clock: program.clock, isOverBudget: { false },
        events: &events)
    }
  }

  /// What is known of how the log is written, where it is written in blocks.
  var blockWriting: BlockWriting? {
    pipeline.notices.lazy.compactMap { notice in
      if case .writtenInBlocks(let blocks) = notice { blocks } else { nil }
    }.first
  }

  mutating func stop() -> String {
    told { program, events in program.pipeline.stop(clock: program.clock, events: &events) }
  }

  private mutating func told(
    _ work: (inout FollowedProgram, inout [MonitorEvent]) throws -> Void
  ) -> String {
    let before = sink.bytes.count
    var events: [MonitorEvent] = []
    do {
      try work(&self, &events)
      for event in events {
        try writer.handle(event)
        if case .notice(let notice) = event { said.append(notice) }
      }
    } catch {
      return "failed: \(error)"
    }
    return String(decoding: sink.bytes[before...], as: UTF8.self)
  }
}
