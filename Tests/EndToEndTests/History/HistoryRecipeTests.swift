import Foundation
import Testing

/// The commands of the manual about the history, run as they stand there.
@Suite(.ownThreads) struct HistoryRecipeTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
  }

  private func run(_ command: String) throws -> Ended {
    try Ended.running(
      "cd '\(folder.path(""))' && { \(command)\n}",
      environment: ["TZ": "UTC", "LANG": "C.UTF-8", "HOME": folder.path("")],
      path: Built.folder + ":/usr/bin:/bin")
  }

  /// The commands of the code blocks in a section of the manual.
  private static func commands(of section: String) throws -> [String] {
    let manual = try String(contentsOfFile: Built.root + "README.md", encoding: .utf8)
    let start = try #require(manual.range(of: "\n## \(section)\n")).upperBound
    let end = try #require(manual.range(of: "\n## ", range: start..<manual.endIndex)).lowerBound
    return manual[start..<end].components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 1 }.flatMap { $0.element.split(separator: "\n").dropFirst() }
      .map(String.init)
  }

  @Test(.enabled(if: hasSQLite, "sqlite3 is not installed"))
  func theCommandsOfTheManualAreRight() throws {
    try folder.append(
      try String(contentsOfFile: Built.fixture, encoding: .utf8), to: "access.log")
    var queries = 0
    for command in try Self.commands(of: "History") where !command.hasPrefix("#") {
      let ended = try run(
        command.replacing("/var/log/nginx/access.log", with: "--output text access.log"))
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(command): \(ended.errors)")
      #expect(!ended.output.isEmpty, "\(command)")
      queries += command.hasPrefix("sqlite3") ? 1 : 0
    }
    #expect(queries == 5)
    let sections = try run(
      try Self.commands(of: "History").first { $0.contains("'section'") } ?? "false")
    #expect(sections.output.contains("/shop"), "\(sections.output)")
  }

  @Test(.enabled(if: hasSQLite, "sqlite3 is not installed"))
  func theTablesHaveTheColumnsOfTheManual() throws {
    _ = try run("lm2000 --history h.db --output text '\(Built.fixture)'")
    let columns = try ["alerts", "minutes", "names"].map { table in
      try run("sqlite3 h.db \"SELECT group_concat(name, ' ') FROM pragma_table_info('\(table)')\"")
        .output
    }
    #expect(
      columns == [
        "id rule key state time value hits duration changes\n",
        "time hits bytes status_1xx status_2xx status_3xx status_4xx status_5xx status_other "
          + "unique_clients p50 p95 p99\n",
        "time dimension name hits bytes errors\n",
      ])
  }
}
