import Foundation
import Testing

/// An unreadable log never looks healthy: not in the dashboard, not in reports, not in the exit status.
@Suite(.ownThreads, .serialized) struct UnreadableLogTests {
  /// A line of an application, with a bracketed time, quotes and a status.
  private static let foreign =
    "INFO [25/Nov/2026:12:00:01 +0000] worker-3 answered \"GET /api/a\" with 200 in 12 ms, "
    + "client 203.0.113.5\n"
  /// Without the identity and the user.
  private static let shortened =
    "203.0.113.5 [14/Mar/2026:09:26:53 +0100] \"GET /a HTTP/1.1\" 200 5 \"-\" \"x\"\n"
  private static let readable =
    "203.0.113.5 - - [14/Mar/2026:09:26:53 +0100] \"GET /a HTTP/1.1\" 200 5 \"-\" \"x\"\n"

  private func times(_ count: Int, _ line: String) -> String {
    String(repeating: line, count: count)
  }

  // MARK: - The dashboard

  @Test(arguments: [
    ("", "1,500 waiting"), ("--no-follow", "1,500 rejected (shape)"),
    ("--replay", "1,500 rejected (shape)"),
    ("--format csv", "1,500 rejected (shape)"),
  ])
  func theDashboardReportsAnUnreadableLogAndExitsWithAnError(options: String, count: String) throws
  {
    let folder = try Folder()
    try folder.append(times(1500, Self.foreign), to: "app.log")
    let terminal = try Terminal(
      "\(Built.program) --utc \(options) \(folder.path("app.log"))", columns: 110, rows: 24)
    let formats = options.contains("csv") ? "the format csv" : "a known format"
    let screen = try terminal.wait("the notice and the count") {
      $0.contains("0 of 1500 lines match \(formats); line 1 ") && $0.contains(count)
    }
    #expect(screen.contains(" unreadable"), "\(screen)")
    #expect(!screen.contains(" normal"), "\(screen)")
    try terminal.type("q")
    let end = try terminal.wait(for: "exit=1")
    #expect(end.contains("0 of 1500 lines match \(formats)"), "\(end)")
  }

  @Test func aFewLinesAreEnoughEvenWhilePausedAndAMatchClearsTheNotice() throws {
    let folder = try Folder()
    try folder.append("", to: "a.log")
    let terminal = try Terminal("\(Built.program) --utc \(folder.path("a.log"))")
    try terminal.wait(for: "no lines yet")
    try terminal.type("Space")
    try terminal.wait(for: "PAUSED")
    try folder.append(times(5, Self.shortened), to: "a.log")
    let words = "0 of 5 lines match a known format; line 1 comes closest to combined"
    try terminal.wait(for: words)
    try terminal.wait("the badge") { !$0.contains("normal") && $0.contains("unreadable") }
    try terminal.type("Space")
    try terminal.wait(for: "5 waiting")
    try folder.append(Self.readable, to: "a.log")
    try terminal.wait("lines match again") {
      $0.contains("normal") && !$0.contains("known format") && $0.contains("5 rejected (shape)")
    }
    // A later run, and its end.
    try folder.append(times(50, Self.shortened), to: "a.log")
    try terminal.wait("a later run") {
      $0.contains("unreadable")
        && $0.contains("over half of 64 lines do not match the format combined; line 7 ")
    }
    try folder.append(times(50, Self.readable), to: "a.log")
    try terminal.wait("and its end") { $0.contains("normal") && !$0.contains("over half") }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func theFormatIsOpenUntilALineMatchesOne() throws {
    let folder = try Folder()
    try folder.append(Self.shortened, to: "a.log")
    let terminal = try Terminal("\(Built.program) --utc \(folder.path("a.log"))")
    let screen = try terminal.wait(for: "no format yet")
    #expect(screen.contains("1 waiting") && !screen.contains("normal"), "\(screen)")
    try folder.append(Self.readable, to: "a.log")
    try terminal.wait("the format") {
      $0.contains("normal") && $0.contains("  combined") && $0.contains("1 rejected (shape)")
    }
  }

  @Test(arguments: [(110, 1), (40, 5), (29, 24), (12, 2), (30, 6), (45, 12)])
  func everyScreenReportsAnUnreadableLog(columns: Int, rows: Int) throws {
    let folder = try Folder()
    try folder.append(times(1500, Self.foreign), to: "app.log")
    let terminal = try Terminal(
      "\(Built.program) \(folder.path("app.log"))", columns: columns, rows: rows)
    let screen = try terminal.wait(for: "unreadable")
    #expect(!screen.contains("normal"), "\(screen)")
  }

  // MARK: - Reports

  /// On standard error, while the log is still open, and once.
  @Test(arguments: ["text", "ndjson"], ["", "--follow"])
  func aReportWarnsWhileReading(output: String, follow: String) throws {
    let folder = try Folder()
    let fifo = folder.path("log")
    _ = try Ended.running("mkfifo \(fifo)")
    let watcher = try Watcher("--output \(output) \(follow) -v -", from: "cat \(fifo)")
    let writer = try #require(FileHandle(forWritingAtPath: fifo))
    try writer.write(contentsOf: Data(times(5, Self.shortened).utf8))
    try poll("the rejected lines") {
      watcher.errors.contains("line 5: rejected, shape") ? true : nil
    }
    let words =
      "lm2000: -: 0 of 5 lines match a known format; line 1 comes closest to combined but is "
      + "rejected, shape: its client cannot be read: 203.0.113.5 [14/Mar/2026"
    try poll("the reason") { watcher.errors.contains(words) ? true : nil }
    #expect(watcher.errors.contains("; try --format NAME, lm2000 --formats lists the formats\n"))
    // Later runs of such lines are reported too, each once.
    for _ in 0..<2 {
      try writer.write(contentsOf: Data(times(100, Self.readable).utf8))
      try writer.write(contentsOf: Data(times(100, Self.shortened).utf8))
    }
    try poll("two runs") { watcher.errors.split(separator: "over half").count == 3 ? true : nil }
    try writer.close()
    try poll("the end") {
      (watcher.errors + watcher.output).contains("205 of 405 lines rejected, 50.6 % (shape)\n")
        ? true : nil
    }
    #expect(watcher.errors.split(separator: "lines match a known format").count == 2)
    #expect(watcher.errors.split(separator: "over half").count == 3)
    #expect(watcher.errors.split(separator: ": line 1: rejected").count == 2)
  }

  @Test(arguments: [
    ("", 1), ("--replay --speed max", 1), ("--format combined", 1), ("--output ndjson", 1),
  ])
  func theExitStatusIsOneIfNoLineMatched(options: String, status: Int32) throws {
    let folder = try Folder()
    try folder.append(times(3, Self.shortened), to: "a.log")
    let ended = try Ended.running("\(Built.program) \(options) \(folder.path("a.log"))")
    #expect(ended.status == status)
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
    #expect(ended.errors.contains(": 0 of 3 lines match "), "\(ended.errors)")
  }

  @Test func aSignalDeterminesTheExitStatus() throws {
    let folder = try Folder()
    try folder.append(times(3, Self.shortened), to: "a.log")
    let ended = try Ended.running(
      "timeout --preserve-status -s TERM 1 \(Built.program) -f --output text \(folder.path("a.log"))"
    )
    #expect(ended.status == 143)
    #expect(ended.errors.contains(": 0 of 3 lines match a known format"), "\(ended.errors)")
  }

  @Test func aBetterFormatIsSuggestedIfMostLinesFail() throws {
    let folder = try Folder()
    let other = "10.0.0.1,-,-,1773476813,GET /a HTTP/1.1,200,5\n"
    try folder.append(other + times(600, Self.readable), to: "a.log")
    let ended = try Ended.running("\(Built.program) --output text \(folder.path("a.log"))")
    #expect(ended.status == 0)
    #expect(ended.output.contains("601 lines: 1 hits (0 late), 600 rejected (shape), 0 ignored"))
    let words =
      "over half of 64 lines do not match the format csv; line 2 is rejected, shape: "
    #expect(ended.errors.contains(words), "\(ended.errors)")
    #expect(ended.errors.hasSuffix("; try --format combined, which accepts such lines\n"))
  }

  // MARK: - Times too far ahead

  private func line(_ lead: TimeInterval) -> String {
    "203.0.113.5 - - [\(LogTime.text(Date() + lead))] \"GET /a HTTP/1.1\" 200 5\n"
  }

  @Test func linesFromTheFutureAreExplained() throws {
    let folder = try Folder()
    let text = times(150, times(2, line(-600)) + line(7200))
    try folder.append(text, to: "a.log")
    let ended = try Ended.running("\(Built.program) --output text -v \(folder.path("a.log"))")
    #expect(ended.output.contains("450 lines: 300 hits (0 late), 150 rejected (future), 0 ignored"))
    let listed = ended.errors.split(separator: "\n").filter {
      $0.contains("rejected, time: too far")
    }
    #expect(listed.count == 10)
    #expect(
      listed.first?.contains("a.log: line 3: rejected, time: too far in the future: 20") == true)
    #expect(
      ended.output.contains("a.log: format common; 150 of 450 lines rejected, 33.3 % (future)\n"),
      "\(ended.output)")
  }

  @Test func aClockThatIsHoursAheadMakesALogUnreadable() throws {
    let folder = try Folder()
    try folder.append(times(150, line(-5)) + times(100, line(7200)), to: "a.log")
    let terminal = try Terminal("\(Built.program) --utc \(folder.path("a.log"))", columns: 110)
    let screen = try terminal.wait(
      for: "over half of 64 lines are rejected as too far in the future")
    #expect(screen.contains("unreadable"))
    let report = try Ended.running("\(Built.program) --output ndjson \(folder.path("a.log"))")
    #expect(report.errors.contains("too far in the future, first line 151 of "), "\(report.errors)")
  }
}
