import Foundation
import Testing

/// A generated log with alerts whose lines are distributed among several files in a folder of its own,
/// and the same lines in one file.
struct SplitLog {
  let folder: Folder
  let names: [String]

  /// The number of lines.
  static let lines = SurgeLog.truth.hits.count

  /// - Parameters:
  ///   - names: the names of the files.
  ///   - place: the index of the file in which a hit is, by its number and the number of hits.
  init(_ names: [String], place: (Int, Int) -> Int) throws {
    folder = try Folder()
    self.names = names
    var parts = names.map { _ in [LogTruth.Hit]() }
    for (number, hit) in SurgeLog.truth.hits.enumerated() {
      parts[place(number, Self.lines)].append(hit)
    }
    for (name, hits) in zip(names, parts) { try folder.append(LogTruth(hits).text, to: name) }
    try folder.append(SurgeLog.truth.text, to: "whole")
  }

  /// Three logs of servers that work at the same time.
  static func ofServers() throws -> SplitLog {
    try SplitLog(["a.log", "b.log", "c.log"]) { number, _ in number * 7 % 10 / 4 }
  }

  /// A log and its older generations, the newest first.
  static func ofGenerations(_ count: Int) throws -> SplitLog {
    try SplitLog((0..<count).map { $0 == 0 ? "access.log" : "access.log.\($0)" }) { number, lines in
      count - 1 - number * count / lines
    }
  }

  /// Runs the program in the folder.
  func run(_ arguments: String) throws -> Ended {
    try Ended.running("cd '\(folder.path(""))' && \(Built.program) \(arguments)")
  }

  /// Runs a command in the folder and returns its output.
  @discardableResult
  func shell(_ command: String) throws -> String {
    let ended = try Ended.running("cd '\(folder.path(""))' && " + command)
    return ended.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The output for the file with all lines, without the start event.
  func expected(_ options: String = "") throws -> String {
    let ended = try run("--output ndjson \(options) whole")
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.eventsAfterStart
  }
}

extension Ended {
  /// The events of an ndjson output behind the start event, which names the sources.
  var eventsAfterStart: String {
    output.hasPrefix("{\"event\":\"start\"")
      ? String(output.drop { $0 != "\n" }.dropFirst()) : output
  }

  /// The lines of an ndjson output that hold an event.
  func lines(of event: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("{\"event\":\"\(event)\"") }.map(
      String.init)
  }

  /// A figure of the end event.
  func count(_ field: String) -> Int? {
    lines(of: "end").last?.split(separator: "\"\(field)\":").last.flatMap {
      Int($0.prefix { $0.isNumber })
    }
  }
}
