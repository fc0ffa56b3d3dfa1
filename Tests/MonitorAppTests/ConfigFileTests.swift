import AccessLog
import Foundation
import Testing

@testable import MonitorApp

@Suite struct ConfigFileTests {
  private func parse(_ line: String, config: String) throws(UsageError) -> Options {
    try Options.parse(line.split(separator: " ").map { Array($0.utf8) }) { _ in
      ConfigText(path: Name("/etc/lm2000/config"), Array(config.utf8))
    }
  }

  private func message(_ config: String, _ line: String = "") -> String? {
    let error = #expect(throws: UsageError.self) { try parse(line, config: config) }
    return error.map { "\($0.object): \($0.reason)" }
  }

  @Test func anOptionStandsOnALineWithoutItsDashes() throws {
    let options = try parse(
      "access.log",
      config: """
        # a comment
        stats-interval 5   # another
          high_traffic_threshold = 2.5\r
        format='$remote_addr [$time_local] "$request" $status $body_bytes_sent'
        utc

        """)
    #expect(options.analysis.statsInterval == 5)
    #expect(options.analysis.threshold == Threshold("2.5"))
    #expect(options.format == #"$remote_addr [$time_local] "$request" $status $body_bytes_sent"#)
    #expect(options.times == .utc)
    #expect(options.paths == [Name("access.log")])
  }

  @Test func theCommandLineWins() throws {
    let config = "stats-interval 5\nutc\nalert a: rate > 1\nalert b: rate > 2"
    let options = try parse("--stats-interval 7 --local --alert a:rate>3", config: config)
    #expect(options.analysis.statsInterval == 7)
    #expect(options.times == .local)
    #expect(options.analysis.rules.map(\.name) == ["a", "b"])
    #expect(options.analysis.rules[0].limit == Threshold(whole: 3))
  }

  @Test(arguments: [
    ("follow", "--replay a"), ("replay", "--follow a"), ("output text", "--demo"),
    ("history h.db", "--demo"),
    (
      "output text\nreplay\nfilter status=5xx\nhistory h.db\ninflux http://h/\nevents -\n"
        + "notify a: bell",
      "--act -"
    ),
    ("since 1000", "--until 500 a"), ("until 500", "--since 1000 a"),
  ])
  func whatTheCommandLineExcludesDoesNotCount(config: String, line: String) throws {
    let options = try parse(line, config: config)
    let typed = line.split(separator: " ")[0].dropFirst(2)
    #expect(options.settings.filter { $0.rule.name != "notify" }.map(\.rule.name) == ["\(typed)"])
  }

  /// A history is shown as a whole, and nothing is sent or served meanwhile.
  @Test func whatConcernsALogDoesNotCountForAHistory() throws {
    let options = try parse(
      "--show-history --history h.db",
      config: "output text\nreplay\nfilter status=5xx\ntail 5\ninflux http://h/\nmetrics 9145")
    #expect(options.settings.map(\.rule.name) == ["output", "show-history", "history"])
  }

  @Test func standardOutputIsForEventsIfTheCommandLineSaysSo() throws {
    #expect(try parse("--events - a", config: "output text").output == nil)
    #expect(try parse("--events kafka://b/t a", config: "output text").output == .text)
  }

  @Test func aCommentEndsAValueButNotInQuotes() throws {
    let options = try parse("", config: #"alert a: rate > 1 where path="/x # y" # rare"#)
    #expect(options.rules[0].text == #"a: rate > 1 where path="/x # y""#)
  }

  @Test(arguments: [
    ("'x # y: rate > 5' # rare", "x # y: rate > 5"), ("'x: rate > 5'\r", "x: rate > 5"),
    (#""x: rate > 5 where path=\"/a # b\"" # rare"#, #"x: rate > 5 where path="/a # b""#),
    (#"x: rate > 5 where agent="a\" # b" # rare"#, #"x: rate > 5 where agent="a\" # b""#),
    ("x#y: rate > 5 #z", "x#y: rate > 5"),
  ])
  func quotesAreThoseOfACommandLine(written: String, value: String) throws {
    let options = try parse("", config: "\u{FEFF}alert \(written)\nutc")
    #expect(options.rules.map(\.text) == [value])
    let again = try parse("", config: PrintedConfig(options).text)
    #expect(again.rules.map(\.text) == [value])
  }

  @Test(arguments: [
    "", " ", "a", " a", "a # b", "'", "\"", "'a' b", "it's # \"so\"", #"\"#, #""\" # '"#, "#",
    "a\\",
  ])
  func aValueIsWrittenSoThatItIsReadAgain(value: String) throws {
    let line = Array("x \(ConfigValue.written(value))  # comment".utf8)
    #expect(try ConfigValue.parse(line[...], from: 2) == value)
  }

  @Test(arguments: [
    (
      "alert 'x: rate > 5 # c",
      "/etc/lm2000/config:1: the quote before the value is not closed"
    ),
    (
      "utc\nstats-interval x",
      "/etc/lm2000/config:2: stats-interval: 'x' is not a whole number from 1"
    ),
    ("\n\nfrobnicate 3", "/etc/lm2000/config:3: frobnicate: no such option"),
    ("--utc", "/etc/lm2000/config:1: write utc, without the dashes"),
    ("utc yes", "/etc/lm2000/config:1: utc: takes no value"),
    ("stats-interval", "/etc/lm2000/config:1: stats-interval: needs a value: SECONDS"),
    ("help", "/etc/lm2000/config:1: help belongs on the command line"),
    ("demo", "/etc/lm2000/config:1: demo belongs on the command line"),
    ("show-history", "/etc/lm2000/config:1: show-history belongs on the command line"),
    (
      "influx http://a:b@h/",
      "/etc/lm2000/config:1: influx: a user or password belongs in a file of its own: "
        + "name it as file:PATH"
    ),
    (
      "influx http://h/?p=b",
      "/etc/lm2000/config:1: influx: a user or password belongs in a file of its own: "
        + "name it as file:PATH"
    ),
    ("act -", "/etc/lm2000/config:1: act belongs on the command line"),
    (
      "replay\nfollow",
      "/etc/lm2000/config:2: follow: a replay ends with the file; leave out --replay or --follow"
    ),
    ("alert a: rate >", "/etc/lm2000/config:1: alert: expected a number of hits per second"),
    (
      "alert a: rate > 1\nalert a: rate > 2",
      "/etc/lm2000/config:2: alert: another rule is called a"
    ),
  ])
  func aMistakeNamesFileAndLine(config: String, expected: String) {
    #expect(message(config) == expected)
  }

  @Test func anythingButTextIsRefusedWithItsLine() {
    let bytes: [UInt8] = Array("utc\n".utf8) + [0xFF, 0x0A]
    let error = #expect(throws: UsageError.self) {
      try Options.parse([]) { _ in ConfigText(path: Name("c"), bytes) }
    }
    #expect(error.map { "\($0.object): \($0.reason)" } == "c:2: this line is not UTF-8 text")
  }

  @Test func arbitraryBytesAreReadOrRefused() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("stats-interval=5 #\"'\nalert a: rate>1 \u{0}\u{FF}x".utf8) + [0xFE, 0xC3]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        alphabet.randomElement(using: &random)!
      }
      _ = try? Options.parse([]) { _ in ConfigText(path: Name("c"), bytes) }
    }
  }

  // MARK: - Files

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "ConfigFileTests.\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func write(_ text: String, _ path: String, mode: Int = 0o600) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test func theUsersFileComesBeforeThatOfTheMachine() throws {
    #expect(
      ConfigFile.usualPaths(["XDG_CONFIG_HOME": "/x", "HOME": "/h"])
        == ["/x/lm2000/config", "/etc/lm2000/config"])
    #expect(
      ConfigFile.usualPaths(["XDG_CONFIG_HOME": "x", "HOME": "/h"])
        == ["/h/.config/lm2000/config", "/etc/lm2000/config"])
  }

  @Test func aFileThatWasAskedForMustExist() {
    #expect(throws: UsageError.self) { try ConfigFile.read(.file("/no/such"), environment: [:]) }
  }

  @Test(arguments: [
    ("utc", 0o666, 0o777, true), ("notify a: bell", 0o666, 0o777, true),
    ("notify a: file /tmp/x", 0o600, 0o700, true),
    ("notify a: file /tmp/x", 0o644, 0o755, true), ("notify a: file /tmp/x", 0o620, 0o700, false),
    ("notify a: file /tmp/x", 0o602, 0o700, false), ("notify a: file /tmp/x", 0o600, 0o770, false),
    ("notify a: file /tmp/x", 0o600, 0o703, false),
  ])
  func whoCanWriteAFileThatActsIsTheUserAlone(
    text: String, mode: Int, folderMode: Int, isAccepted: Bool
  ) throws {
    try withFolder { folder in
      try write(text, folder + "/config", mode: mode)
      try FileManager.default.setAttributes(
        [.posixPermissions: folderMode], ofItemAtPath: folder)
      let found = try? ConfigFile.read(.file(folder + "/config"), environment: [:])
      #expect((found != nil) == isAccepted)
    }
  }

  @Test func secretsAreNotPrinted() throws {
    let options = try parse(
      "", config: "notify s: webhook https://hooks.example.org/services/T0/S3CRET as slack")
    let text = PrintedConfig(options).text
    #expect(text.contains("notify s: webhook https://hooks.example.org/"))
    #expect(!text.contains("S3CRET"))
  }

  @Test func whatIsInForceIsPrintedWithItsPlace() throws {
    let options = try parse("--top 3", config: "stats-interval 5\nutc\nalert a: rate > 1")
    let text = PrintedConfig(options).text
    #expect(text.contains(/stats-interval 5 +# \/etc\/lm2000\/config:1\n/))
    #expect(text.contains(/top 3 +# command line\n/))
    #expect(text.contains(/# lateness 2 +# default\n/))
    #expect(text.contains(/alert a: rate > 1 +# \/etc\/lm2000\/config:3\n/))
    // It can be read as a config file again.
    let again = try parse("", config: text)
    #expect(again.analysis == options.analysis && again.times == options.times)
  }
}
