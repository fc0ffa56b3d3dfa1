import AccessLog
import LogParsing
import PipelineKit
import Testing
import TrafficAnalysis

@testable import Engine

/// When a pipeline reports that lines do not match, and what it shows until then.
@Suite struct MatchNoticeTests {
  /// A pipeline on a followed source, with a clock that is moved by hand.
  private struct Trial {
    let source = ArrivingSource()
    let reader: BlockReader
    var pipeline: Pipeline
    var now = 1000.0
    /// The notices about lines that do not match, in order.
    var emittedNotices: [Notice] = []

    init(format: NamedFormat? = nil) {
      reader = BlockReader(source: source)
      var options = PipelineOptions()
      options.analysis.following = true
      options.format = format
      pipeline = Pipeline(options)
    }

    /// Reads lines that arrive `seconds` later.
    ///
    /// - Returns: the notices about lines that do not match.
    mutating func read(
      _ lines: [String], after seconds: Double = 0, isLast: Bool = false
    ) throws -> [Notice] {
      source.append(lines.map { $0 + "\n" }.joined().utf8, isLast: isLast)
      now += seconds
      var events: [MonitorEvent] = []
      _ = try pipeline.step(
        [reader], until: .everything, clock: clock, isOverBudget: { false }, events: &events)
      return note(events)
    }

    mutating func stop() -> [Notice] {
      var events: [MonitorEvent] = []
      pipeline.stop(clock: clock, events: &events)
      return note(events)
    }

    private var clock: ClockReading {
      ClockReading(wall: EpochSecond(1_773_480_000), monotonic: now)
    }

    private mutating func note(_ events: [MonitorEvent]) -> [Notice] {
      let notices = events.compactMap { event -> Notice? in
        guard case .notice(let notice) = event, notice.invalidatesFigures else { return nil }
        return notice
      }
      emittedNotices += notices
      return notices
    }

    var blinding: [Notice] { snapshot.notices.filter(\.invalidatesFigures) }

    var snapshot: Snapshot { pipeline.snapshot(window: .all, rows: 1, includingPending: true) }
  }

  private static let line = #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a/x HTTP/1.1" 200 5"#

  private func bad(_ count: Int) -> [String] { Array(repeating: "x", count: count) }
  private func good(_ count: Int) -> [String] { Array(repeating: Self.line, count: count) }

  private func lines(_ notice: Notice?) -> Int? {
    guard case .unknownFormat(let failed)? = notice else { return nil }
    return failed.lines
  }

  // MARK: - Two seconds

  @Test(arguments: [nil, "csv"])
  func noMatchIsReportedOnceAfterTwoSeconds(format: String?) throws {
    var trial = Trial(format: format.flatMap(FormatCatalog.format))
    #expect(try trial.read([]).isEmpty)
    // Counted from the first line, however late it arrives.
    #expect(try trial.read(["", "x", "y"], after: 3600).isEmpty)
    #expect(try trial.read([], after: 1.9).isEmpty)
    #expect(trial.snapshot.notices.isEmpty)
    let before = trial.pipeline.revision
    let notices = try trial.read(["z"], after: 0.1)
    #expect(notices.map { lines($0) } == [3])
    #expect(trial.pipeline.revision != before)
    #expect(trial.snapshot.notices == notices)
    #expect(try trial.read(bad(2000), after: 10).isEmpty)
    #expect(lines(trial.snapshot.notices.first) == 2003)
    #expect(trial.stop().isEmpty)
    #expect(lines(trial.snapshot.notices.first) == 2003)
  }

  @Test func aMatchWithinTwoSecondsReportsNothing() throws {
    var trial = Trial()
    _ = try trial.read(["x"])
    _ = try trial.read(good(1), after: 1)
    _ = try trial.read(["x"], after: 60)
    #expect(trial.stop().isEmpty)
    #expect(trial.emittedNotices.isEmpty)
  }

  @Test func undecidedLinesAreCountedUntilThen() throws {
    var trial = Trial()
    _ = try trial.read(bad(5))
    let before = trial.pipeline.revision
    _ = try trial.read(bad(5))
    #expect(trial.pipeline.revision != before)
    #expect(trial.snapshot.undecided == 10)
    #expect(trial.snapshot.tally.rejected.total == 0)
    _ = try trial.read(good(1))
    #expect(trial.snapshot.undecided == 0)
    #expect(trial.snapshot.tally.rejected.total == 10)
  }

  // MARK: - The end

  @Test(arguments: [true, false])
  func noMatchIsReportedAtTheEndAtTheLatest(stops: Bool) throws {
    var trial = Trial()
    _ = try trial.read(bad(7))
    let notices = stops ? trial.stop() : try trial.read([], isLast: true)
    #expect(notices.map { lines($0) } == [7])
    #expect(trial.pipeline.unmatched()?.lines == 7)
    #expect(trial.snapshot.undecided == 0)
    #expect(lines(trial.snapshot.notices.first) == 7)
  }

  @Test func blankLinesReportNothing() throws {
    var trial = Trial()
    _ = try trial.read(["", " "], after: 10)
    #expect(trial.stop().isEmpty)
    #expect(trial.pipeline.unmatched() == nil)
  }

  // MARK: - Until lines match again

  @Test func aMatchClearsTheNoticeAndALaterRunReportsItAgain() throws {
    var trial = Trial()
    #expect(try trial.read(bad(1000)).count == 1)
    #expect(try trial.read(good(1)).isEmpty)
    #expect(trial.blinding.isEmpty)
    for _ in 0..<3 {
      #expect(try trial.read(bad(32)).isEmpty)
      #expect(try trial.read(bad(1)).count == 1)
      #expect(trial.blinding.count == 1)
      #expect(try trial.read(bad(500), after: 100).isEmpty)
      #expect(try trial.read(good(31)).isEmpty)
      #expect(trial.blinding.count == 1)
      #expect(try trial.read(good(69)).isEmpty)
      #expect(trial.blinding.isEmpty)
    }
    #expect(trial.emittedNotices.count == 4)
  }

  /// Several runs in one block.
  @Test func aRunThatEndsWithinABlockIsReportedToo() throws {
    var trial = Trial()
    let notices = try trial.read(good(1) + bad(40) + good(40) + bad(40) + good(40))
    #expect(notices.count == 2)
    #expect(trial.snapshot.notices.isEmpty)
  }

  // MARK: - Replay

  /// A moment shows its own notice, however far the log has been read ahead.
  @Test func aReplayShowsTheNoticeOfTheMoment() throws {
    let seconds = (0..<300).flatMap { second in
      // Of each 100 seconds the last 30 bring lines that cannot be read, besides one that can.
      (second % 100 >= 70 ? bad(9) : []) + ["\"h\",\"-\",\"-\",\(1000 + second),\"GET / x\",200,1"]
    }
    let bytes = Array(seconds.map { $0 + "\n" }.joined().utf8)
    var trial = ReplayTrial(bytes)
    var seen: [Bool] = []
    func notices(_ pipeline: Pipeline) -> [Notice] {
      pipeline.snapshot(window: .all, rows: 1, includingPending: false).notices
    }
    while !trial.replay.pipeline.isFinished {
      try trial.step(after: 1)
      let shown = notices(trial.replay.pipeline)
      #expect(shown == notices(try trial.expected()))
      if shown.isEmpty != seen.last { seen.append(shown.isEmpty) }
    }
    // Three runs; the last goes on to the end.
    #expect(seen == [true, false, true, false, true, false])
    for second in [1090, 1050, 1290, 1195, 1020] {
      _ = trial.replay.seek(to: EpochSecond(Int64(second)), at: trial.real)
      _ = try trial.finishSeek()
      #expect(notices(trial.replay.pipeline) == notices(try trial.expected()), "\(second)")
    }
  }

  @Test func aReplayOfAnUnknownFormatReportsItAtOnce() throws {
    var trial = ReplayTrial(Array(String(repeating: "x\n", count: 1500).utf8))
    try trial.step(after: 0.1)
    let snapshot = trial.replay.pipeline.snapshot(window: .all, rows: 1, includingPending: false)
    #expect(lines(snapshot.notices.first) == 1500)
  }
}
