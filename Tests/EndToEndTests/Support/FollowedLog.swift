import Foundation
import Testing

/// A log in a folder of its own that a test writes and rotates while the built program follows it.
struct FollowedLog {
  let folder: Folder

  init() throws { folder = try Folder() }

  var path: String { folder.path("access.log") }

  /// A line for each number, which is in its path.
  static func lines(_ numbers: Range<Int>, at date: Date = Date()) -> String {
    let time = LogTime.text(date)
    return numbers.map {
      "10.0.0.1 - - [\(time)] \"GET /a/\(1_000_000 + $0) HTTP/1.1\" 200 512\n"
    }.joined()
  }

  func append(_ numbers: Range<Int>, to name: String = "access.log") throws {
    try folder.append(Self.lines(numbers), to: name)
  }

  /// Rotates the log and keeps some of the old files.
  func rotate(keep: Int) throws {
    var script = "cd '\(folder.path(""))'; "
    for number in stride(from: keep, to: 1, by: -1) {
      script += "mv access.log.\(number - 1) access.log.\(number) 2>/dev/null; "
    }
    _ = try Ended.running(script + "mv access.log access.log.1")
  }

  func follow(_ options: String = "") throws -> Watcher {
    try Watcher("--follow --output ndjson \(options) '\(path)'")
  }

  /// Ends the program and checks that it counted some lines, all of them hits.
  func expectEnd(_ watcher: Watcher, hits: Int) throws {
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == hits)
    #expect(try watcher.end["lines"] as? Int == hits)
  }
}
