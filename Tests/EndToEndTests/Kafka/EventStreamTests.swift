import Foundation
import KafkaKit
import Testing

/// `--events` to standard output.
@Suite(.ownThreads) struct PrintedEventTests {
  private func run(_ arguments: String) throws -> Ended {
    try Ended.running("\(Built.program) --no-config \(arguments)")
  }

  @Test func eventsAreThoseOfTheJSONOutputWithAnID() throws {
    let plain = try run("--output ndjson '\(Built.fixture)'")
    let ended = try run("--events - '\(Built.fixture)'")
    #expect(ended.status == 0 && ended.errors.isEmpty)
    let id = /,"id":"([0-9a-f]{32})"}$/
    let lines = ended.output.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.firstMatch(of: id) != nil })
    #expect(
      lines.map { $0.replacing(id, with: "}") }
        == plain.output.split(separator: "\n").map(String.init))
    #expect(Set(lines.compactMap { $0.firstMatch(of: id)?.output.1 }).count == lines.count)
    #expect(try run("--events - '\(Built.fixture)'").output == ended.output)
  }

  /// An id that stands there and one that is computed are the same.
  @Test func eachEventIsActedUponOnceWithItsIDOrWithout() throws {
    let folder = try EndToEndTests.Folder()
    let file = folder.path("alerts")
    let act = "\(Built.program) --no-config --act - --notify 'f: file \(file)'"
    let events = ["--events -", "--output ndjson"].map {
      "\(Built.program) --no-config \($0) '\(Built.fixture)'"
    }
    var counts: [Int] = []
    for source in [events[0], "(\(events[0]); \(events[1]); \(events[0]))"] {
      let ended = try Ended.running("\(source) | \(act)")
      #expect(ended.status == 0, "\(ended.errors)")
      let text = try String(contentsOfFile: file, encoding: .utf8)
      counts.append(text.split(separator: "\n").count)
      try FileManager.default.removeItem(atPath: file)
    }
    #expect(counts[0] > 0 && counts[0] == counts[1])
  }
}

/// `--events` to a topic.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct EventStreamTests {
  private let cluster: MockCluster
  private let folder: EndToEndTests.Folder

  init() throws {
    cluster = try MockCluster()
    try cluster.makeTopic("events", partitions: 3)
    folder = try EndToEndTests.Folder()
  }

  private var topic: String { "kafka://\(cluster.brokers.joined(separator: ","))/events" }

  private var environment: [String: String] {
    ["TZ": "UTC", "LANG": "C.UTF-8", "XDG_STATE_HOME": folder.path("state")]
  }

  private func run(_ arguments: String) throws -> Ended {
    try Ended.running("\(Built.program) --no-config \(arguments)", environment: environment)
  }

  private func published() throws -> [String] {
    try Kcat(cluster.brokers).consume("events").map(\.value)
  }

  private func printed() throws -> [String] {
    try run("--events - --totals '\(Built.fixture)'").output.split(separator: "\n")
      .map(String.init)
  }

  @Test func whatIsPublishedIsWhatWouldBePrinted() throws {
    let ended = try run("--output text --events '\(topic)' '\(Built.fixture)'")
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
    #expect(try published() == printed())
    // The spool is empty, and only its owner may look into it.
    let streams = folder.path("state") + "/lm2000/streams"
    let stream = try #require(FileManager.default.contentsOfDirectory(atPath: streams).first)
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(streams)/\(stream)")
    #expect(files.sorted() == ["lock", "state"])
  }

  @Test func theNextRunSendsWhatThisOneCouldNot() throws {
    try cluster.stop()
    let begin = ContinuousClock.now
    let ended = try run("--output text --events '\(topic)' '\(Built.fixture)'")
    #expect(begin.duration(to: .now) < .seconds(60), "the limit on an idle machine is 6 s")
    #expect(ended.status == 1)
    let events = try printed()
    #expect(ended.errors.contains("\(events.count) events wait in the spool"), "\(ended.errors)")
    try cluster.start()
    _ = try run("--output text --events '\(topic)' '\(Built.fixture)'")
    // Both runs report the same, with the same ids.
    #expect(try published() == events + events)
  }

  @Test func aRunThatFollowsSaysThatBrokersAreAwayAndSendsLater() throws {
    try folder.append("", to: "log")
    let log = folder.path("log")
    let program = "--no-config --output text --follow --events '\(topic)' '\(log)'"
    let watcher = try Watcher(program, limits: "export XDG_STATE_HOME='\(folder.path("state"))'")
    _ = try poll("the log is open") { try watcher.waits(for: log) }
    try cluster.stop()
    for second in 0..<5 {
      try folder.append("web,-,-,\(1_773_478_800 + second),GET /a HTTP/1.1,200,1\n", to: "log")
    }
    try poll("brokers are away") {
      watcher.errors.contains("broker away since ") ? true : nil
    }
    try cluster.start()
    try poll("brokers are there") {
      watcher.errors.contains("broker answers again") ? true : nil
    }
    try watcher.stop()
    let intervals = try published().filter { $0.hasPrefix(#"{"event":"interval""#) }
    #expect(intervals.count >= 3)
    #expect(Set(intervals).count == intervals.count)
  }

  @Test func twoProcessesDoNotPublishAsTheSame() throws {
    try folder.append("", to: "log")
    let log = folder.path("log")
    let arguments = "--no-config --output text --follow --events '\(topic)' '\(log)'"
    let watcher = try Watcher(arguments, limits: "export XDG_STATE_HOME='\(folder.path("state"))'")
    _ = try poll("the log is open") { try watcher.waits(for: log) }
    let ended = try run("--output text --events '\(topic)' '\(log)'")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("\(topic): in use by pid "), "\(ended.errors)")
    try watcher.stop()
  }
}
