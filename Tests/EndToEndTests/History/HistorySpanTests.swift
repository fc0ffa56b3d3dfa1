import Foundation
import Testing

/// What the dashboard shows of the days before it was started.
@Suite(.ownThreads) struct HistorySpanTests {
  private let folder: Folder
  /// 2019-02-07 21:11:30, where the wall clock stands.
  private static let now = 1_549_573_890

  init() throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
  }

  /// A log with some hits each minute, in the format csv.
  private func write(_ name: String, from start: Int, to end: Int, hits: Int) throws {
    _ = try Ended.running(
      """
      awk 'BEGIN { for (t = \(start); t < \(end); t += 60) for (i = 0; i < \(hits); i++)
        print "10.0.0.1,-,-," t + i ",\\"GET /a HTTP/1.0\\"," (i ? 200 : 500) ",1" }' \
        > '\(folder.path(name))'
      """)
  }

  private func watch(_ options: String = "", columns: Int = 120) throws -> Terminal {
    try Terminal(
      """
      cd '\(folder.path(""))' && \(Built.program) --utc --idle-grace 86400 --history h.db \
      \(options) new.csv
      """, columns: columns, rows: 36, environment: ["LM2000_INJECT_CLOCK": "\(Self.now)"])
  }

  /// Ten days in the history, and a log of the last hour that is followed.
  ///
  /// - Parameter surge: when there were more hits for a minute, in seconds before now.
  private func prepare(surge: Int = 4 * 86_400) throws {
    let start = Self.now - 10 * 86_400
    try write("old.csv", from: start, to: Self.now - surge, hits: 6)
    try write("surge.csv", from: Self.now - surge, to: Self.now - surge + 60, hits: 59)
    try write("rest.csv", from: Self.now - surge + 60, to: Self.now - 7_200, hits: 6)
    try write("new.csv", from: Self.now - 3_600, to: Self.now, hits: 6)
    let ended = try Ended.running(
      """
      cd '\(folder.path(""))' && \(Built.program) --history h.db --output text \
      --high-traffic-threshold 0.4 old.csv surge.csv rest.csv
      """)
    #expect(ended.status == 0, "\(ended.errors)")
  }

  @Test func daysBeforeTheStartAreOnTheChart() throws {
    try prepare()
    let terminal = try watch()
    try terminal.wait(for: "last 5 min")
    try terminal.wait(for: "history saved 21:09")
    for span in ["15 min", "1 h", "6 h", "24 h", "7 d"] {
      try terminal.type("c")
      try terminal.wait(for: "last \(span)")
    }
    let screen = try terminal.wait("the week") {
      $0.contains("Fri 1 Feb") && $0.contains("Thu 7 Feb") && !$0.contains("····")
    }
    #expect(screen.contains("1 h 40 min a column"))
    try terminal.type("c")
    try terminal.wait("the month") {
      $0.contains("last 30 d") && $0.contains("Mon 4 Feb") && $0.contains("····")
        && $0.contains("alert 3 Feb 21:")
    }
    // The cursor reads out what the history knows.
    try terminal.type("c", "C", "C", "1", "Left", "Left", "Left", "Left")
    try terminal.wait("the cursor") { $0.contains("7 Feb") && $0.contains("0.1/s  5xx") }
    // The same log once more: the run continues.
    try terminal.type("F10")
    try terminal.wait(for: "exit=0")
    let resumed = try watch()
    try resumed.wait(for: "continues at 21:1")
    try resumed.type("C", "C")
    try resumed.wait("the month again") {
      $0.contains("last 30 d") && $0.contains("Mon 4 Feb") && $0.contains("····")
    }
  }

  @Test func aVerboseReportSaysFromWhenItContinues() throws {
    try prepare()
    let run = """
      \(Built.program) -v --history h.db --output text --follow new.csv >report 2>errors & pid=$!
      for i in $(seq 2400); do grep -q "$1" errors && break; sleep 0.05; done
      kill -INT $pid; wait $pid; grep "$1" errors
      """
    try folder.append(run, to: "run")
    let clock = ["LM2000_INJECT_CLOCK": "\(Self.now)"]
    func ended(_ text: String) throws -> Ended {
      try Ended.running("cd '\(folder.path(""))' && sh run '\(text)'", environment: clock)
    }
    #expect(try ended("saved up to").status == 0)
    let continued = try ended("continues at").output
    #expect(continued.hasPrefix("lm2000: new.csv: continues at 2019-02-07T21:1"), "\(continued)")
  }

  /// The last minute that was watched had an alert, and this run does not know what came of it.
  @Test func anAlertWhoseEndNobodySawIsNotActive() throws {
    try prepare(surge: 7_260)
    let terminal = try watch()
    try terminal.wait("the alert") {
      $0.contains("high traffic") == false && $0.contains("○ 19:") && $0.contains("end not seen")
        && $0.contains("normal")
    }
  }

  @Test(arguments: ["--filter 'status=5xx'", "--since 1d"])
  func theHistoryIsNotShownBesideOtherTraffic(option: String) throws {
    try prepare()
    let terminal = try watch(option)
    try terminal.wait(for: "last 5 min")
    try terminal.type("c", times: 4)
    try terminal.wait(for: "last 24 h")
    try terminal.type("c")
    try terminal.wait(for: " all, ")
  }
}
