import Foundation
import LoopbackKit
import TerminalKit
import Testing
import WebClientKit

/// The built program while it serves metrics.
@Suite(
  .ownThreads, .enabled(if: Scrape.isExpected, "libmicrohttpd is not installed (libmicrohttpd12)"))
struct MetricsTests {
  private let log: FollowedLog
  private let port: UInt16

  init() throws {
    log = try FollowedLog()
    port = try #require(unusedPort())
  }

  private func health() -> WebAnswer? { WebClient.request("GET", "/health", port: port) }

  /// Lines of various statuses, sections, sizes and latencies, one of which no format accepts.
  private func lines(_ numbers: Range<Int>, at date: Date) -> String {
    let time = LogTime.text(date)
    return numbers.map {
      "10.0.0.\($0 % 7) - - [\(time)] \"\(["GET", "POST"][$0 % 2]) /s\($0 % 30)/x HTTP/1.1\" "
        + "\([200, 302, 404, 503][$0 % 4]) \($0 * 3) 0.\(100 + $0 % 900)\n"
    }.joined() + "no format has such a line\n"
  }

  /// Compares what is served with the events so far. All seconds that have closed are reported.
  private func expectEqual(_ scrape: Scrape, _ watcher: Watcher) {
    let closed = scrape.closedThrough ?? 0
    let intervals = watcher.events("interval").filter { ($0["to"] as? Int ?? .max) <= closed + 1 }
    func sum(_ path: [String]) -> Double {
      intervals.reduce(0) { sum, interval in
        let object = path.dropLast().reduce(interval) { $0[$1] as? [String: Any] ?? [:] }
        return sum + Double(object[path[path.count - 1]] as? Int ?? 0)
      }
    }
    let late = scrape["lm2000_late_hits_total"] ?? -1
    #expect(late == 0)
    #expect(scrape.sum("lm2000_hits_total") == sum(["hits"]))
    for status in ["1xx", "2xx", "3xx", "4xx", "5xx", "other"] {
      #expect(scrape["lm2000_hits_total{class=\"\(status)\"}"] == sum(["status", status]))
    }
    for method in ["GET", "POST"] {
      #expect(scrape["lm2000_method_hits_total{method=\"\(method)\"}"] == sum(["methods", method]))
    }
    #expect(scrape["lm2000_response_bytes_total"] == sum(["bytes"]))
    #expect(scrape["lm2000_latency_seconds_count"] == sum(["latency", "count"]))
    let triggers = watcher.events("alert").filter {
      $0["state"] as? String == "triggered" && $0["time"] as? Int ?? .max <= closed
    }
    for rule in ["high-traffic", "errors"] {
      let count = triggers.count { $0["rule"] as? String == rule }
      #expect(scrape["lm2000_alerts_total{rule=\"\(rule)\"}"] == Double(count))
    }
    var sections: [String: Int] = [:]
    for row in intervals.flatMap({ $0["sections"] as? [[String: Any]] ?? [] }) {
      sections[row["name"] as? String ?? "", default: 0] += row["hits"] as? Int ?? 0
    }
    let first = sections.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(20)
    #expect(scrape.text.matches(of: /lm2000_section_hits_total\{/).count == first.count)
    for (name, hits) in first {
      #expect(scrape["lm2000_section_hits_total{section=\"\(name)\"}"] == Double(hits), "\(name)")
    }
  }

  @Test func atThreeMomentsTheCountersEqualTheEventsOfTheSameRun() throws {
    try log.folder.append("", to: "access.log")
    let watcher = try log.follow(
      "--metrics \(port) --top 1000 --alert 'errors: share(status=5xx) > 20% over 5s' "
        + "--high-traffic-interval 5 "
        + "--format '$remote_addr - $remote_user [$time_local] \"$request\" $status "
        + "$body_bytes_sent $request_time'")
    var written = 0
    for moment in 1...3 {
      let before = Scrape(port: port)?.closedThrough ?? 0
      for count in [40, 20 * moment] {
        try log.folder.append(lines(written..<written + count, at: Date()), to: "access.log")
        written += count
        usleep(1_100_000)
      }
      // The log is quiet, so its seconds close on their own.
      let scrape = try poll("\(written) hits are served") { () -> Scrape? in
        guard let scrape = Scrape(port: port) else { return nil }
        let isNew = scrape.closedThrough ?? 0 > before
        return isNew && scrape.sum("lm2000_hits_total") >= Double(written) ? scrape : nil
      }
      try watcher.wait(forHits: written)
      expectEqual(scrape, watcher)
      #expect(scrape["lm2000_rejected_lines_total{reason=\"shape\"}"] == Double(2 * moment))
      #expect(scrape["lm2000_lines_total"] == Double(written + 2 * moment))
    }
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == written)
    #expect(try watcher.end["lines"] as? Int == written + 6)
    #expect(WebClient(port: port) == nil)
  }

  @Test func lateHitsAreCountedApart() throws {
    try log.append(0..<5)
    let watcher = try log.follow("--metrics \(port)")
    try watcher.wait(forHits: 5)
    try log.folder.append(
      FollowedLog.lines(5..<8, at: Date().addingTimeInterval(-60)) + FollowedLog.lines(8..<9),
      to: "access.log")
    let scrape = try poll("late hits are served") { () -> Scrape? in
      Scrape(port: port).flatMap { $0.sum("lm2000_hits_total") == 9 ? $0 : nil }
    }
    #expect(scrape["lm2000_late_hits_total"] == 3)
    try watcher.stop()
    #expect(try watcher.end["late"] as? Int == 3 && watcher.end["hits"] as? Int == 9)
  }

  @Test func aLogThatNoFormatMatchesIsNotHealthy() throws {
    try log.folder.append(String(repeating: "what is this?\n", count: 100), to: "access.log")
    let watcher = try log.follow("--metrics \(port)")
    let answer = try poll("the health is bad") { health().flatMap { $0.status == 503 ? $0 : nil } }
    #expect(answer.body == "no line matches a log format\n")
    try poll("the lines are counted") {
      Scrape(port: port)?["lm2000_undecided_lines"] == 100 ? true : nil
    }
    try watcher.stop()
  }

  @Test func aLogThatDoesNotExistIsWaitedFor() throws {
    let watcher = try log.follow("--metrics \(port)")
    let answer = try poll("the health is bad") { health().flatMap { $0.status == 503 ? $0 : nil } }
    #expect(answer.body == "no log exists yet\n")
    try log.append(0..<5)
    try poll("the health is good") { health()?.status == 200 ? true : nil }
    try watcher.stop()
  }

  @Test func theDashboardServesToo() throws {
    let program = try TerminalProgram(
      [Built.program, "--no-follow", "--metrics", "\(port)", Built.fixture])
    try program.wait(for: "END")
    let scrape = try poll("all hits are served") { () -> Scrape? in
      Scrape(port: port).flatMap { $0.sum("lm2000_hits_total") == 4950 ? $0 : nil }
    }
    #expect(scrape["lm2000_alerts_total{rule=\"high-traffic\"}"] == 2)
    #expect(scrape["lm2000_sources{state=\"ended\"}"] == 1)
    #expect(health()?.status == 200)
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
  }

  @Test func aServerThatOthersCanReachIsAnnounced() throws {
    let ended = try Ended.running(
      "\(Built.program) --output ndjson --metrics 0.0.0.0:\(port) --listen-any '\(Built.fixture)'")
    #expect(ended.status == 0)
    #expect(ended.errors == "lm2000: --metrics: other machines can reach 0.0.0.0:\(port)\n")
    #expect(ended.output.contains(#""hits":4950,"#))
    let refused = try Ended.running("\(Built.program) --metrics 0.0.0.0:\(port) '\(Built.fixture)'")
    #expect(refused.status == 2 && refused.output.isEmpty)
  }

  @Test func aPortThatCannotBeHadEndsTheProgram() throws {
    let watcher = try log.follow("--metrics \(port)")
    try poll("the port is taken") { WebClient(port: port) }
    let ended = try Ended.running("\(Built.program) --metrics \(port) '\(Built.fixture)'")
    #expect(ended.status == 1 && ended.output.isEmpty)
    #expect(ended.errors == "lm2000: --metrics 127.0.0.1:\(port): Address already in use\n")
    try watcher.stop()
    guard getuid() == 0 else { return }
    let nobody = try Ended.running(
      "exec setpriv --reuid 65534 --clear-groups '\(Built.program)' --no-config --metrics 90 - </dev/null"
    )
    // Some kernels let everybody have every port. (ip_unprivileged_port_start)
    let first = try String(
      contentsOfFile: "/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding: .utf8)
    guard Int(first.dropLast()) ?? 0 > 90 else { return }
    #expect(nobody.errors == "lm2000: --metrics 127.0.0.1:90: Permission denied\n")
  }

  /// Without the option neither the library nor a thread is there.
  @Test func whatIsNotUsedIsNotLoaded() throws {
    try log.append(0..<5)
    let unused = try log.follow()
    try unused.wait(forHits: 5)
    #expect(try unused.hasMapped("libncursesw"))
    #expect(try !unused.hasMapped("libmicrohttpd") && !unused.hasMapped("libcurl"))
    let used = try log.follow("--metrics \(port)")
    try used.wait(forHits: 5)
    #expect(try used.hasMapped("libmicrohttpd"))
    let threads = (try unused.threads(), try used.threads())
    print("threads without and with metrics: \(threads)")
    try unused.stop()
    try used.stop()
  }
}
