import Foundation
import Testing

/// A file that is truncated, overwritten or removed while it is read: there is a clear message, what was
/// read stays on the screen, and keys work.
@Suite(.ownThreads, .serialized) struct ChangedFileTests {
  /// 1,000 seconds of 200 hits each.
  private static func log(in folder: Folder) throws -> String {
    let path = folder.path("log")
    let made = try Ended.running(
      "\(Built.folder)/lm2000-traffic --rate 200 --lines 200000 --output \(path)")
    try #require(made.status == 0)
    return path
  }

  /// The minute that the clock on the screen displays.
  private static func minute(_ screen: String) -> Int? {
    screen.firstMatch(of: /09:(\d\d):\d\d UTC/).flatMap { Int($0.1) }
  }

  /// - Returns: the minute at which the replay is paused.
  private func pause(_ terminal: Terminal) throws -> Int {
    try terminal.type("p")
    return try #require(Self.minute(try terminal.wait(for: "PAUSED")))
  }

  @Test(arguments: [
    (": > LOG", "was cut short while it was read: 0 of "),
    ("head -c 5000000 LOG > half; cat half > LOG", "was cut short while it was read: 5000000 of "),
    ("sed 's/^/x/' LOG > other; cat other > LOG", "was overwritten while it was read"),
  ])
  func aReplayStaysWhereItWasAndReportsTheReason(change: String, message: String) throws {
    let folder = try Folder()
    let log = try Self.log(in: folder)
    let terminal = try Terminal(
      "cd \(folder.path("")); \(Built.program) --replay --utc log")
    try terminal.wait("it plays") { Self.minute($0) != nil }
    let start = try pause(terminal)
    try terminal.typeTogether(String(repeating: "}", count: 10))
    let before = try terminal.wait("ten minutes on") { Self.minute($0) == start + 10 }
    #expect(before.contains("PAUSED"))
    let changed = try Ended.running(
      "cd \(folder.path("")) && " + change.replacing("LOG", with: log))
    try #require(changed.status == 0)
    try terminal.typeTogether("{{{{")
    let after = try terminal.wait(for: message)
    #expect(after.contains("PAUSED") && !after.contains("SEEKING"), "\(after)")
    #expect(Self.minute(after) == start + 10, "\(after)")
    try terminal.type("?")
    try terminal.wait(for: "select a row")
    try terminal.type("q", "q")
    let end = try terminal.wait(for: "exit=1")
    #expect(end.contains("lm2000: ") && end.contains(message), "\(end)")
  }

  @Test func aReplayOfARemovedFileContinues() throws {
    let folder = try Folder()
    let log = try Self.log(in: folder)
    let terminal = try Terminal("\(Built.program) --replay --utc \(log)")
    try terminal.wait("it plays") { Self.minute($0) != nil }
    let removed = try Ended.running("rm \(log)")
    try #require(removed.status == 0)
    let start = try pause(terminal)
    try terminal.typeTogether("}{}}")
    try terminal.wait("two minutes on") { Self.minute($0) == start + 2 }
    try terminal.type(">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", ">", "p")
    try terminal.wait(for: "END")
    try terminal.wait(for: "was removed while it was read")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func aReportOfATruncatedFileEndsWithAnError() throws {
    let folder = try Folder()
    let log = try Self.log(in: folder)
    // At this speed most of the log is still unread when it is truncated.
    let ended = try Ended.running(
      "cd \(folder.path("")) && (\(Built.program) --output ndjson --replay --speed 20 \(log) > out;"
        + " echo $? > status) & cd \(folder.path("")) && until [ -s out ]; do sleep 0.1; done;"
        + " : > \(log); wait; cat status out")
    #expect(ended.output.hasPrefix("1\n"), "\(ended.output)")
    #expect(ended.output.contains("\"event\":\"end\""))
    #expect(ended.errors.contains("was cut short while it was read: 0 of "), "\(ended.errors)")
  }
}
