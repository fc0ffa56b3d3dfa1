import Foundation
import ReceiverKit
import TerminalKit
import Testing

/// `--influx` of the built program, with real stores.
@Suite(
  .ownThreads,
  .serialized,
  .enabled(
    if: TimeSeriesStore.areExpected, "needs victoria-metrics, influxdb and python3"))
struct InfluxTests {
  private let folder: EndToEndTests.Folder

  init() throws { folder = try EndToEndTests.Folder() }

  private var environment: [String: String] {
    ["TZ": "UTC", "LANG": "C.UTF-8", "XDG_STATE_HOME": folder.path("state")]
  }

  private func run(_ arguments: String) throws -> Ended {
    try Ended.running("\(Built.program) --no-config \(arguments)", environment: environment)
  }

  /// A log of JSON lines with names that break a careless writer.
  private func hostileLog() throws -> String {
    let names = [
      "a\nb", #"a\b"#, #"a"b"#, "a b", "a,b", "a=b", #"end\"#, #"\x41"#, #"a\,b"#, #"\\"#, "é€😀",
      "\u{1B}[2J", "\u{85}", "lm2000,x=y z=1i 5\nlm2000 hits=9i 1", "#", "'", "{}", #"\n"#,
      String(repeating: "l", count: 900),
    ]
    var lines = ""
    for second in 0..<95 {
      for index in 0...(second % 7) {
        let name = names[(second * 3 + index) % names.count]
        let event: [String: Any] = [
          "msec": 1_773_479_400 + second, "remote_addr": "10.0.0.\(index)", "host": "h",
          "method": index == 2 ? "POST" : "GET", "uri": "/s\(index)/x",
          "status": [200, 404, 500][second % 3], "bytes": 100 * index + second,
          "request_time": 0.001 * Double(second), "http_user_agent": name,
        ]
        let json = try JSONSerialization.data(withJSONObject: event)
        lines += String(decoding: json, as: UTF8.self) + "\n"
      }
    }
    try folder.append(lines, to: "log")
    return folder.path("log")
  }

  @Test(arguments: TimeSeriesStore.Kind.allCases)
  func whatIsReadBackEqualsTheJSONLines(kind: TimeSeriesStore.Kind) throws {
    let store = try TimeSeriesStore(kind)
    try store.start()
    let log = try hostileLog()
    let options = "--no-follow --output ndjson --rank agent,path,status --top 30"
    let ended = try run("\(options) --influx '\(store.url)' '\(log)'")
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
    let expected = StoredPoints(ndjson: ended.output)
    let points = try store.points()
    #expect(points == expected)
    #expect(points.count > 1_000)
    // Names with each kind of byte are among them.
    for name in ["a\nb", #"a\,b"#, #"end\"#, "\u{85}", "lm2000,x=y z=1i 5\nlm2000 hits=9i 1"] {
      #expect(points.values["hits|agent|\(name)"] != nil, "\(name)")
    }
    #expect(points.areUnambiguous && points.common.count == 1)
    #expect(points.common.first?[1...] == ["10", log, ""])
    // The same again is the same.
    _ = try run("\(options) --influx '\(store.url)' '\(log)'")
    #expect(try store.points() == expected)
  }

  /// The queries of the manual, over the fixture.
  @Test(arguments: TimeSeriesStore.Kind.allCases)
  func everyQueryOfTheManualHasAnAnswer(kind: TimeSeriesStore.Kind) throws {
    let store = try TimeSeriesStore(kind)
    try store.start()
    let ended = try run(
      "--no-follow --output ndjson --influx '\(store.url)' '\(Built.fixture)'")
    #expect(ended.errors.isEmpty)
    let manual = try String(contentsOfFile: Built.root + "README.md", encoding: .utf8)
    let marker = kind == .influxDB ? "In InfluxQL:\n\n```sql\n" : "In MetricsQL or PromQL:\n\n```\n"
    let start = try #require(manual.range(of: marker)).upperBound
    let end = try #require(manual.range(of: "\n```", range: start..<manual.endIndex)).lowerBound
    let queries = manual[start..<end].split(separator: "\n").map(String.init)
    #expect(queries.count == 3)
    var answers: [[[String: Any]]] = []
    for query in queries {
      let rows = try store.rows(query, at: 1_773_479_460)
      #expect(!rows.isEmpty, "\(query)")
      answers.append(rows)
    }
    let points = StoredPoints(ndjson: ended.output)
    func sum(_ field: String, from time: Int = 0) -> Double {
      (points.values["\(field)||"] ?? [:]).filter { $0.key >= time }
        .reduce(0) { $0 + ($1.value.first ?? 0) }
    }
    if kind == .influxDB {
      let hits = answers[0].compactMap { $0["hits"] as? Double }.reduce(0, +)
      #expect(hits == sum("hits"))
      #expect(answers[1].contains { $0["name"] as? String == "/blog" })
      #expect((answers[2].first?["peak"] as? Double ?? 0) > 10)
    } else {
      // The range is open at its beginning.
      #expect(answers[0].first?["value"] as? Double == sum("hits", from: 1_773_478_861))
      #expect(answers[1].count == 5)
    }
  }

  // MARK: - Faults

  /// Lines of a second each, which lies long ago: the figures do not depend on when they are read.
  private func lines(_ seconds: Range<Int>) -> String {
    seconds.map { second in
      let time = LogTime.text(Date(timeIntervalSince1970: Double(1_773_479_400 + second)))
      return (0...(second % 5)).map {
        "10.0.0.\($0) - - [\(time)] \"GET /s\(second % 3)/\($0) HTTP/1.1\" 200 \(second)\n"
      }.joined()
    }.joined()
  }

  private func follow(_ url: String) throws -> Watcher {
    try Watcher(
      """
      --no-config --follow --output ndjson --stats-interval 2 --idle-grace 1000 \
      --influx '\(url)' '\(folder.path("log"))'
      """, limits: "export XDG_STATE_HOME='\(folder.path("state"))'")
  }

  /// The whole intervals of the log, as a run computes them that is never interrupted.
  private func expected() throws -> StoredPoints {
    let ended = try run(
      "--no-follow --output ndjson --stats-interval 2 --lateness 1 '\(folder.path("log"))'")
    return StoredPoints(ndjson: ended.output) { $0["partial"] as? Bool == false }
  }

  /// The store is away at first, then there, away again and back, while the program is killed every now
  /// and then.
  @Test(arguments: TimeSeriesStore.Kind.allCases)
  func nothingIsMissingOrAmbiguousAfterKills(kind: TimeSeriesStore.Kind) throws {
    let store = try TimeSeriesStore(kind)
    var second = 0
    var random = SystemRandomNumberGenerator()
    for round in 0..<9 {
      if round == 2 || round == 6 { try store.start() }
      if round == 4 { store.stop() }
      let watcher = try follow(store.url)
      for _ in 0..<4 {
        try folder.append(lines(second..<second + 3), to: "log")
        second += 3
        usleep(UInt32.random(in: 0..<150_000, using: &random))
      }
      if round == 8 {
        try folder.append(lines(second + 4..<second + 5), to: "log")
        let wanted = try expected().count
        try poll("everything arrives") { try store.points().count >= wanted ? true : nil }
        try watcher.stop()
      } else {
        try watcher.signal("KILL")
      }
    }
    let points = try store.points()
    let expected = try expected()
    #expect(points.areUnambiguous)
    #expect(points == expected && points.count > 500)
  }

  /// Only the file that follows a rotation is read by the next run: it begins in the middle of an interval
  /// that was sent already.
  @Test func anIntervalThatALaterRunSeesOnlyInPartStaysAsItWas() throws {
    let store = try TimeSeriesStore(.victoriaMetrics)
    try store.start()
    try folder.append(lines(0..<9), to: "log")
    let first = try follow(store.url)
    try poll("six seconds have arrived") {
      try store.points().values["hits||"]?[1_773_479_404] != nil ? true : nil
    }
    try first.stop()
    let before = try store.points()
    try FileManager.default.removeItem(atPath: folder.path("log"))
    try folder.append(lines(5..<15), to: "log")
    let second = try follow(store.url)
    try poll("the rest has arrived") {
      try store.points().values["hits||"]?[1_773_479_410] != nil ? true : nil
    }
    try second.stop()
    let after = try store.points()
    #expect(after.areUnambiguous)
    #expect(before.values["hits||"]?.allSatisfy { after.values["hits||"]?[$0] == $1 } == true)
  }

  /// Intervals are reported as soon as if there were no store.
  @Test func aSilentStoreDelaysNothing() throws {
    let silent = try Receiver.web("silent")
    try folder.append(lines(0..<20), to: "log")
    let watcher = try follow(silent.url)
    try watcher.wait(forHits: lines(0..<18).split(separator: "\n").count)
    try folder.append(lines(20..<30), to: "log")
    try watcher.wait(forHits: lines(0..<28).split(separator: "\n").count)
    try watcher.stop()
    #expect(watcher.errors.contains("points wait in the spool\n"), "\(watcher.errors)")
  }

  @Test func anOutageIsToldAndTheNextRunSendsTheRest() throws {
    let store = try TimeSeriesStore(.victoriaMetrics)
    let arguments = "--no-follow --output ndjson --influx '\(store.url)' '\(Built.fixture)'"
    let away = try run(arguments)
    #expect(away.status == 0)
    #expect(
      away.errors.hasSuffix("lm2000: influx: 1,268 points wait in the spool (connection refused)\n")
    )
    try store.start()
    try folder.append("", to: "empty")
    _ = try run("--no-follow --output ndjson --influx '\(store.url)' '\(folder.path("empty"))'")
    let points = try store.points()
    #expect(points == StoredPoints(ndjson: away.output))
    let missing = try TimeSeriesStore(.influxDB)
    try missing.start()
    let refused = try run(
      arguments.replacing(store.url, with: missing.url.replacing("db=web", with: "db=none")))
    #expect(refused.errors.contains("points refused: status 404: no such database or path\n"))
  }

  @Test func theDashboardShowsThatTheStoreIsAway() throws {
    try folder.append(lines(0..<20), to: "log")
    let program = try TerminalProgram(
      [
        "/usr/bin/env", "XDG_STATE_HOME=\(folder.path("state"))", Built.program, "--no-config",
        "--influx", "http://127.0.0.1:1/write", folder.path("log"),
      ])
    _ = try program.wait(for: "influx: connection refused; ")
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
  }

  @Test(arguments: [
    ("--influx 'http://h/write?db=x&u=geheim' x", "a file of its own: name it as file:PATH"),
    ("--influx http://geheim:geheim@h/ x", "a file of its own: name it as file:PATH"),
    ("--influx gopher://geheim/ x", "begins with http:// or https://"),
    ("--influx env:NOT_SET --no-follow \(Built.fixture)", "NOT_SET is not set"),
    ("--influx file:/etc/passwd --no-follow \(Built.fixture)", "by its owner only"),
    ("--act - --influx http://h/ --notify 'a: bell'", "leave out --influx"),
  ])
  func aMistakeIsWrongUsage(arguments: String, reason: String) throws {
    let ended = try run(arguments)
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("lm2000: --") && ended.errors.contains(reason))
    #expect(!ended.errors.contains("geheim"))
  }

  /// A look at an old log writes nothing, and others cannot make the program send.
  @Test func aConfigFileSendsOnlyWhileALogIsFollowed() throws {
    try folder.append("influx http://127.0.0.1:1/geheim?db=x\n", to: "config")
    func run(_ arguments: String) throws -> Ended {
      try Ended.running(
        "\(Built.program) --config '\(folder.path("config"))' \(arguments)",
        environment: environment)
    }
    let once = try run("--no-follow --output text '\(Built.fixture)'")
    #expect(once.status == 0 && once.errors.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.path("state/lm2000/influx")))
    let printed = try run("--print-config")
    #expect(printed.output.contains("influx http://127.0.0.1:1/.....") && printed.status == 0)
    #expect(!printed.output.contains("geheim"))
    _ = try Ended.running("chmod 666 '\(folder.path("config"))'")
    #expect(try run("--no-follow '\(Built.fixture)'").status == 2)
  }
}
