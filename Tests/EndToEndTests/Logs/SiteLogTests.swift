import Foundation
import Testing

/// The built program with the logs of real web servers: everything in the totals is counted from what was
/// sent and received.
@Suite(.ownThreads, .serialized)
struct SiteLogTests {
  @Test(.enabled(if: SiteServer.Kind.nginx.isExpected, "nginx is not installed"))
  func logsOfNginxCountWhatWasSent() throws {
    try expectTotals(.nginx, SiteLog.nginx)
  }

  @Test(.enabled(if: SiteServer.Kind.apache2.isExpected, "apache2 is not installed"))
  func logsOfApacheCountWhatWasSent() throws {
    try expectTotals(.apache2, SiteLog.apache)
  }

  @Test(.enabled(if: SiteServer.Kind.caddy.isExpected, "caddy is not installed"))
  func logsOfCaddyCountWhatWasSent() throws {
    try expectTotals(.caddy, SiteLog.caddy)
  }

  @Test func theReadmeRecommendsTheTestedFormats() throws {
    let text = try String(contentsOfFile: Built.root + "README.md", encoding: .utf8)
    let apache = SiteConfiguration.apacheTimed
    for format in [
      "log_format timed '\(SiteConfiguration.nginxTimed)';",
      "--format '\(SiteConfiguration.nginxTimed)'",
      "LogFormat \"\(apache.replacing("\"", with: "\\\""))\" timed", "--format '\(apache)'",
    ] + SiteConfiguration.nginxJSON.map({ "'\($0)'" }) {
      #expect(text.contains(format), "\(format)")
    }
  }

  private func expectTotals(_ kind: SiteServer.Kind, _ logs: [SiteLog]) throws {
    let server = try SiteServer(kind)
    let exchanges = try server.answers(to: SentRequest.mix)
    let statuses = Set(exchanges.map(\.answer.status))
    #expect(statuses.isSuperset(of: [200, 301, 302, 401, 404, 503]), "\(statuses)")
    for log in logs {
      let lines = exchanges.count { log.hasMalformed || !$0.request.isMalformed }
      let path = try server.log(log.file, lines: lines)
      let events = try report(log, path)
      let end = try #require(events.last)
      let expected = SiteTotals(of: exchanges, in: log, at: path)
      let differences = SiteTotals(reported: end).differences(from: expected)
      #expect(differences.isEmpty, "\(log.file): \(differences.joined(separator: "\n"))")
      #expect((end["rejected"] as? [String: Int])?["total"] == 0)
      if let format = log.format {
        let sources = events.first?["sources"] as? [[String: Any]]
        #expect(sources?.map { $0["format"] as? String } == [format])
      }
      try expectLatencies(log, end, count: lines)
    }
  }

  /// The events of a report with all names.
  private func report(_ log: SiteLog, _ path: String) throws -> [[String: Any]] {
    let ended = try Ended.running(
      "\(Built.program) --output ndjson --totals --rank path,host,user,referrer,agent,status,source"
        + " --top 1000 \(log.options) '\(path)'")
    #expect(ended.status == 0, "\(ended.errors)")
    return try ended.output.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// How long answers took is known only where they had to wait. Servers may look at a coarse clock.
  private func expectLatencies(_ log: SiteLog, _ end: [String: Any], count: Int) throws {
    guard log.hasLatency else {
      #expect(end["latency"] == nil)
      return
    }
    let latency = try #require(end["latency"] as? [String: Any])
    #expect(latency["count"] as? Int == count)
    let figures = ["p50", "p95", "p99", "max"].compactMap { latency[$0] as? Double }
    try #require(figures.count == 4)
    #expect(figures.dropLast() == figures.dropLast().sorted()[...], "\(log.file): \(figures)")
    // Three digits may be more than the greatest, which is exact.
    #expect(figures[2] <= figures[3] * 1.005, "\(log.file): \(figures)")
    #expect(figures[3] > SlowBackend.delay - 0.05)
    let sections = end["sections"] as? [[String: Any]] ?? []
    let slow = sections.first { $0["name"] as? String == SentRequest.slow.section }
    let slowest = try #require(slow?["p95"] as? Double)
    #expect(slowest > SlowBackend.delay - 0.05)
  }
}
