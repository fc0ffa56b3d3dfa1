import Testing

@testable import MonitorApp

/// Parses a command line whose arguments are separated by spaces.
private func parse(_ line: String) throws(UsageError) -> Options {
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
    #expect(options.times == .local && options.color == .auto)
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

@Suite struct OptionsErrorTests {
  private static let mistakes: [(line: String, message: String)] = [
    ("--stats-interval 0", "--stats-interval: '0' is not a whole number from 1"),
    ("--stats-interval=", "--stats-interval: '' is not a whole number from 1"),
    ("--stats-interval -5", "--stats-interval: '-5' is not a whole number from 1"),
    ("--stats-interval 1.5", "--stats-interval: '1.5' is not a whole number from 1"),
    ("--stats-interval +1", "--stats-interval: '+1' is not a whole number from 1"),
    ("--stats_interval x", "--stats-interval: 'x' is not a whole number from 1"),
    ("--high-traffic-interval 0", "--high-traffic-interval: '0' is not a whole number from 1"),
    ("--high-traffic-threshold 0", "--high-traffic-threshold: '0' is not a number above 0"),
    ("--high-traffic-threshold -1", "--high-traffic-threshold: '-1' is not a number above 0"),
    ("--high-traffic-threshold 1e3", "--high-traffic-threshold: '1e3' is not a number above 0"),
    ("--high-traffic-threshold nan", "--high-traffic-threshold: 'nan' is not a number above 0"),
    ("--lateness -1", "--lateness: '-1' is not a whole number from 0"),
    ("--idle-grace 0.5", "--idle-grace: '0.5' is not a whole number from 0"),
    ("--tail all", "--tail: 'all' is not a whole number from 0"),
    ("-nx", "--tail: 'x' is not a whole number from 0"),
    ("--speed 0", "--speed: '0' is not a number above 0"),
    ("--speed -1", "--speed: '-1' is not a number above 0"),
    ("--speed inf", "--speed: 'inf' is not a number above 0"),
    ("--max-gap x", "--max-gap: 'x' is not a number from 0"),
    ("--output xml", "--output: 'xml' is not dashboard, text or ndjson"),
    ("--color sometimes", "--color: 'sometimes' is not auto, always or never"),
    ("--format no-such", "--format: 'no-such' is not a format; lm2000 --formats lists them"),
    ("--frobnicate", "--frobnicate: no such option"),
    ("--=3", "--: no such option"),
    ("-x", "-x: no such option"),
    ("-fx", "-x: no such option"),
    ("--high 3", "--high: can mean --high-traffic-interval, --high-traffic-threshold"),
    ("--top", "--top: needs a value: N"),
    ("-n", "-n: needs a value: LINES"),
    ("--utc=1", "--utc: takes no value"),
    (
      "--replay --follow",
      "--follow: a replay ends where the file ends; leave out --replay or this"
    ),
    ("-f --replay a", "--follow: a replay ends where the file ends; leave out --replay or this"),
    ("a b", "b: one log at a time so far; the first is a"),
    ("--demo a", "--demo: needs no log: leave out a"),
    ("--since 10 --until 10", "--until: is not after --since"),
    ("--since 5m --until 10m", "--until: is not after --since"),
    (
      "--since yesterday",
      "--since: 'yesterday' is not a time; try epoch seconds, 2026-03-14T08:26:53Z, 08:26 or 10m"
    ),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsReportedInOneLine(line: String, message: String) {
    let error = #expect(throws: UsageError.self) { try parse(line) }
    #expect(error.map { "\($0.object): \($0.reason)" } == message)
  }

  @Test func aFollowThatIsRevokedDoesNotConflictWithAReplay() throws {
    #expect(try parse("--follow --no-follow --replay").replay)
  }

  @Test(arguments: ["--stats-interval", "--tail", "--lateness", "--top"])
  func aNumberOfAnyLengthDoesNotCrash(option: String) throws {
    for digits in [18, 19, 20, 400] {
      let line = option + " " + String(repeating: "9", count: digits)
      _ = try? parse(line)
    }
  }

  @Test func arbitraryBytesDoNotCrash() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("--=nfv0.5tail".utf8) + [0, 0xFF, 0xCC, 0x81, 0x20]
    for _ in 0..<5000 {
      let arguments = (0..<3).map { _ in
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          alphabet.randomElement(using: &random)!
        }
      }
      _ = try? Options.parse(arguments)
    }
  }
}

@Suite struct HelpTextTests {
  @Test func fitsInEightyColumns() {
    for line in HelpText.usage.split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func namesEveryOption() {
    for rule in OptionTable.all {
      #expect(HelpText.usage.contains("--\(rule.name)"), "\(rule.name)")
    }
  }

  @Test func namesAndLettersAreUnique() {
    #expect(Set(OptionTable.all.map(\.name)).count == OptionTable.all.count)
    let letters = OptionTable.all.compactMap(\.letter)
    #expect(Set(letters).count == letters.count)
  }

  @Test func theTableHasExactlyTheDocumentedOptions() {
    let documented = [
      "follow", "no-follow", "tail", "replay", "speed", "max-gap", "stats-interval",
      "high-traffic-interval", "high-traffic-threshold", "lateness", "max-jump", "idle-grace",
      "format", "formats", "since", "until", "output", "top", "utc", "local", "log-time", "color",
      "ascii", "bell", "fail-on-alert", "demo", "verbose", "version", "help",
    ]
    #expect(Set(documented) == Set(OptionTable.all.map(\.name)))
  }
}
