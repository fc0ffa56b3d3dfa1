import Foundation
import Testing

/// The built program with several logs that are read to their ends.
@Suite(.ownThreads) struct SeveralLogsTests {
  private static let orders = [
    ["a.log", "b.log", "c.log"], ["c.log", "b.log", "a.log"], ["b.log", "c.log", "a.log"],
  ]

  @Test(arguments: orders)
  func theFiguresAreThoseOfTheMergedFileInAnyOrder(order: [String]) throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson " + order.joined(separator: " "))
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    #expect(try ended.eventsAfterStart == log.expected())
    #expect(ended.count("hits") == SplitLog.lines)
    #expect(!ended.lines(of: "alert").isEmpty)
    let sources = order.map { #"{"path":"\#($0)","format":"csv"}"# }.joined(separator: ",")
    #expect(ended.lines(of: "start") == [#"{"event":"start","sources":[\#(sources)]}"#])
  }

  @Test func eachLogIsASourceThatIsRanked() throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson --totals --rank source a.log b.log c.log")
    let end = try #require(ended.lines(of: "end").first)
    let totals = try #require(
      try JSONSerialization.jsonObject(with: Data(end.utf8)) as? [String: Any])
    let sources = try #require(totals["sources"] as? [[String: Any]])
    let hits = Dictionary(
      uniqueKeysWithValues: sources.compactMap { source in
        (source["name"] as? String).flatMap { name in
          (source["hits"] as? Int).map { (name, $0) }
        }
      })
    let lines = try ["a.log", "b.log", "c.log"].map { name in
      (name, try #require(Int(try log.shell("wc -l < \(name)"))))
    }
    #expect(hits == Dictionary(uniqueKeysWithValues: lines))
    let text = try log.run("--output text --rank source a.log b.log c.log")
    #expect(text.output.contains("   top source "), "\(text.output)")
  }

  /// As in a script, or as the argument of a service.
  @Test(arguments: ["'?.log'", "'[a-c].log'", "a.log '[bc]*'", "'*.log' b.log"])
  func aPatternInQuotationMarksIsExpanded(arguments: String) throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson " + arguments)
    #expect(ended.status == 0)
    #expect(try ended.eventsAfterStart == log.expected())
  }

  @Test func aNameThatLooksLikeAPatternIsOneIfNoFileHasIt() throws {
    let log = try SplitLog.ofServers()
    try log.shell("cp a.log '[a-c].log'")
    let literal = try log.run("--output ndjson '[a-c].log'")
    #expect(literal.count("hits") == Int(try log.shell("wc -l < a.log")))
    let none = try log.run("--output ndjson 'none*.log'")
    #expect(none.status == 1)
    #expect(none.errors.hasPrefix("lm2000: none*.log: No such file or directory"))
  }

  // MARK: - The same file, and copies

  @Test(arguments: [
    "a.log a.log", "a.log ./a.log", "a.log hard", "hard a.log", "a.log link", "link a.log",
    "link hard", "a.log 'a.l*'", "a.log - <a.log",
  ])
  func aFileThatIsReachedTwiceIsReadOnce(arguments: String) throws {
    let log = try SplitLog(["a.log"]) { _, _ in 0 }
    try log.shell("ln a.log hard; ln -s a.log link")
    let ended = try log.run("--output ndjson " + arguments)
    #expect(ended.status == 0)
    #expect(ended.count("hits") == SplitLog.lines)
    #expect(ended.errors.contains("the same file as "), "\(ended.errors)")
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
    #expect(try ended.eventsAfterStart == log.expected())
  }

  @Test func filesThatDifferOnlyBehindTheirBeginningsAreBothCounted() throws {
    let folder = try Folder()
    let lines = FollowedLog.lines(0..<500, at: Date(timeIntervalSince1970: 1_773_479_459))
    for name in ["a", "b"] {
      try folder.append(lines + lines.replacing("/a/", with: "/\(name)/"), to: name)
    }
    #expect(lines.utf8.count > 4_096)
    let ended = try Ended.running(
      "cd '\(folder.path(""))' && \(Built.program) --output ndjson a b")
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    #expect(ended.count("hits") == 2_000)
  }

  @Test func aCopyIsCountedAndReported() throws {
    let log = try SplitLog.ofServers()
    try log.shell("cp a.log copy.log")
    let ended = try log.run("--output ndjson a.log copy.log")
    #expect(ended.status == 0)
    #expect(ended.count("hits") == Int(try log.shell("cat a.log copy.log | wc -l")))
    #expect(
      ended.errors == "lm2000: copy.log: holds the same bytes as a.log: its lines count twice\n")
  }

  // MARK: - Logs that cannot be read

  @Test(arguments: ["none.log a.log b.log c.log", "a.log none.log b.log c.log"])
  func theOthersAreReadIfOneDoesNotExist(arguments: String) throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson " + arguments)
    #expect(ended.status == 1)
    #expect(try ended.eventsAfterStart == log.expected())
    #expect(ended.errors.hasPrefix("lm2000: none.log: No such file or directory"))
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
  }

  @Test func theOthersAreReadIfOneMayNotBeRead() throws {
    let log = try SplitLog.ofServers()
    try log.shell("chmod 755 .; touch secret.log; chmod 000 secret.log")
    // Root may read every file: another user is needed.
    let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    let command = "cd '\(log.folder.path(""))' && \(asNobody)\(Built.program) --output ndjson "
    let ended = try Ended.running(command + "a.log secret.log b.log c.log")
    #expect(ended.status == 1)
    #expect(try ended.eventsAfterStart == log.expected())
    #expect(ended.errors.hasPrefix("lm2000: secret.log: Permission denied"))
    for follow in ["", "--follow "] {
      let only = try Ended.running(command + follow + "secret.log")
      #expect(only.status == 1)
      #expect(only.errors.hasPrefix("lm2000: secret.log: Permission denied"))
      #expect(only.output == "")
    }
  }

  @Test func nothingIsReadIfNoneCanBe() throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson none.log .")
    #expect(ended.status == 1)
    #expect(ended.output == "")
    #expect(ended.errors.contains("lm2000: none.log: No such file or directory"))
    #expect(ended.errors.contains("lm2000: .: not a readable log: directory"))
  }

  // MARK: - Options

  @Test(arguments: ["--replay --speed max", "--replay --speed 1000000"])
  func aReplayGivesTheSameAlerts(options: String) throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson \(options) --max-gap 0 c.log a.log b.log")
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    let read = try log.run("--output ndjson a.log b.log c.log")
    #expect(!read.lines(of: "alert").isEmpty)
    #expect(ended.lines(of: "alert") == read.lines(of: "alert"))
    #expect(ended.eventsAfterStart == read.eventsAfterStart)
  }

  @Test(arguments: [0, 1, 50])
  func theLastLinesOfEachFileAreRead(lines: Int) throws {
    let log = try SplitLog.ofServers()
    let ended = try log.run("--output ndjson --tail \(lines) a.log b.log c.log")
    #expect(ended.status == 0)
    #expect(ended.count("lines") == 3 * lines)
    try log.shell("for f in a b c; do tail -n \(lines) $f.log; done | sort -t, -k4,4n > tail")
    let whole = try log.run("--output ndjson tail")
    #expect(ended.eventsAfterStart == whole.eventsAfterStart)
  }

  /// Durations count back from the last record of all files, wherever that is.
  @Test(arguments: [
    "--since 10m", "--since 20m --until 5m", "--until 30m", "--since 09:00 --utc",
    "--since 08:50 --until 09:05:30 --utc", "--since \(SurgeLog.surge)",
    "--since 2026-03-14T08:40:00Z --until 2026-03-14T08:50:00Z",
  ])
  func aRangeIsThatOfAllFiles(options: String) throws {
    let log = try SplitLog(["a.log", "b.log", "c.log"]) { number, lines in
      number > lines * 9 / 10 ? 1 : number * 7 % 10 / 4
    }
    let expected = try log.expected(options)
    for order in Self.orders {
      let ended = try log.run("--output ndjson \(options) " + order.joined(separator: " "))
      #expect(ended.status == 0)
      #expect(ended.eventsAfterStart == expected, "\(order)")
      let hits = try #require(ended.count("hits"))
      #expect(hits > 0 && hits < SplitLog.lines)
    }
  }
}
