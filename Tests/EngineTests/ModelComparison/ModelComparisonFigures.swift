import Foundation
import ReferenceModel
import Testing

/// The figures of an ndjson output.
struct Figures {
  let events: [[String: Any]]

  init(_ output: String) throws {
    events = try output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  func named(_ name: String) -> [[String: Any]] {
    events.filter { $0["event"] as? String == name }
  }

  private var end: [String: Any] { events.last ?? [:] }
  var lines: Int { end["lines"] as? Int ?? -1 }
  var hits: Int { end["hits"] as? Int ?? -1 }
  var late: Int { end["late"] as? Int ?? -1 }
  var ignored: Int { end["ignored"] as? Int ?? -1 }
  var first: Int? { end["first"] as? Int }
  var last: Int? { end["last"] as? Int }

  func rejected(_ reason: String) -> Int {
    (end["rejected"] as? [String: Any])?[reason] as? Int ?? -1
  }

  /// The lines that are rejected for a reason that does not depend on other lines.
  var malformed: Int {
    ["shape", "time", "status", "bytes"].map(rejected).reduce(0, +)
  }

  /// The names of the sections in the order of their ranking, interval by interval.
  var sections: [String] { names("sections") }
  var clients: [String] { names("clients") }

  private func names(_ key: String) -> [String] {
    named("interval").flatMap { interval in
      (interval[key] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }
  }

  /// What grew, for each trigger: `section /a 1.2 9.1`.
  var changes: [[String]] {
    named("alert").compactMap { $0["changes"] as? [[String: Any]] }.map { changes in
      changes.map {
        "\($0["dimension"] ?? "") \($0["name"] ?? "") \($0["before"] ?? "") \($0["now"] ?? "")"
      }
    }
  }

  /// The state, time and hits of each alert: `triggered 3 7`.
  var alerts: [String] {
    named("alert").map { "\($0["state"] ?? "") \($0["time"] ?? "") \($0["hits"] ?? "")" }
  }
}

extension Runner {
  /// Reads lines, to which line endings are added.
  func figures(
    _ lines: [String], _ change: (inout ModelOptions) -> Void = { _ in }
  ) throws -> Figures {
    try figures(bytes: lines.flatMap { Array(($0 + "\n").utf8) }, change)
  }

  func figures(
    bytes: [UInt8], _ change: (inout ModelOptions) -> Void = { _ in }
  ) throws -> Figures {
    var options = ModelOptions()
    change(&options)
    let figures = try Figures(run(bytes, options))
    #expect(figures.lines == figures.hits + figures.rejected("total") + figures.ignored)
    return figures
  }
}

/// A line of the combined format with the given fields.
func combined(
  _ time: String = "23/Nov/2026:17:00:09 +0000", request: String = "GET /a/x HTTP/1.1",
  status: String = "200", bytes: String = "512", agent: String = "ua", host: String = "10.0.0.1"
) -> String {
  "\(host) - - [\(time)] \"\(request)\" \(status) \(bytes) \"-\" \"\(agent)\""
}

/// A CSV line at a second.
func csv(_ time: Int, _ path: String = "/") -> String {
  "\"10.0.0.1\",\"-\",\"-\",\(time),\"GET \(path) HTTP/1.0\",200,1"
}
