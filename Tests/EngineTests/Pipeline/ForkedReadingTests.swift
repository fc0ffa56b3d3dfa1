import AccessLog
import Engine
import EventOutput
import LogParsing
import PipelineKit
import ReferenceModel
import Testing
import TrafficAnalysis

/// Reading with several threads, wherever the log is cut: the result is that of reading in order.
@Suite struct ForkedReadingTests {
  /// What came of a log.
  private struct Outcome: Equatable {
    var output = ""
    var rejected: [RejectedLine] = []
    var notices: [Notice] = []
    var summary: SourceSummary?
    var snapshot = Snapshot()
    /// How the chunks were taken; not part of what is compared.
    var merged = 0
    var oneByOne = 0
    var forked = 0
    /// The most events of a step.
    var longestStep = 0

    /// What differs, for messages.
    func differences(from other: Outcome) -> [String] {
      var parts: [String] = []
      if output != other.output { parts.append("output") }
      if rejected != other.rejected { parts.append("rejected lines") }
      if notices != other.notices { parts.append("notices \(notices), not \(other.notices)") }
      if summary != other.summary { parts.append("summary") }
      if snapshot != other.snapshot { parts.append("snapshot") }
      return parts
    }

    static func == (left: Outcome, right: Outcome) -> Bool {
      left.output == right.output && left.rejected == right.rejected
        && left.notices == right.notices && left.summary == right.summary
        && left.snapshot == right.snapshot
    }
  }

  /// - Parameter workers: 0 to read in order.
  private func outcome(
    _ bytes: [UInt8], _ options: ModelOptions, workers: Int, chunkSize: Int = 1 << 20,
    pieceSize: Int = 1 << 18,
    _ change: (inout AnalysisOptions) -> Void = { _ in }
  ) throws -> Outcome {
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink)
    var outcome = Outcome()
    var pipelineOptions = PipelineOptions(options)
    change(&pipelineOptions.analysis)
    var pipeline = Pipeline(pipelineOptions)
    let reader = BlockReader(
      source: MemorySource(bytes, chunks: [chunkSize], isShared: workers > 0),
      forking: Forking(workers: workers, chunkSize: chunkSize, pieceSize: pieceSize))
    try pipeline.readToEnd(
      reader, clock: ClockReading(wall: EpochSecond(options.wallClock), monotonic: 0),
      blockByBlock: false
    ) { events in
      outcome.longestStep = max(outcome.longestStep, events.count)
      for event in events {
        if case .notice(let notice) = event { outcome.notices.append(notice) }
        try writer.handle(event)
      }
    }
    outcome.output = sink.text
    // Records that are rejected for their time are reported when they are judged.
    outcome.rejected = pipeline.rejectedLines().sorted { $0.number < $1.number }
    outcome.summary = pipeline.summaries[0]
    outcome.snapshot = pipeline.snapshot(window: .all, rows: 20, includingPending: true)
    (outcome.merged, outcome.oneByOne) = pipeline.chunkCounts
    outcome.forked = pipeline.forkedChunks
    return outcome
  }

  private static let shares = 8

  /// Every tenth log, with cuts and workers of its own; many are too short to be read by threads.
  @Test(arguments: 0..<shares)
  func cutsAndWorkersChangeNothing(share: Int) throws {
    var totals = Outcome()
    for seed in ModelSeeds.share(share, of: Self.shares) where seed / Self.shares % 10 == 1 {
      ModelSeeds.trace(seed)
      var random = RandomSource(seed: UInt64(seed))
      let log = GeneratedLog(seed: UInt64(seed))
      let inOrder = try outcome(log.bytes, log.options, workers: 0)
      for workers in [1, 2, 3, 8] {
        let size = random.number(1...random.pick([100, 1000, 10_000]))
        let piece = random.number(1...random.pick([size, 2 * size, 1000]))
        let forked = try outcome(
          log.bytes, log.options, workers: workers, chunkSize: size, pieceSize: piece)
        totals.merged += forked.merged
        totals.oneByOne += forked.oneByOne
        totals.forked += forked.forked
        if forked != inOrder {
          Issue.record(
            "seed \(seed), \(log.options), \(workers) workers, chunks of \(size), pieces of \(piece), \(forked.differences(from: inOrder))"
          )
          return
        }
        let report = try outcome(
          log.bytes, log.options, workers: workers, chunkSize: size, pieceSize: piece
        ) { $0.isForDisplay = false }
        if report.output != inOrder.output {
          Issue.record("seed \(seed), \(log.options), \(workers) workers, chunks of \(size)")
          return
        }
      }
    }
    #expect(totals.forked > 0)
    #expect(totals.merged > 0)
    #expect(totals.oneByOne > 0)
  }

  /// A long log in which nearly every chunk is plain, with what makes some of them not so.
  @Test(
    arguments: [1, 2, 3, 8],
    ["", "sparse", "late", "garbage", "leap", "header", "giant", "names"])
  func aLongLogIsTheSameInAnyNumberOfThreads(workers: Int, trouble: String) throws {
    let bytes = Self.log(lines: 30_000, trouble: trouble)
    var options = ModelOptions()
    options.threshold = trouble == "sparse" ? "0.81" : "15"
    let inOrder = try outcome(bytes, options, workers: 0)
    let forked = try outcome(
      bytes, options, workers: workers, chunkSize: 50_000, pieceSize: 7000)
    let report = try outcome(bytes, options, workers: workers, chunkSize: 50_000) {
      $0.isForDisplay = false
    }
    #expect(forked.output == inOrder.output)
    #expect(report.output == inOrder.output)
    #expect(forked == inOrder)
    #expect(forked.forked > 20)
    #expect(forked.merged > 20)
    if trouble == "leap" { #expect(forked.oneByOne > 0) }
    if trouble == "sparse" { #expect(report.output.split(separator: "triggered").count > 10) }
  }

  /// Rankings without end leave room for a few events per step.
  @Test(arguments: [0, 2]) func aStepEndsWithManyEventsAndLosesNone(workers: Int) throws {
    let bytes = Self.log(lines: 30_000, trouble: "")
    var options = ModelOptions()
    options.top = 1000
    let few = try outcome(bytes, options, workers: workers, chunkSize: 500_000)
    options.top = 1_000_000
    let one = try outcome(bytes, options, workers: workers, chunkSize: 500_000)
    #expect(one == few)
    #expect(few.longestStep > 10)
    #expect(one.longestStep <= 3)
    #expect((few.forked > 0) == (workers > 0))
  }

  /// Beyond the limit, the earliest second closes although its lateness is not over.
  @Test(arguments: [0, 1, 3]) func noMoreSecondsAreOpenThanMayBe(workers: Int) throws {
    let bytes = Self.log(lines: 30_000, trouble: "late")
    var options = ModelOptions()
    options.lateness = 100
    let unlimited = try outcome(bytes, options, workers: workers, chunkSize: 50_000)
    let limited = try outcome(bytes, options, workers: workers, chunkSize: 50_000) {
      $0.openSecondLimit = 20
    }
    #expect(unlimited.snapshot.tally.late == 0)
    // Nearly every second has hits, so at most as many hits are late as with a lateness of 19.
    options.lateness = 19
    let late = try outcome(bytes, options, workers: 0)
    #expect((1...late.snapshot.tally.late).contains(limited.snapshot.tally.late))
    #expect(limited.snapshot.tally.lines == late.snapshot.tally.lines)
    options.lateness = 100
    #expect(try outcome(bytes, options, workers: 0) { $0.openSecondLimit = 20 } == limited)
  }

  private static func log(lines: Int, trouble: String) -> [UInt8] {
    var random = RandomSource(seed: 11)
    var text = ""
    for index in 0..<lines {
      // Sparse: 20 seconds with one hit each, then 5 with none or few.
      var second =
        1_700_000_000 + (trouble == "sparse" ? index + index / 20 * 5 - index % 3 / 2 : index / 20)
      if random.chance(50) { second -= 1 }
      if trouble == "late", random.chance(30) { second -= random.number(3...50) }
      if trouble == "leap", index % 10_000 == 9000 { second += 1_000_000 }
      if trouble == "garbage", random.chance(20) { text += "no line of the log\n" }
      if trouble == "header", index % 7000 == 6999 {
        text += "remotehost,status,date,request,bytes\n"
      }
      if trouble == "giant", index % 9000 == 8999 {
        text += String(repeating: "x", count: 200_000) + "\n"
      }
      let name = trouble == "names" ? index : random.number(1...50)
      let client = "10.0.\(name >> 8 & 255).\(name & 255)"
      text +=
        trouble == "header" && index > 6998
        ? "\(client),200,\(second),GET /s\(name)/x HTTP/1.1,\(index)\n"
        : "\(client),-,-,\(second),GET /s\(name)/x HTTP/1.1,200,\(index)\n"
    }
    return Array(text.utf8)
  }
}
