import Foundation
import TerminalKit
import Testing

/// Actions of the built program: who learns of alerts, and what the program says of it.
@Suite(.ownThreads, .serialized) struct NotifyTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func run(_ arguments: String, input: String = "") throws -> Ended {
    try Ended.running(
      "\(input)\(Built.program) \(arguments)",
      environment: ["TZ": "UTC", "LANG": "C.UTF-8", "XDG_STATE_HOME": folder.path("state")])
  }

  private func lines(_ name: String) -> [[String: Any]] {
    (FileManager.default.contents(atPath: folder.path(name)) ?? Data())
      .split(separator: UInt8(ascii: "\n"))
      .compactMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
  }

  @Test func everyChangeOfAnAlertReachesTheActionsOfItsRule() throws {
    let ended = try run(
      """
      --no-follow --output text --notify 'all: file \(folder.path("all"))' \
      --notify 'own: file \(folder.path("own"))' \
      --alert 'more: rate > 10.3 notify own' '\(Built.fixture)'
      """)
    #expect(ended.status == 0 && ended.errors.isEmpty)
    let states = ["triggered", "recovered", "triggered", "recovered"]
    #expect(lines("all").map { $0["state"] as? String } == states)
    #expect(Set(lines("all").compactMap { $0["rule"] as? String }) == ["high-traffic"])
    #expect(
      Set(lines("own").compactMap { $0["rule"] as? String }) == ["high-traffic", "more"])
    #expect(Set(lines("own").compactMap { $0["id"] as? String }).count == lines("own").count)
  }

  @Test func eventsOfAnotherRunAreActedUponOnce() throws {
    let log = "'\(Built.fixture)'"
    _ = try run("--no-follow --notify 'f: file \(folder.path("direct"))' \(log)")
    let events = "\(Built.program) --no-follow --output ndjson \(log)"
    let ended = try run(
      "--act - --notify 'f: file \(folder.path("acted"))'",
      input: "{ \(events); echo garbage; \(events); } | ")
    #expect(ended.status == 0)
    #expect(ended.errors == "lm2000: standard input: 1 line is not an event\n")
    #expect(lines("direct").count == 4)
    #expect(
      FileManager.default.contents(atPath: folder.path("acted"))
        == FileManager.default.contents(atPath: folder.path("direct")))
  }

  @Test func aSignalEndsARunThatWaitsForEvents() throws {
    let ended = try Ended.running(
      """
      mkfifo '\(folder.path("p"))'; sleep 60 > '\(folder.path("p"))' & writer=$!
      \(Built.program) --act - --notify 'f: bell' < '\(folder.path("p"))' & actor=$!
      sleep 1; kill -TERM $actor; wait $actor; echo $?; kill $writer
      """)
    #expect(ended.output == "143\n")
  }

  private func alerts(_ count: Int) -> String {
    """
    seq \(count) | sed 's/.*/{"event":"alert","rule":"r","state":"triggered","time":&}/' |\u{20}
    """
  }

  @Test(arguments: [
    ("echo garbage", "", Int32(1)), ("echo '{}'", "", 1), (":", "--fail-on-alert", 0),
    ("echo garbage; echo '{\"event\":\"end\"}'", "--fail-on-alert", 0),
    (
      "echo '{\"event\":\"alert\",\"rule\":\"r\",\"state\":\"triggered\",\"time\":1}'",
      "--fail-on-alert", 3
    ),
    (
      "echo '{\"event\":\"alert\",\"rule\":\"r\",\"state\":\"recovered\",\"time\":1}'",
      "--fail-on-alert", 0
    ),
  ])
  func theExitStatusTellsWhatWasRead(events: String, options: String, status: Int32) throws {
    let ended = try run("--act - \(options) --notify 'b: bell'", input: "{ \(events); } | ")
    #expect(ended.status == status)
  }

  @Test func aFileGetsAllEvents() throws {
    let ended = try run("--act - --notify 'f: file \(folder.path("f"))'", input: alerts(6_000))
    #expect(ended.status == 0 && ended.errors.isEmpty)
    #expect(lines("f").compactMap { $0["time"] as? Int } == Array(1...6_000))
  }

  @Test(arguments: ["/dev/full", "/nowhere/f"])
  func aFileThatCannotBeWrittenIsAFailure(path: String) throws {
    let acted = try run("--act - --notify 'f: file \(path)'", input: alerts(3_000))
    #expect(acted.status == 1 && acted.errors.contains("lm2000: f: "))
    let reported = try run("--no-follow --notify 'f: file \(path)' '\(Built.fixture)'")
    #expect(reported.status == 1 && reported.errors.contains("lm2000: f: 4 notifications not sent"))
  }

  /// The first signal waits two seconds for the program, the second one does not.
  @Test func aSecondSignalEndsProgramsToo() throws {
    try folder.append("echo $$ > '\(folder.path("pid"))'; exec sleep 60\n", to: "script")
    let ended = try Ended.running(
      """
      mkfifo '\(folder.path("p"))'
      { \(alerts(1)) cat; sleep 60; } > '\(folder.path("p"))' & writer=$!
      \(Built.program) --act - --notify 'e: exec /bin/sh \(folder.path("script"))' \
        < '\(folder.path("p"))' & actor=$!
      while ! test -s '\(folder.path("pid"))'; do sleep 0.05; done
      kill -TERM $actor; sleep 0.2; kill -TERM $actor; wait $actor; echo $?
      sleep 0.2; kill $writer
      grep -qs 'State:.[^Z]' /proc/$(cat '\(folder.path("pid"))')/status || echo gone
      """, environment: ["XDG_STATE_HOME": folder.path("state")])
    #expect(ended.output == "143\ngone\n")
  }

  @Test func whatCannotBeSentIsToldAndKept() throws {
    let ended = try run(
      "--no-follow --notify 'w: webhook http://127.0.0.1:1/geheim' '\(Built.fixture)'")
    #expect(ended.status == 0)
    #expect(
      ended.errors
        == "lm2000: w: 4 notifications not sent (connection refused), kept for the next run\n")
    let outbox = try FileManager.default.contentsOfDirectory(
      atPath: folder.path("state/lm2000/outbox"))
    #expect(outbox.count == 4)
    let failed = try run("--no-follow --notify 'x: exec /nowhere' '\(Built.fixture)'")
    #expect(
      failed.errors
        == String(repeating: "lm2000: x: failed: No such file or directory\n", count: 4))
  }

  @Test func aFileThatMayNotGrowGetsWholeLinesOnly() throws {
    // Units of 512 bytes: the second line does not fit whole.
    let ended = try Ended.running(
      """
      ulimit -f 3; \(Built.program) --no-follow --output text \
      --notify 'f: file \(folder.path("f"))' '\(Built.fixture)' > /dev/null
      """)
    #expect(ended.status == 1)
    #expect(ended.errors.contains("lm2000: f: 2 notifications not sent (File too large)\n"))
    let bytes = FileManager.default.contents(atPath: folder.path("f")) ?? Data()
    #expect(lines("f").count == 2 && bytes.last == UInt8(ascii: "\n"))
  }

  @Test func aTestTellsWhetherTheActionWorks() throws {
    let works = try run(
      "--notify 'f: file \(folder.path("f"))' --notify-test f")
    #expect(works.status == 0 && works.output == "f: sent\n")
    #expect(lines("f").first?["rule"] as? String == "test")
    let fails = try run("--notify 'w: webhook http://127.0.0.1:1/' --notify-test w")
    #expect(fails.status == 1 && fails.output == "w: failed: connection refused\n")
  }

  @Test func aConfigFileMayDefineActionsAndItsSecretsAreNotPrinted() throws {
    try folder.append(
      """
      notify a: file \(folder.path("config-a"))
      notify b: webhook https://h.example/geheim as slack
      alert more: rate > 1000 notify a
      """, to: "config")
    let arguments = "--config '\(folder.path("config"))' --notify 'a: file \(folder.path("a"))'"
    let printed = try run("\(arguments) --print-config")
    #expect(printed.output.contains("notify b: webhook https://h.example/...... as slack"))
    #expect(printed.output.contains("notify a: file \(folder.path("a"))"))
    #expect(!printed.output.contains("geheim") && !printed.output.contains("config-a"))
    let tested = try run("\(arguments) --notify-test a")
    #expect(tested.status == 0 && lines("a").count == 1)
    _ = try Ended.running("chmod 666 '\(folder.path("config"))'")
    #expect(try run("\(arguments) --notify-test a").status == 2)
  }

  @Test(arguments: [
    ("--notify 'a: webhook http://h/{{section}}' x", "has no placeholders"),
    ("--notify 'a: webhook file:///etc/passwd' x", "expected http:// or https://"),
    ("--notify 'a: webhook gopher://h/' x", "begins with http:// or https://"),
    ("--notify 'a: webhook https://u:geheim@h/geheim' x", "in a file of its own"),
    ("--notify 'a: webhook env:NOT_SET' --no-follow \(Built.fixture)", "NOT_SET is not set"),
    ("--notify 'a: webhook file:/etc/passwd' --no-follow \(Built.fixture)", "by its owner only"),
    ("--notify 'a: bell' --notify 'a: bell' x", "another action is called a"),
    ("--alert 'r: rate > 1 notify a' x", "no action is called a"),
    ("--notify-test a", "is not an action"), ("--act -", "needs an action"),
    ("--act syslog:5140 --notify 'a: bell'", "is not - or a topic"),
  ])
  func aMistakeIsWrongUsage(arguments: String, reason: String) throws {
    let ended = try run(arguments)
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("lm2000: --") && ended.errors.contains(reason))
    #expect(!ended.errors.contains("geheim"))
  }

  /// Ten seconds of high traffic, then over three minutes of low traffic.
  private func burst(_ number: Int) -> String {
    let start = 1_773_479_500 + 300 * number
    return (0..<10).map { second in
      String(repeating: "h,-,-,\(start + second),GET /a HTTP/1.1,200,1\n", count: 200)
    }.joined() + (1...20).map { "h,-,-,\(start + 10 * $0),GET /a HTTP/1.1,200,1\n" }.joined()
  }

  /// The program may still be reading the original log when the first burst is written, so bursts follow
  /// until one is sent.
  @Test(arguments: [["--output", "text"], []])
  func whileALogIsFollowedOnlyNewAlertsAreSent(output: [String]) throws {
    try folder.append(try String(contentsOfFile: Built.fixture, encoding: .utf8), to: "log.csv")
    let program = try TerminalProgram(
      [Built.program, "--utc", "--follow", "--notify", "f: file \(folder.path("f"))"] + output
        + [folder.path("log.csv")])
    try program.wait(for: output.isEmpty ? "quiet for" : "RECOVERED")
    var bursts = 0
    try program.wait("an alert is sent") {
      if !lines("f").isEmpty { return true }
      bursts += 1
      try folder.append(burst(bursts), to: "log.csv")
      for _ in 0..<25 { program.read(waiting: 20) }
      return nil
    }
    program.terminal.type("\u{3}")
    #expect(try program.waitForEnd() == .died(ofSignal: SIGINT))
    #expect(lines("f").allSatisfy { ($0["time"] as? Int ?? 0) >= 1_773_479_500 })
  }
}
