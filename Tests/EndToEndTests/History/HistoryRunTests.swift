import Foundation
import Testing

/// What a run of the built program keeps, and what a later one shows of it.
@Suite(.ownThreads) struct HistoryRunTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
  }

  private func run(_ command: String, environment: [String: String] = [:]) throws -> Ended {
    try Ended.running(
      "cd '\(folder.path(""))' && { \(command)\n}",
      environment: ["TZ": "UTC", "LANG": "C.UTF-8"].merging(environment) { _, own in own },
      path: Built.folder + ":/usr/bin:/bin:/usr/sbin:/sbin")
  }

  private typealias Object = [String: Any]

  private func objects(_ lines: String) throws -> [Object] {
    try lines.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? Object)
    }
  }

  /// The rows of a query.
  private func rows(_ sql: String) throws -> [Object] {
    let ended = try run("sqlite3 -json h.db \"\(sql)\"")
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
    guard !ended.output.isEmpty else { return [] }
    return try #require(
      try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [Object])
  }

  /// As text, so that it can be compared.
  private func text(_ value: Any?) -> String {
    guard let value, !(value is NSNull) else { return "-" }
    if let number = value as? NSNumber { return String(format: "%.9g", number.doubleValue) }
    return "\(value)"
  }

  /// Point by point.
  @Test(
    .enabled(if: hasSQLite, "sqlite3 is not installed"),
    arguments: [
      "two-alerts.csv", "three-a-second.vcombined.log", "late-and-garbage.combined.log", "timed",
    ])
  func theFileHoldsWhatTheSameRunReports(fixture: String) throws {
    var log = Built.root + "Fixtures/" + fixture
    if fixture == "timed" {
      log = folder.path("timed.log")
      try folder.append(TimedLog.text, to: "timed.log")
    }
    let ended = try run(
      """
      lm2000 --history h.db --output ndjson --stats-interval 60 --top 50 \
      --rank path,host,status,agent --high-traffic-threshold 2 --alert 'n: rate > 0.1 by section' \
      --alert 'slow: p95 > 0.3 over 1m' '\(log)'
      """)
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
    let events = try objects(ended.output)
    try compareMinutes(events.filter { $0["event"] as? String == "interval" })
    try compareAlerts(events.filter { $0["event"] as? String == "alert" })
  }

  private func compareMinutes(_ intervals: [Object]) throws {
    #expect(!intervals.isEmpty)
    let minutes = try rows("SELECT * FROM minutes ORDER BY time")
    #expect(minutes.count == intervals.count)
    for (interval, row) in zip(intervals, minutes) {
      let status = interval["status"] as? Object ?? [:]
      let latency = interval["latency"] as? Object ?? [:]
      let expected: [(String, Any?)] = [
        ("time", interval["from"]), ("hits", interval["hits"]), ("bytes", interval["bytes"]),
        ("status_1xx", status["1xx"]), ("status_2xx", status["2xx"]),
        ("status_3xx", status["3xx"]), ("status_4xx", status["4xx"]),
        ("status_5xx", status["5xx"]), ("status_other", status["other"]),
        ("unique_clients", interval["unique_clients"]), ("p50", latency["p50"]),
        ("p95", latency["p95"]), ("p99", latency["p99"]),
      ]
      #expect(row.count == expected.count)
      for (column, value) in expected { #expect(text(row[column]) == text(value), "\(column)") }
    }
    let lists = [
      ("section", "sections"), ("client", "clients"), ("path", "paths"), ("host", "hosts"),
      ("status", "codes"), ("agent", "agents"),
    ]
    for (dimension, list) in lists {
      let reported = intervals.flatMap { interval in
        (interval[list] as? [Object] ?? []).map { name -> String in
          let errors = ["client_errors", "server_errors"].compactMap { name[$0] as? Int }
          let known = dimension == "client" ? "" : " \(text(name["bytes"])) \(errors.reduce(0, +))"
          return "\(text(interval["from"])) \(text(name["name"])) \(text(name["hits"]))" + known
        }
      }
      let kept = try rows(
        "SELECT time, name, hits, bytes, errors FROM names WHERE dimension = '\(dimension)'")
      let figures = dimension == "client" ? [] : ["bytes", "errors"]
      let stored = kept.map { row in
        (["time", "name", "hits"] + figures).map { text(row[$0]) }.joined(separator: " ")
      }
      #expect(Set(stored) == Set(reported) && stored.count == reported.count, "\(dimension)")
    }
  }

  private func compareAlerts(_ alerts: [Object]) throws {
    let stored = try rows("SELECT * FROM alerts ORDER BY id")
    #expect(stored.count == alerts.count)
    for (alert, row) in zip(alerts, stored) {
      for column in ["rule", "key", "state", "time", "value", "hits", "duration"] {
        #expect(text(row[column]) == text(alert[column]), "\(column)")
      }
      let changes = Data((row["changes"] as? String ?? "").utf8)
      let list = try JSONSerialization.jsonObject(with: changes) as? [Object] ?? []
      #expect(list as NSArray == (alert["changes"] as? [Object] ?? []) as NSArray)
    }
  }

  @Test func whatIsShownLaterIsWhatWasReported() throws {
    let log = "'\(Built.fixture)'"
    let live = try run("lm2000 --history h.db --output ndjson \(log) | grep '\"alert\"'")
    // Read twice, it counts once.
    _ = try run("lm2000 --history h.db --output text \(log)")
    let shown = try run("lm2000 --history h.db --show-history --output ndjson")
    let lines = shown.output.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.contains("\"alert\"") }.joined(separator: "\n") + "\n" == live.output)
    let minutes = try objects(shown.output).filter { $0["event"] as? String == "minute" }
    #expect(minutes.compactMap { $0["hits"] as? Int }.reduce(0, +) == 4_950)
    let text = try run("lm2000 --history h.db --show-history --utc --since 09:08 --until 09:10")
    #expect(
      text.output == """
        2026-03-14 09:08:06  ALERT     High traffic generated an alert - hits = 10.54, triggered \
        at 2026-03-14 09:08:06
        2026-03-14 09:08:00  17.5/s   1050 hits    9.7 MB  2xx 882  3xx 125  4xx 37  5xx 6
        2026-03-14 09:09:00  5/s       300 hits    2.9 MB  2xx 249  3xx 29  4xx 17  5xx 5

        """)
    let last = try run("lm2000 --history h.db --show-history --output ndjson --since 1m")
    #expect(try objects(last.output).count == 2, "\(last.output)")
  }

  @Test(arguments: [
    ("--show-history", Int32(2), "--show-history: needs --history FILE"),
    ("--show-history --history none.db", 1, "none.db: No such file or directory"),
    ("--show-history --history text", 1, "text: file is not a database"),
    (
      "--show-history --history h.db text", 2,
      "--show-history: prints what is kept: leave out text"
    ),
    ("--history h.db --demo", 2, "--demo: is made up: leave out --history"),
    ("--history '' text", 2, "--history: '' is not the path of a file"),
  ])
  func wrongUsageIsReported(arguments: String, status: Int32, message: String) throws {
    try folder.append("this is some text, and no database at all\n", to: "text")
    let ended = try run("lm2000 \(arguments)")
    #expect(ended.status == status)
    #expect(ended.errors.hasPrefix("lm2000: \(message)"), "\(ended.errors)")
  }

  /// It would write files for whoever can change it.
  @Test func aConfigFileThatOthersCanWriteMustNotNameAHistory() throws {
    try folder.append("history h.db\n", to: "config")
    let command = "lm2000 --config config --output text '\(Built.fixture)' | tail -n 1; ls h.db"
    let refused = try run("chmod 666 config; " + command)
    #expect(refused.errors.contains("has history, but others may write it"), "\(refused.errors)")
    #expect(refused.output.isEmpty)
    #expect(try run("chmod 600 config; " + command).output.hasSuffix("\nh.db\n"))
  }

  /// The file is locked and private, whatever the mask of the program.
  @Test func oneRunHasTheFileAndNobodyElseMayReadIt() throws {
    let ended = try run(
      """
      umask 000; mkfifo log; sleep 60 > log & writer=$!
      lm2000 -f --output text --history new/h.db log & first=$!
      for i in $(seq 1200); do [ -e new/h.db-wal ] && break; sleep 0.1; done
      stat -c '%a %n' new new/*
      lm2000 --output text --history new/h.db '\(Built.fixture)' >/dev/null 2>errors; echo $?
      sed "s/$first/N/" errors
      kill -9 $first; wait $first
      lm2000 --output text --history new/h.db '\(Built.fixture)' >/dev/null; echo $?
      kill $writer
      """)
    #expect(
      ended.output == """
        700 new
        600 new/h.db
        600 new/h.db-lock
        600 new/h.db-shm
        600 new/h.db-wal
        1
        lm2000: new/h.db: in use by pid N
        0

        """, "\(ended.errors)")
  }

  /// The user may not write there.
  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func aFolderThatCannotBeWrittenIsNoReasonToStop() throws {
    let ended = try run(
      """
      chmod 755 .; mkdir -p '\(folder.path("ro"))'; chown 65534:65534 ro; chmod 500 ro
      setpriv --reuid 65534 --regid 65534 --clear-groups \
        lm2000 --output text --history ro/h.db '\(Built.fixture)' | tail -n 1
      """)
    if ended.errors.contains("setpriv") { return }
    #expect(ended.errors == "lm2000: ro/h.db: Permission denied; nothing is kept\n")
    #expect(ended.output.hasPrefix("4951 lines: 4950 hits"), "\(ended.output)")
  }

  /// A signal saves the minute that it interrupts, and `--tail 0` continues it.
  @Test(.enabled(if: hasSQLite, "sqlite3 is not installed"))
  func aLaterRunContinuesTheMinuteInWhichAnEarlierOneWasStopped() throws {
    let base = 1_700_000_040
    func lines(_ seconds: Range<Int>) -> String {
      seconds.map { "h,-,-,\(base + $0),\"GET /a HTTP/1.0\",200,1\n" }.joined()
    }
    try folder.append(lines(0..<30), to: "log")
    try folder.append(lines(30..<60), to: "more")
    let wait = "for i in $(seq 1200); do grep -q"
    let ended = try run(
      """
      lm2000 -f --output ndjson --history h.db log >events & pid=$!
      \(wait) '"start"' events && break; sleep 0.1; done
      sleep 0.5; kill -TERM $pid; wait $pid; echo $?
      sqlite3 h.db 'SELECT hits FROM minutes' 'SELECT time FROM open_minutes'
      lm2000 -f -v --tail 0 --output ndjson --history h.db log >events 2>errors & pid=$!
      for i in $(seq 1200); do [ -e h.db-wal ] && break; sleep 0.1; done
      sleep 0.5; cat more >> log
      \(wait) '"start"' events && break; sleep 0.1; done
      sleep 0.5; kill -TERM $pid; wait $pid; echo $?
      sqlite3 h.db 'SELECT hits FROM minutes' "SELECT hits FROM names WHERE dimension = 'section'"
      lm2000 --output ndjson --history h.db log >events
      sqlite3 h.db 'SELECT hits FROM minutes'
      """)
    #expect(ended.output == "143\n30\n\(base)\n143\n60\n60\n60\n", "\(ended.errors)")
  }

  /// The log holds escape sequences and SQL.
  @Test func whatIsReadBackCannotControlTheTerminal() throws {
    for second in 0..<3 {
      try folder.append(
        "h,-,-,\(1_700_000_000 + second),\"GET /\u{1B}[2J'); DROP TABLE alerts;-- HTTP/1.0\",200,1\n",
        to: "log")
    }
    let rule = "--alert 'n: rate > 0 over 1s by section'"
    _ = try run("lm2000 --output text --history h.db \(rule) log")
    let shown = try run("lm2000 --show-history --history h.db")
    #expect(shown.output.contains("\\x1B[2J"), "\(shown.output)")
    #expect(!shown.output.contains("\u{1B}"))
    let json = try run("lm2000 --show-history --history h.db --output ndjson")
    #expect(!json.output.contains("\u{1B}") && json.output.contains("\\u001b[2J"))
  }
}

/// A log with latencies.
enum TimedLog {
  static let text = (0..<600).map { index in
    let time = "14/Mar/2026:09:\(10 + index / 60):\(10 + index % 50) +0000"
    let request = "GET /\(["a", "b/c", "d.iso"][index % 3]) HTTP/1.1"
    return #"203.0.113.\#(index % 9) - - [\#(time)] "\#(request)" \#(index % 7 == 0 ? 500 : 200) "#
      + #"\#(index * 37) "-" "Mozilla/\#(index % 5)" 3 "web@docker" "http://10.0.0.2:80" "#
      + "\(index * 3)ms\n"
  }.joined()
}

let hasSQLite = FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")
