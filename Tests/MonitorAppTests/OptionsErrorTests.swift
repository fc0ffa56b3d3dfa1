import Testing

@testable import MonitorApp

/// Command lines with mistakes, and arbitrary ones.
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
    ("--output xml", "--output: 'xml' is not dashboard, text, ndjson or lines"),
    ("--color sometimes", "--color: 'sometimes' is not auto, always or never"),
    ("--theme pink", "--theme: 'pink' is not auto, dark, light or 16"),
    ("--theme sixteen", "--theme: 'sixteen' is not auto, dark, light or 16"),
    ("--theme", "--theme: needs a value: NAME"),
    ("--format no-such", "--format: 'no-such' is not a format; lm2000 --formats lists them"),
    ("--format %h", "--format: lacks a time; try %t"),
    ("--format $remote_addr", "--format: lacks a time; try [$time_local]"),
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
      "--follow: a replay ends with the file; leave out --replay or --follow"
    ),
    ("-f --replay a", "--follow: a replay ends with the file; leave out --replay or --follow"),
    ("--demo a", "--demo: needs no log: leave out a"),
    ("--demo --output text", "--demo: is for the dashboard: leave out --output text"),
    ("--output lines --demo", "--demo: is for the dashboard: leave out --output lines"),
    ("--act - --demo", "--act: reads events, not a log: leave out --demo"),
    ("--act - --filter status=1", "--act: reads events, not a log: leave out --filter"),
    ("--act - --output text", "--act: reads events, not a log: leave out --output"),
    ("--act - --history h", "--act: reads events, not a log: leave out --history"),
    ("--demo --history h", "--demo: is made up: leave out --history"),
    ("--history /", "--history: '/' is not the path of a file"),
    ("--show-history", "--show-history: needs --history FILE"),
    ("--show-history --history h a", "--show-history: prints what is kept: leave out a"),
    (
      "--show-history --history h --output lines",
      "--show-history: prints what is kept: leave out --output lines"
    ),
    (
      "--show-history --history h --filter status=1",
      "--show-history: prints what is kept: leave out --filter"
    ),
    (
      "--show-history --history h -n 5",
      "--show-history: prints what is kept: leave out --tail"
    ),
    (
      "--show-history --history h --metrics 9145",
      "--show-history: prints what is kept: leave out --metrics"
    ),
    (
      "--show-history --history h --influx http://h/",
      "--show-history: prints what is kept: leave out --influx"
    ),
    (
      "--events - --output text a",
      "--events -: needs standard output for itself: leave out --output text"
    ),
    ("--events - --demo", "--demo: is for the dashboard: leave out --events -"),
    (
      "--events x a",
      "--events: 'x' is not - (standard output) or kafka://BROKER/TOPIC"
    ),
    (
      "--events kafka://b a",
      "--events kafka://b: expected a topic: kafka://BROKER/TOPIC"
    ),
    (
      "--act - --events -",
      "--act: watches no log, and has no events to publish: leave out --events"
    ),
    (
      "--show-history --history h --events kafka://b/t",
      "--show-history: watches no log, and has no events to publish: leave out --events"
    ),
    ("--act - --replay", "--act: reads events, not a log: leave out --replay"),
    ("--act - --metrics 9145", "--act: reads events, not a log: leave out --metrics"),
    ("--metrics", "--metrics: needs a value: ADDRESS:PORT"),
    (
      "--metrics 9145x",
      "--metrics: '9145x' is not an address and a port, such as 127.0.0.1:9145, [::1]:9145 or "
        + ":9145"
    ),
    (
      "--metrics 0.0.0.0:9145",
      "--metrics: other machines can reach 0.0.0.0:9145: add --listen-any if they may, or use "
        + "127.0.0.1"
    ),
    (
      "--alert high-traffic:rate>1",
      "--alert: the default alert is called high-traffic: choose another name, or add "
        + "--no-default-alert"
    ),
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
