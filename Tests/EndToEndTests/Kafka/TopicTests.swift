import Foundation
import KafkaKit
import Testing

/// Topics with log lines as sources.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct TopicTests {
  private let cluster: MockCluster
  private let kcat: Kcat

  init() throws {
    cluster = try MockCluster()
    kcat = Kcat(cluster.brokers)
    try cluster.makeTopic("web", partitions: 3)
  }

  private func address(_ topic: String = "web") -> String {
    "kafka://\(cluster.brokers.joined(separator: ","))/\(topic)"
  }

  /// The lines of the fixture.
  private func lines() throws -> [String] {
    try String(contentsOfFile: Built.fixture, encoding: .utf8).split(separator: "\n")
      .map(String.init)
  }

  private func run(_ arguments: String, environment: [String: String] = [:]) throws -> Ended {
    try Ended.running(
      "\(Built.program) --no-config \(arguments)",
      environment: environment.merging(["TZ": "UTC", "LANG": "C.UTF-8"]) { own, _ in own })
  }

  /// The events without those that say where the lines came from.
  private func figures(_ ended: Ended) -> [String] {
    ended.output.split(separator: "\n").filter { !$0.hasPrefix(#"{"event":"start""#) }
      .map { line in
        line.firstRange(of: ",\"received\"").map { String(line[..<$0.lowerBound]) + "}" }
          ?? String(line)
      }
  }

  @Test func theFiguresAreThoseOfAFileWithTheSameLines() throws {
    let lines = try lines()
    try kcat.produce(lines.enumerated().map { "web\($0 % 7)\t\($1)" }, to: "web", keyed: true)
    let ended = try run("--output ndjson \(address())")
    #expect(ended.status == 0, "\(ended.errors)")
    let file = try run("--output ndjson '\(Built.fixture)'")
    #expect(figures(ended) == figures(file))
    #expect(ended.output.contains(#""partitions":3,"messages":\#(lines.count)}"#))
  }

  /// The lines that a run reads again are those of the longest window, and no alert comes twice.
  @Test func aRunOfTheSameNameGoesOnWhereTheLastOneStopped() throws {
    let lines = try lines()
    let hourLater = lines.dropFirst().map { line in
      line.replacing(/17734\d{5}/) { "\((Int($0.output) ?? 0) + 3600)" }
    }
    let command = "--follow --output ndjson --kafka client.id=again \(address())"
    try kcat.produce(lines, to: "web", partition: 0)
    let first = try Watcher(command)
    try poll("the first alerts have come") { first.events("alert").count == 4 ? true : nil }
    try kcat.produce(hourLater, to: "web", partition: 0)
    try poll("all alerts have come") { first.events("alert").count == 8 ? true : nil }
    try first.stop()
    #expect(try first.end["lines"] as? Int == lines.count + hourLater.count)
    #expect(!first.errors.contains("position"), "\(first.errors)")

    let second = try Watcher(command)
    try poll("the format is known") { second.events("start").isEmpty ? nil : true }
    usleep(2_500_000)
    try second.stop()
    let again = try second.end["lines"] as? Int
    #expect(again == hourLater.count, "\(second.errors)")
    #expect(second.events("alert").isEmpty)
  }

  @Test func theKeyOfAMessageIsItsLabelWhateverTheLineSays() throws {
    let line = #"10.0.0.1 - - [14/Mar/2026:08:26:53 +0000] "GET /a HTTP/1.1" 200 5"#
    let evil = "evil\u{1F}" + line
    try kcat.produce(
      ["web1\t" + line, "web2\tMar 14 09:26:53 evil nginx: " + line, "web1\t" + evil], to: "web",
      keyed: true)
    try kcat.produce([line], to: "web", partition: 1)
    let ended = try run("--output ndjson --rank source --totals \(address())")
    let end = try #require(ended.output.split(separator: "\n").last)
    for (source, hits) in [("web1", 2), ("web2", 1), ("web", 1)] {
      #expect(end.contains(#"{"name":"\#(source)","hits":\#(hits),"#), "\(end)")
    }
    #expect(!end.contains(#""name":"evil""#))
  }

  @Test func theLastMessagesOfEachPartitionAreEnough() throws {
    let lines = try lines().dropFirst()
    for partition in 0..<3 { try kcat.produce(lines.suffix(20), to: "web", partition: partition) }
    let ended = try run("--output ndjson --tail 5 \(address())")
    #expect(ended.output.contains(#""lines":15,"hits":15"#), "\(ended.errors)")
  }

  @Test func aTopicIsFollowedWhileBrokersGoAndComeBack() throws {
    try kcat.produce(["a\tno line of a log"], to: "web", keyed: true)
    // The log's clock does not run on while the brokers are away.
    let watcher = try Watcher(
      "--no-config --follow --output ndjson --idle-grace 600 '\(address())'")
    // Of now: those of another time would be doubted if they came after the topic was read to its end.
    let start = Int(Date().timeIntervalSince1970) - 20
    let line = { (second: Int) in "web\tweb,-,-,\(start + second),GET /a HTTP/1.1,200,1" }
    try kcat.produce((0..<10).map(line), to: "web", keyed: true)
    try watcher.wait(forHits: 8)
    try cluster.stop()
    try poll("the program waits for brokers") {
      watcher.errors.contains("Connection refused; waiting for it") ? true : nil
    }
    try cluster.start()
    try poll("the program reads again") {
      watcher.errors.contains("can be read again") ? true : nil
    }
    try kcat.produce((10..<20).map(line), to: "web", keyed: true)
    try watcher.wait(forHits: 18)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == 20)
    #expect(try watcher.end["lines"] as? Int == 21)
  }

  @Test func brokersThatAreAwayAreNotWaitedForWithoutFollow() throws {
    try cluster.stop()
    let ended = try run("--output ndjson \(address())")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("Connection refused"), "\(ended.errors)")
  }

  @Test func theLibraryIsNamedWhereItIsMissing() throws {
    let folder = try EndToEndTests.Folder()
    try folder.append("no library", to: "librdkafka.so.1")
    let ended = try run(
      "--output ndjson \(address())", environment: ["LD_LIBRARY_PATH": folder.path("")])
    #expect(ended.status == 1)
    #expect(
      ended.errors.contains("librdkafka1 is not installed; try: apt install librdkafka1"),
      "\(ended.errors)")
  }

  /// The library and what it needs cost nothing as long as nobody asks for a topic.
  @Test func nothingIsLoadedThatIsNotAskedFor() throws {
    let folder = try EndToEndTests.Folder()
    try folder.append("", to: "log")
    let plain = try Watcher("--no-config --follow --output ndjson '\(folder.path("log"))'")
    _ = try poll("the log is open") { try plain.waits(for: folder.path("log")) }
    #expect(try plain.hasMapped("libncursesw"))
    #expect(try !plain.hasMapped("librdkafka"))
    #expect(try !plain.hasMapped("libFoundation"))
    // What starts the program may need others for a moment.
    try poll("it has the thread that reads and the one that waits") {
      try plain.threads() <= 2 ? true : nil
    }
    let topic = try Watcher("--no-config --follow --output ndjson '\(address())'")
    try poll("the library is loaded") { try topic.hasMapped("librdkafka") ? true : nil }
  }
}
