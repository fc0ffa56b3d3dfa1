import AccessLog
import ReferenceModel
import Testing

/// Followed logs whose clocks are moved by hand: what time does where nothing is written.
@Suite struct SilenceTests {
  private static let now = 1_700_000_000

  @Test func halfALineIsCountedOnceItIsWhole() throws {
    var log = FollowedLog(wall: Int64(Self.now))
    let line = csv(Self.now) + "\n"
    try log.poll(String(line.dropLast()))
    #expect(
      log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true).tally.lines == 0)
    try log.poll(after: 3600, "\n")
    #expect(
      log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true).tally.lines == 1)
    try log.poll(line + "\"10.0")
    #expect(try log.stop().lines == 2)
  }

  @Test func aLineThatGrowsTooLongIsOneLineHoweverLongItTakes() throws {
    var log = FollowedLog(wall: Int64(Self.now))
    let half = String(repeating: "A", count: 40 * 1024)
    try log.poll(half)
    try log.poll(after: 2, half)
    try log.poll(after: 2, half + "\n" + lines([Self.now]))
    let figures = try log.stop()
    #expect(figures.rejected("oversize") == 1)
    #expect(figures.hits == 1)
    #expect(figures.lines == 2)
  }

  /// An alert is up in the last second of the log.
  @Test(arguments: [0, 1, 2, 5] as [Int64])
  func timeDoesNotAdvanceBeyondAnOldLog(lateness: Int64) throws {
    var log = FollowedLog(wall: Int64(Self.now)) {
      ($0.window, $0.threshold, $0.lateness) = (2, "3", lateness)
    }
    let text = lines(
      (0..<90).flatMap { second in
        [Int](repeating: Self.now - 86_400 + second, count: second < 80 ? 1 : 9)
      })
    try log.poll(text)
    for _ in 0..<100 { try log.poll(after: 36) }
    let closed = try #require(log.program.pipeline.closedThrough)
    #expect(closed.value == Int64(Self.now - 86_400 + 89))
    #expect(!log.program.pipeline.isLive)
    let figures = try log.stop()
    #expect(figures.alerts == ["triggered \(Self.now - 86_400 + 80) 10"])
    var options = ModelOptions()
    (options.window, options.threshold, options.lateness) = (2, "3", lateness)
    #expect(log.outputs.joined() == runProduct(Array(text.utf8), options))
  }

  @Test func aLiveAlertRecoversInSilenceAtItsSecond() throws {
    var log = FollowedLog(wall: Int64(Self.now)) { ($0.window, $0.threshold) = (20, "1") }
    try log.poll(lines([Int](repeating: Self.now - 5, count: 30) + [Self.now]))
    #expect(try log.poll().alerts.isEmpty)
    var recovered: Double?
    for _ in 0..<60 {
      let before = log.monotonic
      let figures = try log.poll(after: 1)
      if figures.alerts == ["recovered \(Self.now + 15) 1"] { recovered = before + 1 - 500 }
    }
    // The grace, the fifteen seconds until the hits leave the window, and the lateness after it.
    #expect(recovered == 28.0)
    let snapshot = log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true)
    #expect(snapshot.rateNow.hits == 0)
    #expect(snapshot.closedThrough?.value == Int64(Self.now + 50 - 3))
  }

  @Test func aLogIsLiveIfItsTimeWasNowOrIfItGrew() throws {
    for (age, more, isLive) in [(60, "", true), (61, "", false), (61, lines([0]), true)] {
      var log = FollowedLog(wall: Int64(Self.now))
      try log.poll(lines([Self.now - age]))
      if !more.isEmpty { try log.poll(after: 1, more) }
      #expect(log.program.pipeline.isLive == isLive)
    }
  }

  @Test func aSuspendedProgramReadsBeforeTimeAdvances() throws {
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll(lines(Self.now - 20...Self.now))
    // Stopped for ten minutes; lines of all that time are there when it goes on.
    try log.poll(after: 600, lines(Self.now + 1...Self.now + 600))
    for _ in 0..<20 { try log.poll(after: 1) }
    let figures = try log.stop()
    #expect(figures.hits == 621)
    #expect(figures.late == 0)
  }

  @Test func oneBlockAfterALongSilenceIsLateAndANoticeSaysWhy() throws {
    let block = lines(Self.now + 1...Self.now + 40)
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll(lines(Self.now - 20...Self.now))
    for _ in 0..<39 { try log.poll(after: 1) }
    try log.poll(after: 1, block)
    let late = HitShare(26, of: 61)
    #expect(
      log.program.pipeline.notices
        == [.lateHits(LateHits(share: late, lateness: 28, idleGrace: 36))])
    #expect(try log.stop().late == 26)
    var patient = FollowedLog(wall: Int64(Self.now)) { $0.idleGrace = 36 }
    try patient.poll(lines(Self.now - 20...Self.now))
    for _ in 0..<39 { try patient.poll(after: 1) }
    try patient.poll(after: 1, block)
    #expect(try patient.stop().late == 0)
  }

  /// Records leap an hour ahead and once more; nothing follows them, or only lines that are none.
  @Test(arguments: [("", 10), ("no record\n", 20), ("\n", 20)])
  func recordsThatLeapAreAcceptedAfterASilence(line: String, released: Int) throws {
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll(lines(Self.now - 8000..<Self.now - 7900))
    try log.poll(after: 1, lines([Self.now - 4000, Self.now - 3999, Self.now - 400]))
    var waited = 0
    while log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true).quarantine
      != nil
    {
      waited += 1
      try log.poll(after: 1, waited == 10 ? line : "")
      try #require(waited < 100)
    }
    #expect(waited == released)
    let figures = try log.stop()
    #expect(figures.hits == 103)
    #expect(figures.rejected("total") == (line == "no record\n" ? 1 : 0))
    #expect(figures.last == Self.now - 400)
  }

  /// The whole source leaps to where the wall clock is: it is believed with its first record.
  @Test func aLeapToTheWallClockIsAcceptedAtOnce() throws {
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll(lines(Self.now - 3700..<Self.now - 3600))
    try log.poll(after: 1, lines([Self.now]))
    let snapshot = log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true)
    #expect(snapshot.quarantine == nil)
    #expect(snapshot.tally.hits == 101)
  }

  @Test func aQuarantinedRecordIsAcceptedWhenTimeReachesIt() throws {
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll(lines(Self.now - 50...Self.now))
    // Ahead of the log by more than a jump, and not near the wall clock, which is wrong.
    log.wall += 1_000_000
    try log.poll(after: 1, lines([Self.now + 70]))
    // Lines of a second that is closed keep the silence from ending, but time goes on.
    for _ in 0..<25 { try log.poll(after: 5, lines([Self.now])) }
    let figures = try log.stop()
    #expect(figures.hits == 51 + 1 + 25)
    #expect(figures.late == 22)
    let counted = figures.named("interval").compactMap { $0["hits"] as? Int }.reduce(0, +)
    #expect(counted == 51 + 1 + 3)
  }

  /// The wall clock is wrong again and again while the log goes on as ever.
  @Test(arguments: [[3600, 0, 1, 0], [1, -1, 0, 2], [-3600, 0, 3600, -1]])
  func aWallClockThatJumpsDoesNotMoveLogTime(errors: [Int64]) throws {
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll(lines([Self.now]))
    var closed: [Int64] = []
    var reports: [Double] = []
    var future = 0
    for second in 1...400 {
      let error = errors[second / 7 % errors.count]
      log.wall = Int64(Self.now + second) + error - 1
      if error < -60 { future += 1 }
      let figures = try log.poll(after: 1, lines([Self.now + second]))
      if !figures.named("interval").isEmpty { reports.append(log.monotonic) }
      closed.append(log.program.pipeline.closedThrough?.value ?? .min)
    }
    #expect(zip(closed, closed.dropFirst()).allSatisfy { $0 <= $1 })
    let figures = try log.stop()
    // Ahead of a wall clock that is an hour slow is all that is lost.
    #expect(figures.rejected("future") == future)
    #expect(figures.hits == 401 - future)
    #expect(figures.late == 0)
    let slack = future > 0 ? 7.0 : 0
    #expect(zip(reports, reports.dropFirst()).allSatisfy { abs($1 - $0 - 10) <= slack })
    #expect(reports.count == 39)
  }

  /// A pipe that gives nothing for a moment has not ended, and nobody follows it.
  @Test(arguments: [0, 1, 60])
  func withoutFollowAPauseOfThePipeChangesNothing(pause: Int) throws {
    let early = lines(Self.now..<Self.now + 20)
    let late = lines(Self.now + 3600..<Self.now + 3700)
    for (first, second) in [(early, late), (early + lines([Self.now + 3600]), early)] {
      let options = ModelOptions()
      var program = FollowedProgram(options)
      var output = ""
      for (index, text) in [first, "", second].enumerated() {
        output += program.poll(
          Poll(
            monotonic: Double(index * pause), wallClock: options.wallClock,
            bytes: Array(text.utf8)),
          isLast: index == 2)
      }
      #expect(output == ReferenceModel.run(Array((first + second).utf8), options: options))
    }
  }
}
