import Foundation
import Testing

/// A log with a history in a folder of its own: runs of the built program follow it one after the other,
/// and each continues where the one before it stopped.
struct ContinuedLog {
  let folder: Folder
  /// The time of line 0, the first second of an hour; line n is n seconds later.
  let start: Int

  /// - Parameter hours: how long ago the log begins.
  init(hours: Int = 3) throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
    start = (Int(Date().timeIntervalSince1970) / 3_600 - hours) * 3_600
  }

  var path: String { folder.path("access.log") }

  /// Lines of the common log format with their numbers in their paths.
  static func lines(_ numbers: some Sequence<Int>, from start: Int) -> String {
    numbers.map { number in
      let time = LogTime.text(Date(timeIntervalSince1970: TimeInterval(start + number)))
      return "10.0.0.\(number % 40) - - [\(time)] \"GET /a/\(number) HTTP/1.1\" 200 512\n"
    }.joined()
  }

  func append(_ numbers: some Sequence<Int>, to name: String = "access.log") throws {
    try folder.append(Self.lines(numbers, from: start), to: name)
  }

  /// Starts a run, which follows the logs and has the history.
  func follow(_ options: String = "", logs: [String] = ["access.log"]) throws -> Watcher {
    let paths = logs.map { "'\(folder.path($0))'" }.joined(separator: " ")
    return try Watcher(
      "--follow --output ndjson --history '\(folder.path("h.db"))' \(options) \(paths)")
  }

  /// Follows the logs until all lines have been counted, and ends in order.
  ///
  /// - Parameters:
  ///   - hits: the hits that the run counts.
  ///   - last: the number of the last line.
  /// - Returns: the run, which is over.
  @discardableResult
  func run(
    hits: Int, through last: Int, _ options: String = "", logs: [String] = ["access.log"],
    location: SourceLocation = #_sourceLocation
  ) throws -> Watcher {
    let watcher = try follow(options, logs: logs)
    if hits > 0 {
      try wait(for: last, watcher, location: location)
    } else {
      try poll("it is idle", location: location) { try watcher.waits(for: path) }
    }
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == hits, sourceLocation: location)
    #expect(try watcher.end["lines"] as? Int == hits, sourceLocation: location)
    return watcher
  }

  /// Waits until a line has been counted: it closes the second before the last one.
  func wait(
    for number: Int, _ watcher: Watcher, location: SourceLocation = #_sourceLocation
  ) throws {
    try poll("line \(number) is counted: \(watcher.errors)", location: location) {
      let closed = watcher.events("interval").last.flatMap { $0["to"] as? Int } ?? 0
      return closed > start + number - 2 ? true : nil
    }
  }

  /// Runs a shell command in the folder.
  @discardableResult
  func shell(_ command: String, location: SourceLocation = #_sourceLocation) throws -> String {
    let ended = try Ended.running(
      "cd '\(folder.path(""))' && { \(command)\n}",
      path: Built.folder + ":/usr/bin:/bin:/usr/sbin:/sbin")
    #expect(ended.status == 0, "\(command): \(ended.errors)", sourceLocation: location)
    return ended.output
  }

  /// Runs a query.
  @discardableResult
  func sqlite(_ sql: String) throws -> String {
    let output = try shell("sqlite3 h.db \"\(sql)\"")
    return output.trimmingCharacters(in: .newlines)
  }

  /// The hits of all minutes in the history.
  var savedHits: Int {
    get throws { Int(try sqlite("SELECT ifnull(sum(hits), 0) FROM minutes")) ?? -1 }
  }

  /// The number of checkpoints that did not fit.
  var rejected: Int {
    get throws { Int(try sqlite("SELECT count(*) FROM rejected_checkpoints")) ?? -1 }
  }
}
