import ReferenceModel
import Testing

/// Faults in the times of a log, for the model and the product.
@Suite struct ModelComparisonClockTests {
  private static let start = 1_700_000_000
  private static let year2100 = combined("01/Jan/2100:00:00:00 +0000")

  private static func steady(_ seconds: Range<Int>, rate: Int, from: Int = start) -> [String] {
    seconds.flatMap { [String](repeating: commonLine(from + $0), count: rate) }
  }

  /// A combined line at an epoch second of November 2023.
  private static func commonLine(_ epoch: Int) -> String {
    let day = (epoch - 1_698_796_800) / 86_400 + 1
    let second = epoch % 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return combined(
      "\(two(day))/Nov/2023:\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) +0000"
    )
  }

  @Test(arguments: Runner.allCases, [1, 2, 100])
  func linesFromTheYear2100DoNotBlindTheRest(runner: Runner, count: Int) throws {
    var lines = Self.steady(0..<1000, rate: 20)
    let clean = try runner.figures(lines)
    lines.insert(contentsOf: [String](repeating: Self.year2100, count: count), at: 10_000)
    let figures = try runner.figures(lines)
    #expect(figures.rejected("future") == count)
    #expect(figures.hits == 20_000)
    #expect(figures.alerts == clean.alerts)
    #expect(figures.named("interval").count == clean.named("interval").count)
  }

  @Test(arguments: Runner.allCases, [1, 2, 99])
  func leapsWithinTheWallClockAreRejectedByTheMajority(runner: Runner, count: Int) throws {
    var lines = Self.steady(0..<300, rate: 2)
    let leaps = [String](repeating: Self.commonLine(Self.start + 100_000), count: count)
    lines.insert(contentsOf: leaps, at: 300)
    let figures = try runner.figures(lines) { $0.maxJump = 60 }
    #expect(figures.rejected("future") == count)
    #expect(figures.hits == 600)
  }

  @Test(arguments: Runner.allCases)
  func aClockThatJumpsAndStaysIsBelieved(runner: Runner) throws {
    let lines = Self.steady(0..<200, rate: 2) + Self.steady(3800..<4000, rate: 2)
    let figures = try runner.figures(lines)
    #expect(figures.hits == 800)
    #expect(figures.late == 0)
  }

  @Test(arguments: Runner.allCases)
  func aHostAheadOfTheWallClockIsLeftOut(runner: Runner) throws {
    let lines = (0..<300).flatMap { second in
      [commonNow(second), commonNow(second + 3600)]
    }
    func commonNow(_ second: Int) -> String { Self.commonLine(Self.start + second) }
    let figures = try runner.figures(lines) { $0.wallClock = Int64(Self.start + 300) }
    #expect(figures.rejected("future") == 300)
    #expect(figures.hits == 300)
    #expect(figures.last == Self.start + 299)
  }

  @Test(arguments: Runner.allCases)
  func aLineBehindTheWatermarkIsLate(runner: Runner) throws {
    let lines = Self.steady(0..<200, rate: 1) + [Self.commonLine(Self.start + 196)]
    let figures = try runner.figures(lines)
    #expect(figures.late == 1)
    #expect(figures.hits == 201)
    let counted = figures.named("interval").compactMap { $0["hits"] as? Int }.reduce(0, +)
    #expect(counted == 200)
    #expect(figures.alerts.isEmpty)
  }

  @Test(arguments: Runner.allCases)
  func timesBefore1970AreLate(runner: Runner) throws {
    let lines =
      Self.steady(0..<50, rate: 2)
      + ["01/Jan/1970:00:00:00 +0100", "31/Dec/1969:23:59:59 +0000"].map { combined($0) }
    let figures = try runner.figures(lines)
    #expect(figures.late == 2)
    #expect(figures.first == -3600)
  }

  @Test(
    arguments: Runner.allCases,
    [
      ("31/Dec/1969:23:59:59 +0000", -1), ("31/Dec/2016:23:59:60 +0000", 1_483_228_800),
      ("23/Nov/2026:17:00:09 +0530", 1_795_433_409),
      ("23/Nov/2026:17:00:09 -0330", 1_795_465_809),
      ("23/Nov/2026:00:00:00 +1400", 1_795_341_600),
      ("03/Nov/2024:01:30:00 -0400", 1_730_611_800),
      ("03/Nov/2024:01:30:00 -0500", 1_730_615_400),
      ("10/Mar/2024:02:30:00 -0500", 1_710_055_800),
      ("29/Feb/2024:12:00:00 +0000", 1_709_208_000),
      ("19/Jan/2038:03:14:08 +0000", 2_147_483_648),
    ])
  func timesAreReadInTheirZone(runner: Runner, example: (String, Int)) throws {
    #expect(try runner.figures([combined(example.0)]).first == example.1)
  }

  @Test(
    arguments: Runner.allCases,
    [
      "31/Dec/2016:23:59:61 +0000", "23/Nov/2026:17:00:09 +1500", "23/Nov/2026:17:00:09 +0060",
      "32/Jan/2024:00:00:00 +0000", "29/Feb/2023:00:00:00 +0000",
      "00/Jan/2024:00:00:00 +0000", "01/Foo/2024:00:00:00 +0000", "01/Jan/2024:24:00:00 +0000",
    ])
  func timesThatDoNotExistAreRejected(runner: Runner, time: String) throws {
    #expect(try runner.figures([combined(time)]).rejected("time") == 1)
  }

  @Test(arguments: Runner.allCases)
  func timesThatFallAreLateButForTheLateness(runner: Runner) throws {
    let count = 2000
    let falling = (0..<count).map { Self.commonLine(Self.start + count - $0) }
    let begun = try runner.figures(
      [String](repeating: Self.commonLine(Self.start + count + 1), count: 100) + falling)
    #expect(begun.late == count + 1 - 3)
    let same = try runner.figures([String](repeating: combined(), count: count))
    #expect(same.hits == count)
    #expect(same.named("interval").count == 1)
  }

  @Test(arguments: Runner.allCases)
  func exactlyTheThresholdIsNotAboveIt(runner: Runner) throws {
    let quiet = Self.steady(0..<1000, rate: 10)
    #expect(try runner.figures(quiet).alerts.isEmpty)
    let loud = try runner.figures(quiet + Self.steady(1000..<1130, rate: 11))
    #expect(loud.alerts == ["triggered \(Self.start + 1000) 1201"])
  }

  @Test(arguments: Runner.allCases)
  func aGapOfThirtyDaysIsOneGap(runner: Runner) throws {
    let lines = [csv(100), csv(100 + 30 * 86_400)]
    let figures = try runner.figures(lines) {
      $0.threshold = "0.001"
    }
    #expect(figures.named("gap").count == 1)
    #expect(figures.alerts.count == 3)
  }

  /// Where a single wrong line stands, and how often it is late or from the future.
  @Test(
    arguments: Runner.allCases,
    [
      ("01/Jan/2100:00:00:00 +0000", 0, 0, 1), ("01/Jan/2100:00:00:00 +0000", 500, 0, 1),
      ("01/Jan/2100:00:00:00 +0000", 1000, 0, 1), ("01/Jan/1987:00:00:00 +0000", 0, 0, 0),
      ("01/Jan/1987:00:00:00 +0000", 500, 1, 0), ("01/Jan/1987:00:00:00 +0000", 1000, 1, 0),
    ])
  func oneWrongLineLosesNothingElse(
    runner: Runner, example: (time: String, place: Int, late: Int, future: Int)
  ) throws {
    var lines = Self.steady(0..<1000, rate: 1)
    lines.insert(combined(example.time), at: example.place)
    let figures = try runner.figures(lines)
    #expect(figures.hits == 1001 - example.future)
    #expect(figures.late == example.late)
    #expect(figures.rejected("future") == example.future)
  }

  @Test(arguments: Runner.allCases, [-31_536_000, 0, 31_536_000])
  func aHostWhoseOwnClockIsWrongByAYearLosesNothing(runner: Runner, offset: Int) throws {
    let figures = try runner.figures(Self.steady(0..<500, rate: 2)) {
      $0.wallClock = Int64(Self.start + 600 + offset)
    }
    #expect(figures.hits == 1000)
    #expect(figures.late == 0)
  }

  @Test(arguments: Runner.allCases)
  func aLogShuffledWithinEachMinuteKeepsEveryHit(runner: Runner) throws {
    let lines = (0..<10).flatMap { minute in
      (0..<60).map { Self.commonLine(Self.start + minute * 60 + ($0 * 37 + 11) % 60) }
    }
    let strict = try runner.figures(lines)
    #expect(strict.hits == 600)
    #expect(strict.late > 400)
    let patient = try runner.figures(lines) { $0.lateness = 60 }
    #expect(patient.hits == 600)
    #expect(patient.late == 0)
  }

  @Test(arguments: Runner.allCases)
  func aLogWithAHitAnHourKeepsEveryHit(runner: Runner) throws {
    let figures = try runner.figures((0..<400).map { csv(Self.start + $0 * 3600) })
    #expect(figures.hits == 400)
    #expect(figures.late == 0)
    #expect(figures.named("gap").count == 399)
  }

  @Test(arguments: Runner.allCases, [0, 5, 9])
  func oneRogueLineInASparseLogLosesNothing(runner: Runner, place: Int) throws {
    var lines = (0..<10).map { csv(Self.start + $0 * 3600) }
    lines.insert(csv(536_457_600), at: place)
    let figures = try runner.figures(lines)
    #expect(figures.hits == 11)
  }

  @Test(arguments: Runner.allCases)
  func aThousandWaitingAreDecidedByTheMajority(runner: Runner) throws {
    let lines =
      [csv(Self.start)]
      + (0..<1100).flatMap { _ in
        [csv(Self.start + 5000), csv(Self.start)]
      }
    // 1,000 wait when 998 or so were ordinary: they are believed, and the rest is then late.
    let figures = try runner.figures(lines) { $0.maxJump = 60 }
    #expect(figures.rejected("future") == 0)
    #expect(figures.hits == 2201)
    #expect(figures.late > 0)
  }
}
