import Foundation
import Testing

/// `--tail` begins with the last lines, wherever the log comes from.
@Suite(.ownThreads) struct TailTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.append(Self.lines(10), to: "access.log")
  }

  private static func lines(_ count: Int) -> String {
    String(
      repeating: "10.0.0.1 - - [\(LogTime.now)] \"GET /a/x HTTP/1.1\" 200 512\n",
      count: count)
  }

  private func hits(_ command: String) throws -> String? {
    let ended = try Ended.running(
      "cd '\(folder.path(""))'; " + command.replacing("lm2000", with: Built.program + " -n"))
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output.firstMatch(of: /"event":"end","lines":(\d+),/).map { String($0.output.1) }
  }

  @Test(
    arguments: [0, 1, 3, 10, 99],
    [
      "lm2000 N --output ndjson access.log", "cat access.log | lm2000 N --output ndjson -",
      "lm2000 N --output ndjson - < access.log",
      "lm2000 N --replay --speed max --output ndjson access.log",
      "lm2000 N --replay --speed 1000 --output ndjson access.log",
      "cat access.log | lm2000 N --replay --speed max --output ndjson -",
      "mkfifo f; cat access.log > f & lm2000 N --output ndjson f",
    ])
  func beginsWithTheLastLines(lines: Int, command: String) throws {
    #expect(try hits(command.replacing(" N ", with: " \(lines) ")) == "\(min(lines, 10))")
  }

  private static func csvLines(_ count: Int) -> String {
    let time = Int(Date().timeIntervalSince1970)
    return String(repeating: "200,\(time),GET /a/x HTTP/1.1,10.0.0.1\n", count: count)
  }

  @Test(
    arguments: [0, 1, 9],
    [
      "lm2000 N --output ndjson a.csv", "cat a.csv | lm2000 N --output ndjson -",
      "lm2000 N --output ndjson --format csv - < a.csv",
      "lm2000 N --replay --speed max --output ndjson a.csv",
      "cat a.csv | lm2000 N --format csv --output ndjson -",
      "mkfifo f; cat a.csv > f & lm2000 N --output ndjson f",
    ])
  func theHeaderThatNamesTheColumnsIsRead(lines: Int, command: String) throws {
    try folder.append("status,date,request,remotehost\n" + Self.csvLines(10), to: "a.csv")
    let ended = try Ended.running(
      "cd '\(folder.path(""))'; "
        + command.replacing("lm2000", with: Built.program + " -n")
        .replacing(" N ", with: " \(lines) "))
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains(#""format":"csv""#), "\(ended.output)")
    #expect(
      ended.output.contains("\"end\",\"lines\":\(lines),\"hits\":\(lines),"), "\(ended.output)")
  }

  @Test(arguments: ["", "--format csv"])
  func theHeaderOfAFollowedFileIsRead(format: String) throws {
    let path = folder.path("a.csv")
    try folder.append("status,date,request,remotehost\n" + Self.csvLines(10), to: "a.csv")
    let watcher = try Watcher("--follow --output ndjson --tail 0 \(format) '\(path)'")
    try poll("the program has started") { try watcher.waits(for: path) }
    try poll("the format is known") { watcher.events("start").isEmpty ? nil : true }
    try folder.append(Self.csvLines(3), to: "a.csv")
    try watcher.wait(forHits: 3)
    try watcher.stop()
    #expect(try watcher.end["lines"] as? Int == 3)
  }

  @Test(arguments: [0, 4])
  func followingBeginsAtTheLastLines(lines: Int) throws {
    let watcher = try Watcher(
      "--follow --output ndjson --tail \(lines) '\(folder.path("access.log"))'")
    try poll("the program has started") { try watcher.waits(for: folder.path("access.log")) }
    try watcher.wait(forHits: lines)
    try folder.append(Self.lines(3), to: "access.log")
    try watcher.wait(forHits: lines + 3)
    try watcher.stop()
    #expect(try watcher.end["lines"] as? Int == lines + 3)
  }

  @Test func aFollowedPipeBeginsWithItsLastLinesOnceItPauses() throws {
    let path = folder.path("access.log")
    let watcher = try Watcher(
      "--follow --output ndjson --tail 4 -", from: "tail -n +1 -f '\(path)'")
    try watcher.wait(forHits: 4)
    try folder.append(Self.lines(3), to: "access.log")
    try watcher.wait(forHits: 7)
    try watcher.stop()
    #expect(try watcher.end["lines"] as? Int == 7)
  }

  @Test func aLargeFileIsNotReadCompletely() throws {
    // Reading 50 GB would take a minute; a hole takes no space.
    _ = try Ended.running("truncate -s 50G '\(folder.path("big.log"))'")
    try folder.append("\n" + Self.lines(5), to: "big.log")
    #expect(try hits("lm2000 2 --output ndjson big.log") == "2")
  }
}
