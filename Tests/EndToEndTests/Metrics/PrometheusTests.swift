import Foundation
import LoopbackKit
import Testing
import WebClientKit

/// A real Prometheus on the loopback address, with its database in a folder of its own.
private final class Prometheus {
  static let isExpected = Scrape.isExpected && WebServer.areExpected(["prometheus"])

  private let folder: Folder
  private let process = Process()
  let port: UInt16

  /// - Parameter target: the port of the program to scrape every second.
  init(scraping target: UInt16, configuration: String) throws {
    folder = try Folder()
    port = try #require(unusedPort())
    try folder.append(
      "global:\n  scrape_interval: 1s\n"
        + configuration.replacing("127.0.0.1:9145", with: "127.0.0.1:\(target)"),
      to: "prometheus.yml")
    process.executableURL = URL(filePath: "/usr/bin/prometheus")
    process.arguments = [
      "--config.file=\(folder.path("prometheus.yml"))",
      "--storage.tsdb.path=\(folder.path("data"))",
      "--web.listen-address=127.0.0.1:\(port)",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// The results of a query: the labels and the value of each series; `nil` if it cannot be asked.
  func query(_ text: String) throws -> [(labels: [String: String], value: Double)]? {
    let words = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    guard
      let answer = WebClient.request(
        "GET", "/api/v1/query?query=\(words)", port: port, version: "1.0")
    else { return nil }
    guard answer.status == 200 else {
      Issue.record("\(text): \(answer.body)")
      return []
    }
    let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
    let rows = (object?["data"] as? [String: Any])?["result"] as? [[String: Any]] ?? []
    return rows.map { row in
      let value = (row["value"] as? [Any])?.last as? String ?? ""
      return (row["metric"] as? [String: String] ?? [:], Double(value) ?? .nan)
    }
  }
}

/// What the manual says of Prometheus, with a real one.
@Suite(.ownThreads, .enabled(if: Prometheus.isExpected, "Prometheus is not installed (prometheus)"))
struct PrometheusTests {
  private static let manual =
    (try? String(contentsOfFile: Built.root + "README.md", encoding: .utf8)) ?? ""

  /// The block of code of a kind in the part about Prometheus.
  private static func block(_ kind: String) throws -> String {
    let start = try #require(manual.range(of: "### Prometheus")).upperBound
    let opening = try #require(
      manual.range(of: "```\(kind)\n", range: start..<manual.endIndex))
    let end = try #require(manual.range(of: "```", range: opening.upperBound..<manual.endIndex))
    return String(manual[opening.upperBound..<end.lowerBound])
  }

  /// A second of traffic: 40 hits, a quarter of which fail, half of them for /api, and a tenth of which
  /// take two seconds.
  private func second(_ number: Int) -> String {
    let time = LogTime.text(Date())
    return (0..<40).map { hit in
      "10.0.0.\(hit) - - [\(time)] \"GET /\(hit % 2 == 0 ? "api" : "shop")/\(number) HTTP/1.1\" "
        + "\(hit % 4 == 0 ? 500 : 200) 1000 \(hit % 10 == 0 ? "2.0" : "0.02")\n"
    }.joined()
  }

  @Test func theQueriesOfTheManualAnswerTheirQuestions() throws {
    let log = try FollowedLog()
    let port = try #require(unusedPort())
    try log.folder.append(second(0), to: "access.log")
    let watcher = try log.follow(
      "--metrics 127.0.0.1:\(port) --high-traffic-interval 60 --high-traffic-threshold 2 "
        + "--format '$remote_addr - $remote_user [$time_local] "
        + "\"$request\" $status $body_bytes_sent $request_time'")
    let prometheus = try Prometheus(scraping: port, configuration: Self.block("yaml"))
    let queries = try Self.block("promql").split(separator: "\n").filter { !$0.hasPrefix("#") }
      // Fewer seconds than a person would ask for pass in a test.
      .map { String($0).replacing("[5m]", with: "[1m]") }
    try #require(queries.count == 5)
    // It rates what it has seen twice.
    var seconds = 1
    try poll("prometheus has rates") { () -> Bool? in
      try log.folder.append(second(seconds), to: "access.log")
      seconds += 1
      usleep(900_000)
      guard seconds > 8, try prometheus.query(queries[4])?.isEmpty == false else { return nil }
      let rate = try prometheus.query(queries[0])?.first?.value ?? 0
      return rate > 0 ? true : nil
    }
    func values(_ index: Int) throws -> [(labels: [String: String], value: Double)] {
      try #require(try prometheus.query(queries[index]))
    }
    #expect(try values(0).count == 1)
    let failing = try #require(try values(1).first)
    #expect(abs(failing.value - 0.25) < 0.01, "\(failing)")
    let slow = try #require(try values(2).first)
    #expect(slow.value > 1 && slow.value <= 2.6, "\(slow)")
    let sections = try values(3)
    #expect(sections.count == 1 && sections[0].labels["section"] == "/api", "\(sections)")
    let alerting = try values(4)
    #expect(alerting.map(\.labels["rule"]) == ["high-traffic"], "\(alerting)")
    let health = try #require(try prometheus.query("up{job=\"lm2000\"}")?.first)
    #expect(health.value == 1)
    // What Prometheus has stored is what the program counted.
    let written = Double(40 * seconds)
    try poll("everything is stored") { () -> Bool? in
      let stored = try prometheus.query("sum(lm2000_hits_total)")?.first?.value
      return stored == written ? true : nil
    }
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == 40 * seconds)
  }
}
