import Foundation
import Testing

/// Filters and the lines themselves, of the built program, counted again by simpler means.
@Suite(.ownThreads) struct FilteredLogTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func run(_ arguments: String) throws -> Ended {
    try Ended.running("\(Built.program) \(arguments)")
  }

  private func line(
    _ client: String, _ second: Int, _ request: String, _ status: Int, agent: String = "x"
  ) -> String {
    let time = "14/Mar/2026:09:\(10 + second / 60):\(10 + second % 60 % 50) +0000"
    return #"\#(client) - - [\#(time)] "\#(request)" \#(status) 512 "-" "\#(agent)""#
  }

  /// A log with clients, sections, codes and agents, and now and then a line that is none.
  private func log() throws -> [String] {
    var lines: [String] = []
    for index in 0..<500 {
      let client = index % 3 == 0 ? "10.1.\(index % 7).9" : "198.51.100.\(index % 90)"
      let path = ["/api/user?id=\(index)", "/shop/cart", "/", "/static/a.css"][index % 4]
      let status = [200, 200, 304, 404, 500][index % 5]
      let agent = index % 6 == 0 ? "Googlebot/2.1" : "Mozilla/5.0"
      lines.append(line(client, index / 10, "GET \(path) HTTP/1.1", status, agent: agent))
      if index % 50 == 0 { lines.append("not a line of the log") }
    }
    try folder.append(lines.joined(separator: "\n") + "\n", to: "a.log")
    return lines
  }

  @Test(
    arguments: [
      ("section=/api", #"GET /api/user"#), ("status=4xx,5xx", #"" (?:4|5)\d\d 512"#),
      ("client=10.0.0.0/8 not status=500", #"^10\.(?!.*" 500 512)"#), ("bot=yes", #"Googlebot"#),
      ("path~/S*", #"GET /s"#), ("query=id=7 or query~id=1?", #"\?id=(?:7|1\d) "#),
      ("(section=/shop or section=/) and bytes<=512", #"GET /(?:shop/cart)? HTTP"#),
    ])
  func theLinesThatPassAreThoseOfASimpleSearch(
    filter: String, pattern: String
  ) throws {
    let expected = try Regex(pattern)
    let wanted = try log().filter { $0.contains(expected) && $0.contains("GET") }
    let lines = try run("--output lines --filter '\(filter)' '\(folder.path("a.log"))'")
    #expect(lines.output.split(separator: "\n").map(String.init) == wanted)
    #expect(lines.status == 0 && lines.errors.isEmpty)
    let events = try run("--output ndjson --filter '\(filter)' '\(folder.path("a.log"))'")
    let end = try #require(events.output.split(separator: "\n").last)
    #expect(end.contains(#""lines":510,"hits":\#(wanted.count),"#))
    #expect(end.hasSuffix(#""filtered":\#(500 - wanted.count)}"#))
  }

  @Test func aLineOfAWrongClockIsNoHit() throws {
    let right = (0..<200).map { line("10.0.0.1", $0 / 8, "GET /\($0) HTTP/1.1", 200) }
    let wrong = #"10.0.0.9 - - [01/Jan/2100:00:00:00 +0000] "GET /wrong HTTP/1.1" 200 1 "-" "x""#
    let lines = right[..<50] + [wrong] + right[50...]
    try folder.append(lines.joined(separator: "\n") + "\n", to: "a.log")
    let ended = try run("--output lines '\(folder.path("a.log"))'")
    #expect(ended.output.split(separator: "\n").map(String.init) == right)
  }

  @Test func bytesAreWrittenAsTheyAre() throws {
    let path = folder.path("a.log")
    var bytes = Data(#"10.0.0.1 - - [14/Mar/2026:09:10:10 +0000] "GET /"#.utf8)
    bytes += [0xFF, 0x1B, 0x5B]
    bytes += Data(#" HTTP/1.1" 200 1 "-" "x""#.utf8)
    try (bytes + Data("\r\n".utf8)).write(to: URL(filePath: path))
    let ended = try Ended.running(
      "\(Built.program) --output lines '\(path)' > '\(folder.path("out"))'")
    #expect(ended.status == 0)
    #expect(
      FileManager.default.contents(atPath: folder.path("out")) == bytes + Data("\n".utf8))
  }

  @Test(arguments: [
    ("(a+)+b", "^"), ("status=5xx or (", "              ^"), ("section", "       ^"),
    ("colour=red", "^"), ("bytes>much", "      ^"),
  ])
  func aMistakeIsShownWithItsPlace(filter: String, mark: String) throws {
    let ended = try run("--filter '\(filter)' '\(Built.fixture)'")
    #expect(ended.status == 2)
    let lines = ended.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 3 && lines[0].hasPrefix("lm2000: --filter: "))
    #expect(lines.count == 3 && lines[1] == filter)
    #expect(lines.count == 3 && lines[2].hasSuffix("^") && lines[2].count >= mark.count)
  }

  @Test func theReportSaysHowManyLinesWereFiltered() throws {
    _ = try log()
    let ended = try run("--utc --filter 'status=500' '\(folder.path("a.log"))'")
    #expect(
      ended.output.contains("410 ignored (400 filtered)") || ended.output.contains("400 filtered"))
  }
}
