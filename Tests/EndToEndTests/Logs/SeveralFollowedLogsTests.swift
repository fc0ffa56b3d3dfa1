import Foundation
import Testing

/// The built program while it follows several logs.
@Suite(.ownThreads, .serialized) struct SeveralFollowedLogsTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func follow(_ names: [String], _ options: String = "") throws -> Watcher {
    let files = names.map { "'\(folder.path($0))'" }.joined(separator: " ")
    return try Watcher("--follow --output ndjson \(options) \(files)")
  }

  // MARK: - Small and growing files

  @Test(arguments: ["", "10 bytes.\n"])
  func manySmallFilesAreAllFollowedAndReadWhenTheyGrow(beginning: String) throws {
    let names = (0..<40).map { "\($0).log" }
    for name in names { try folder.append(beginning, to: name) }
    let watcher = try follow(names, "--format common --lateness 5")
    for name in names {
      try poll("\(name) is open") { try watcher.waits(for: folder.path(name)) }
    }
    for (number, name) in names.enumerated() {
      try folder.append(FollowedLog.lines(number * 10..<number * 10 + 3), to: name)
    }
    try watcher.wait(forHits: 120)
    try folder.append(FollowedLog.lines(0..<1), to: names[39])
    try watcher.wait(forHits: 121)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == 121)
    #expect(try watcher.end["lines"] as? Int == (beginning.isEmpty ? 121 : 161))
    // Equal contents are no reason to leave one out, and empty files are not equal.
    #expect(!watcher.errors.contains("the same file"))
    #expect(beginning.isEmpty != watcher.errors.contains("holds the same bytes"))
  }

  @Test(arguments: ["hard", "link"])
  func aFollowedFileThatIsReachedTwiceIsReadOnce(other: String) throws {
    try folder.append(FollowedLog.lines(0..<5), to: "a.log")
    _ = try Ended.running("cd '\(folder.path(""))'; ln a.log hard; ln -s a.log link")
    let watcher = try follow(["a.log", other])
    try watcher.wait(forHits: 5)
    try folder.append(FollowedLog.lines(5..<8), to: "a.log")
    try watcher.wait(forHits: 8)
    try watcher.stop()
    #expect(try watcher.end["lines"] as? Int == 8)
    #expect(watcher.errors.contains("\(other): the same file as "), "\(watcher.errors)")
  }

  @Test func aLogThatDoesNotExistYetIsWaitedForWhileTheOthersAreRead() throws {
    try folder.append(FollowedLog.lines(0..<5), to: "a.log")
    let watcher = try follow(["a.log", "b.log"])
    try watcher.wait(forHits: 5)
    try folder.append(FollowedLog.lines(5..<9), to: "b.log")
    try watcher.wait(forHits: 9)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == 9)
  }

  // MARK: - A log that may not be read

  /// Root may read every file: another user is needed.
  private static let asNobody =
    geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""

  private func makeLogs() throws {
    for (number, name) in ["a.log", "b.log", "c.log"].enumerated() {
      try folder.append(FollowedLog.lines(number * 10..<number * 10 + 3), to: name)
    }
    _ = try Ended.running("cd '\(folder.path(""))'; chmod 755 .; chmod 000 b.log")
  }

  @Test func theOthersAreFollowedIfOneMayNotBeReadUntilItMay() throws {
    try makeLogs()
    let files = ["a.log", "b.log", "c.log"].map { folder.path($0) }.joined(separator: " ")
    let watcher = try Watcher(
      "--follow --output ndjson --lateness 5 \(files)",
      limits: "set -- \(Self.asNobody)\"$@\"")
    try watcher.wait(forHits: 6)
    #expect(watcher.errors == "lm2000: \(folder.path("b.log")): Permission denied; trying again\n")
    try folder.append(FollowedLog.lines(100..<102), to: "c.log")
    try watcher.wait(forHits: 8)
    _ = try Ended.running("chmod 644 '\(folder.path("b.log"))'")
    try folder.append(FollowedLog.lines(102..<104), to: "b.log")
    try watcher.wait(forHits: 10)
    try watcher.stop()
    // Its first lines are for seconds that closed while it could not be read.
    #expect(try watcher.end["hits"] as? Int == 13)
    #expect(try watcher.end["late"] as? Int == 3)
  }

  @Test func theDashboardShowsWhichLogMayNotBeReadAndExitsWithAnError() throws {
    try makeLogs()
    let terminal = try Terminal(
      "cd '\(folder.path(""))' && \(Self.asNobody)\(Built.program) --lateness 5 a.log b.log c.log",
      columns: 120, rows: 40)
    try terminal.wait(for: "6 hits")
    try terminal.wait(for: "Permission denied")
    _ = try Ended.running("chmod 644 '\(folder.path("b.log"))'")
    try terminal.wait(for: "9 hits")
    try terminal.wait("the message is gone") { !$0.contains("Permission denied") }
    try terminal.type("q")
    try terminal.wait(for: "exit=1")
  }

  // MARK: - A log behind the others

  /// The hits of a log that is behind are in time while the logs are read for the first time.
  @Test(arguments: [30.0, 300, 86_400])
  func noHitIsLateWhenTheLogsAreReadForTheFirstTime(behind: Double) throws {
    for number in 0..<200 {
      let date = Date(timeIntervalSince1970: 1_773_479_000 + Double(number))
      try folder.append(FollowedLog.lines(number..<number + 1, at: date), to: "a.log")
      try folder.append(
        FollowedLog.lines(number..<number + 1, at: date.addingTimeInterval(-behind)), to: "b.log")
    }
    for order in ["a.log b.log", "b.log a.log"] {
      for follow in ["--no-follow", "--replay --speed max"] {
        let ended = try Ended.running(
          "cd '\(folder.path(""))' && \(Built.program) --output ndjson \(follow) \(order)")
        #expect(ended.count("hits") == 400)
        #expect(ended.count("late") == 0)
        #expect(ended.errors == "")
      }
    }
  }

  /// Writes to two logs for some seconds, one of them with times that are behind.
  private func write(behind: Double, seconds: Int) throws -> Int {
    let count = seconds * 5
    for number in 0..<count {
      let now = Date()
      try folder.append(FollowedLog.lines(number..<number + 1, at: now), to: "a.log")
      try folder.append(
        FollowedLog.lines(number..<number + 1, at: now.addingTimeInterval(-behind)), to: "b.log")
      usleep(200_000)
    }
    return 2 * count
  }

  @Test func noHitIsLateWhileALogIsHalfAMinuteBehind() throws {
    var written = try write(behind: 30, seconds: 1)
    let watcher = try follow(["a.log", "b.log"], "--lateness 2 --idle-grace 10")
    try poll("it follows") { try watcher.waits(for: folder.path("b.log")) }
    written += try write(behind: 30, seconds: 8)
    // All of it is read; the rest of its seconds closes at the end.
    try poll("it is idle") { try watcher.waits(for: folder.path("b.log")) }
    try watcher.stop()
    #expect(try watcher.end["late"] as? Int == 0)
    let hits = try #require(try watcher.end["hits"] as? Int)
    #expect(hits > written * 3 / 4 && hits <= written)
    #expect(!watcher.errors.contains("behind the others"), "\(watcher.errors)")
  }

  @Test func hitsAreLateWithANoticeWhileALogIsFiveMinutesBehind() throws {
    _ = try write(behind: 300, seconds: 1)
    let watcher = try follow(["a.log", "b.log"], "--lateness 2 --idle-grace 10")
    try poll("it follows") { try watcher.waits(for: folder.path("b.log")) }
    _ = try write(behind: 300, seconds: 6)
    // While it runs, in every output.
    try poll("the notice") { watcher.errors.contains("behind the others") }
    try watcher.stop()
    let notice =
      /b\.log: [0-9.]+ % of the hits are late, because the log is up to (\d+) s behind the others: --max-jump \1 would have waited/
    let match = try #require(watcher.errors.firstMatch(of: notice), "\(watcher.errors)")
    #expect((295...330).contains(Int(match.output.1) ?? 0))
    #expect(try #require(try watcher.end["late"] as? Int) > 0)
  }
}
