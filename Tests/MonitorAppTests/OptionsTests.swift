import Testing

@testable import MonitorApp

/// Parses a command line whose arguments are separated by spaces.
func parse(_ line: String) throws(UsageError) -> Options {
  try Options.parse(line.split(separator: " ").map { Array($0.utf8) })
}

@Suite struct OptionsTests {
  @Test func withoutArgumentsEveryOptionHasItsDefault() throws {
    let options = try parse("")
    #expect(options == Options())
    #expect(options.paths.isEmpty && options.follow == nil && options.tail == nil)
    #expect(options.analysis.statsInterval == 10 && options.analysis.alertWindow == 120)
    #expect(options.analysis.threshold.text == "10" && options.analysis.top == 10)
    #expect(options.analysis.lateness == 2 && options.analysis.maxJump == 60)
    #expect(options.analysis.idleGrace == 10 && options.maxGap == 5)
    #expect(options.speed == .times(1) && options.output == nil && options.format == nil)
    #expect(options.times == nil && options.color == .auto)
  }

  @Test(arguments: [
    "--stats-interval=7", "--stats-interval 7", "--stats_interval=7", "--stats_interval 7",
    "--stats 7", "--s 1 --stats-interval=7", "--stats-interval 3 --stats-interval 7",
  ])
  func aLongOptionIsParsedInEverySpelling(line: String) throws {
    guard !line.hasPrefix("--s ") else {
      #expect(throws: UsageError.self) { try parse(line) }
      return
    }
    #expect(try parse(line).analysis.statsInterval == 7)
  }

  @Test func theOldSpellingsAreAccepted() throws {
    let options = try parse(
      "--stats_interval 5 --high_traffic_interval 60 --high_traffic_threshold 2.50")
    #expect(options.analysis.statsInterval == 5)
    #expect(options.analysis.alertWindow == 60)
    #expect(options.analysis.threshold.text == "2.5")
  }

  @Test func shortOptionsAreBundledAndTakeTheirValueJoinedOrApart() throws {
    for line in ["-fvn20", "-f -v -n 20", "-vfn 20", "-fv --tail=20"] {
      let options = try parse(line)
      #expect(options.follow == true && options.verbose && options.tail == 20, "\(line)")
    }
  }

  @Test func twoHyphensEndTheOptions() throws {
    let options = try parse("--utc -- --follow")
    #expect(options.paths.map(\.description) == ["--follow"])
    #expect(options.times == .utc && options.follow == nil)
  }

  @Test func optionsMayComeAfterTheFile() throws {
    let options = try parse("access.log --top 3")
    #expect(options.paths.map(\.description) == ["access.log"])
    #expect(options.analysis.top == 3)
  }

  @Test func aHyphenIsAnOperand() throws {
    #expect(try parse("-").paths.map(\.description) == ["-"])
  }

  @Test func aPathKeepsItsBytes() throws {
    let path: [UInt8] = Array("acc".utf8) + [0xFF, 0x1B] + Array(".log".utf8)
    #expect(try Options.parse([path]).paths.map(\.bytes) == [path])
    #expect(try Options.parse([Array("--".utf8), path]).paths.map(\.bytes) == [path])
  }

  @Test(
    arguments: [
      ("", nil), ("--theme auto", .auto), ("--theme=dark", .named(.dark)),
      ("--theme dark --theme light", .named(.light)), ("--theme 16", .named(.sixteen)),
    ] as [(String, Options.ThemeChoice?)])
  func aThemeIsChosenByItsName(line: String, theme: Options.ThemeChoice?) throws {
    #expect(try parse(line).theme == theme)
  }

  @Test func everyFlagSetsItsOption() throws {
    let options = try parse(
      "--no-follow --replay --ascii --bell --fail-on-alert --verbose --log-time --color never")
    #expect(options.follow == false && options.replay && options.ascii && options.bell)
    #expect(options.failOnAlert && options.verbose && options.times == .log)
    #expect(options.color == .never)
    #expect(try parse("--demo").demo)
    #expect(try parse("--utc --local").times == .local)
  }

  @Test(arguments: [
    ("--help", Options.Information.help), ("-h", .help), ("--version", .version),
    ("--formats", .formats), ("-h a b", .help),
  ])
  func aFlagRequestsInformation(line: String, information: Options.Information) throws {
    #expect(try parse(line).information == information)
  }

  @Test(arguments: [
    ("--speed 60", 60.0), ("--speed=0.5", 0.5), ("--speed .5", 0.5), ("--speed 1.", 1.0),
  ])
  func replaySpeedIsADecimal(line: String, speed: Double) throws {
    #expect(try parse(line).speed == .times(speed))
  }

  @Test func replaySpeedMayBeUnlimited() throws {
    #expect(try parse("--speed max").speed == .max)
    #expect(try parse("--max-gap 0").maxGap == 0)
    #expect(try parse("--max-gap 1.5").maxGap == 1.5)
  }

  @Test(arguments: [
    ("--output text", Options.Output.text), ("--output=ndjson", .ndjson),
    ("--output dashboard", .dashboard),
  ])
  func outputIsChosen(line: String, output: Options.Output) throws {
    #expect(try parse(line).output == output)
  }

  @Test func zeroIsAcceptedWhereItIsMeaningful() throws {
    let options = try parse("--lateness 0 --max-jump 0 --idle-grace 0 -n 0")
    #expect(options.analysis.lateness == 0 && options.analysis.maxJump == 0)
    #expect(options.analysis.idleGrace == 0 && options.tail == 0)
  }

  @Test(arguments: [("", true), ("--idle-grace 10", false), ("--idle-grace=60", false)])
  func anIdleGraceThatIsSetDoesNotAdapt(line: String, adapts: Bool) throws {
    #expect(try parse(line).analysis.adaptsIdleGrace == adapts)
  }
}
