import AccessLog
import Foundation
import Testing
import TrafficAnalysis

@testable import MetricsServer

@Suite struct MetricsPageTests {
  private func lines(_ figures: RunFigures) -> [String] {
    MetricsPage.text(figures, version: "0.1.0").split(separator: "\n").map(String.init)
  }

  @Test func beforeTheFirstLineAllCountersAreZero() {
    let lines = lines(RunFigures())
    #expect(lines.contains("# TYPE lm2000_hits_total counter"))
    #expect(lines.contains(#"lm2000_hits_total{class="5xx"} 0"#))
    #expect(lines.contains(#"lm2000_build_info{version="0.1.0"} 1"#))
    #expect(!lines.contains { $0.hasPrefix("lm2000_last_closed") || $0.contains("latency") })
  }

  @Test func everySeriesStandsOnALineOfItsOwn() {
    let lines = lines(hostileFigures())
    let series = lines.filter { !$0.hasPrefix("#") }
    #expect(Set(series.map { $0[..<($0.lastIndex(of: " ") ?? $0.endIndex)] }).count == series.count)
    for line in series {
      #expect(line.contains(/^lm2000_[a-z_]+(\{[^\n]*\})? [-+.e\d]+$/), "\(line)")
    }
    #expect(lines.contains("lm2000_lines_total 7"))
    #expect(lines.contains("lm2000_late_hits_total 1"))
    #expect(lines.contains("lm2000_hits_per_second 2.5"))
    #expect(lines.contains(#"lm2000_hits_total{class="2xx"} 1"#))
    #expect(lines.contains(#"lm2000_method_hits_total{method="GET"} 1"#))
    #expect(lines.contains(#"lm2000_rejected_lines_total{reason="shape"} 3"#))
    #expect(lines.contains(#"lm2000_sources{state="waiting"} 1"#))
    #expect(lines.contains(#"lm2000_section_hits_total{section="/a\nlm2000_hits_total 1"} 1"#))
  }

  @Test func namesWithActiveAlertsAreLimited() {
    var figures = RunFigures()
    figures.counters.rules = [namedRule(alerting: (0..<100).map { "/\($0 + 100)" })]
    let lines = lines(figures)
    #expect(lines.contains(#"lm2000_alert_active{rule="a \"rule\""} 1"#))
    #expect(lines.contains(#"lm2000_alert_names{rule="a \"rule\""} 100"#))
    #expect(lines.contains(#"lm2000_rule_value{rule="a \"rule\""} 10.05"#))
    let names = lines.filter { $0.hasPrefix("lm2000_alert_name_active{") }
    #expect(names.count == MetricsPage.alertNameLimit)
    #expect(names.first?.contains(#"name="/100""#) == true)
  }

  @Test func anAlertThatIsNotActiveIsZero() {
    var figures = RunFigures()
    figures.counters.rules = [namedRule(alerting: [])]
    #expect(lines(figures).contains(#"lm2000_alert_active{rule="a \"rule\""} 0"#))
  }

  private static let promtool = "/usr/bin/promtool"

  /// The program that comes with Prometheus finds nothing to criticize, whatever the names are.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: promtool)
        || ProcessInfo.processInfo.environment["LM2000_WITH_SERVERS"] != nil,
      "promtool is not installed (prometheus)"))
  func promtoolFindsNothingToCriticize() throws {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: Self.promtool)
    process.arguments = ["check", "metrics"]
    process.standardInput = input
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let text = MetricsPage.text(hostileFigures(), version: "0.1.0")
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let found = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && found.isEmpty, "\(found)")
  }
}

@Suite struct MetricsBoardTests {
  @Test func theHealthIsThatOfReading() {
    let board = MetricsBoard(version: "1", now: 100)
    #expect(board.page("/health", now: 100) == WebPage(text: "ok\n"))
    var figures = RunFigures()
    figures.problem = "no log can be read"
    board.publish(figures)
    #expect(board.page("/health", now: 101) == WebPage(status: 503, text: "no log can be read\n"))
    board.publish(RunFigures())
    #expect(board.page("/health", now: 129.9).status == 200)
    #expect(
      board.page("/health", now: 131)
        == WebPage(status: 503, text: "the program has not responded for 31 s\n"))
    board.tick(now: 131)
    #expect(board.page("/health", now: 132).status == 200)
  }

  @Test(arguments: ["/", "/metrics/", "/Metrics", "", "/health/x", "/../metrics"])
  func anythingElseIsNotFound(path: String) {
    #expect(MetricsBoard(version: "1", now: 0).page(path, now: 0).status == 404)
  }

  @Test func thePageIsThatOfTheLatestFigures() {
    let board = MetricsBoard(version: "1", now: 0)
    board.publish(hostileFigures())
    let page = board.page("/metrics", now: 0)
    #expect(page.status == 200 && page.kind == .metrics)
    #expect(page.text == MetricsPage.text(hostileFigures(), version: "1"))
  }
}
