import Foundation
import Testing

/// `--influx` with logs that are read once, several times.
@Suite(
  .ownThreads,
  .serialized,
  .enabled(
    if: TimeSeriesStore.areExpected, "needs victoria-metrics, influxdb and python3"))
struct InfluxOnceTests {
  private let folder: EndToEndTests.Folder
  private let store: TimeSeriesStore

  init() throws {
    folder = try EndToEndTests.Folder()
    store = try TimeSeriesStore(.victoriaMetrics)
    try store.start()
  }

  private func run(_ options: String = "", log: String = "log") throws -> Ended {
    try Ended.running(
      """
      \(Built.program) --no-config --no-follow --output ndjson \(options) --influx '\(store.url)' \
      '\(folder.path(log))'
      """,
      environment: ["TZ": "UTC", "LANG": "C.UTF-8", "XDG_STATE_HOME": folder.path("state")])
  }

  /// Lines of a second each, which lies long ago.
  private func lines(_ seconds: some Sequence<Int>) -> String {
    seconds.map { second in
      let time = LogTime.text(Date(timeIntervalSince1970: Double(1_773_479_400 + second)))
      return (0...(second % 5)).map {
        "10.0.0.\($0) - - [\(time)] \"GET /s\(second % 3)/\($0) HTTP/1.1\" 200 \(second)\n"
      }.joined()
    }.joined()
  }

  private func replace(_ text: String) throws {
    try? FileManager.default.removeItem(atPath: folder.path("log"))
    try folder.append(text, to: "log")
  }

  /// The first run is stored as it was, and of later ones only what is newer.
  private func check(first: Ended, later: Ended, end: Int) throws {
    #expect(first.errors.isEmpty && later.status == 0, "\(first.errors)")
    let points = try store.points()
    let expected = StoredPoints(ndjson: first.output + later.output) { event in
      first.output.contains("\"from\":\(event["from"] ?? "")") == false
    }
    let former = StoredPoints(ndjson: first.output)
    #expect(points.areUnambiguous)
    for (series, values) in former.values {
      for (time, value) in values { #expect(points.values[series]?[time] == value, "\(series)") }
    }
    for (series, values) in expected.values {
      for (time, value) in values { #expect(points.values[series]?[time] == value, "\(series)") }
    }
    #expect(points.count == former.count + expected.count)
    #expect(points.values["hits||"]?.keys.max() == 1_773_479_400 + end)
  }

  /// The new file begins in the interval in which the old one ended.
  @Test func anIntervalThatARotationCutsIsSentOnce() throws {
    try replace(lines(0..<35))
    let first = try run()
    try replace(lines(35..<58))
    let later = try run()
    try check(first: first, later: later, end: 50)
    #expect(later.errors.hasSuffix("influx: 1 interval not sent: a former run has come further\n"))
  }

  @Test func anIntervalInWhichALogHasGrownIsSentOnce() throws {
    try replace(lines(0..<35))
    let first = try run()
    try folder.append(lines(35..<58), to: "log")
    try check(first: first, later: try run(), end: 50)
  }

  /// Another lateness counts lines in other intervals.
  @Test func anotherLatenessSendsNothingAgain() throws {
    try replace(lines([0, 1, 12, 8, 9, 13, 25, 18, 19, 26, 41, 37, 42]))
    let first = try run("--lateness 0")
    let later = try run("--lateness 60")
    #expect(first.output != later.output)
    try check(first: first, later: later, end: 40)
    #expect(later.errors.contains("intervals not sent"), "\(later.errors)")
  }

  /// A run that follows goes on where the one before ended.
  @Test func aRunThatFollowsSendsNothingAgain() throws {
    try replace(lines(0..<35))
    let first = try run()
    try folder.append(lines(35..<58), to: "log")
    let watcher = try Watcher(
      """
      --no-config --follow --output ndjson --stats-interval 10 --idle-grace 1000 --influx '\(store.url)' \
      '\(folder.path("log"))'
      """, limits: "export XDG_STATE_HOME='\(folder.path("state"))'")
    try poll("the fifth interval arrives") {
      try store.points().values["hits||"]?[1_773_479_440] != nil ? true : nil
    }
    try watcher.stop()
    let points = try store.points()
    #expect(points.areUnambiguous)
    let former = StoredPoints(ndjson: first.output).values["hits||"] ?? [:]
    for (time, value) in former { #expect(points.values["hits||"]?[time] == value) }
    #expect(points.values["hits||"]?.keys.max() == 1_773_479_440)
  }

  /// An older log under another name is a log of its own.
  @Test func olderLogsAreSentLater() throws {
    try replace(lines(100..<135))
    let newer = try run()
    try folder.append(lines(0..<35), to: "older")
    let older = try run(log: "older")
    #expect(newer.errors.isEmpty && older.errors.isEmpty)
    #expect(try store.points() == StoredPoints(ndjson: newer.output + older.output))
  }
}
