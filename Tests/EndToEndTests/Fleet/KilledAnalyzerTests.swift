import Foundation
import KafkaKit
import Testing

/// A run over the reports of a topic that is killed and started again: what it publishes is what one run
/// over the logs says, each event once for whoever goes by the ids.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct KilledAnalyzerTests {
  private static let program = "\(Built.program) --no-config"
  private static let start = 1_773_478_800
  private static let servers = 3
  private static let seconds = 1200
  private static let name = "pairs"
  private static let options =
    "--high-traffic-interval 20 --high-traffic-threshold 4 --lateness 1 --stats-interval 10 "
    + "--alert 'errors: share(status=5xx) > 30% over 15s'"

  private let cluster: MockCluster
  private let folder: EndToEndTests.Folder
  private let kcat: Kcat

  init() throws {
    cluster = try MockCluster()
    folder = try EndToEndTests.Folder()
    kcat = Kcat(cluster.brokers)
    try cluster.makeTopic("seconds", partitions: 2)
    try cluster.makeTopic("events")
    for server in 0..<Self.servers {
      try folder.append(log(server), to: "web\(server).log")
      let ended = try Ended.running(
        "\(Self.program) --publish - --lateness 1 --sender web\(server) "
          + "'\(folder.path("web\(server).log"))' >'\(folder.path("reports\(server)"))'")
      #expect(ended.status == 0 && ended.errors == "", "\(ended.errors)")
    }
  }

  private var brokers: String { "kafka://\(cluster.brokers.joined(separator: ","))" }

  /// Traffic that grows and goes back every minute, and errors at other times.
  private func log(_ server: Int) -> String {
    var lines = ""
    for second in 0..<Self.seconds {
      for hit in 0..<(second % 60 < 30 ? 1 : 2 + server % 2) {
        let status = second % 70 < 20 && hit == 0 ? 500 : 200
        lines +=
          "10.0.\(server).\(second % 40),-,-,\(Self.start + second - hit % 2),"
          + "GET /s\((second + hit) % 9)/x HTTP/1.1,\(status),\(second)\n"
      }
    }
    return lines
  }

  private func analyzer() throws -> Watcher {
    try Watcher(
      "--no-config --follow --output ndjson \(Self.options) --kafka client.id=\(Self.name) "
        + "--idle-grace 60 --events \(brokers)/events \(brokers)/seconds",
      limits: "export XDG_STATE_HOME='\(folder.path("state"))'")
  }

  /// Sends a part of all reports, the senders by turns.
  private func produce(_ part: Range<Double>) throws {
    var messages: [String] = []
    let reports = try (0..<Self.servers).map { server in
      try String(contentsOfFile: folder.path("reports\(server)"), encoding: .utf8)
        .split(separator: "\n")
    }
    let count = Double(reports.map(\.count).max() ?? 0)
    for index in Int(part.lowerBound * count)..<Int(part.upperBound * count) {
      for (server, lines) in reports.enumerated() where index < lines.count {
        messages.append("web\(server)\t\(lines[index])")
      }
    }
    try kcat.produce(messages, to: "seconds", keyed: true)
  }

  private func id(_ event: some StringProtocol) throws -> String {
    let text = String(event)
    return String(try #require(text.firstMatch(of: /"id":"(\w+)"/), "\(text)").output.1)
  }

  private func hasFigures(_ event: some StringProtocol) -> Bool {
    !event.hasPrefix(#"{"event":"start""#) && !event.hasPrefix(#"{"event":"end""#)
  }

  /// The events that were sent, by id. Those with the same id are the same.
  private func sent() throws -> [String: String] {
    var events: [String: String] = [:]
    for message in try kcat.consume("events") where hasFigures(message.value) {
      let id = try id(message.value)
      #expect(events[id] == nil || events[id] == message.value)
      events[id] = message.value
    }
    return events
  }

  private func wait(for second: Int) throws {
    try poll("second \(second) is published") {
      try sent().values.contains {
        let time = $0.firstMatch(of: /"to":(\d+)/).flatMap { Int($0.output.1) } ?? 0
        return time >= Self.start + second
      } ? true : nil
    }
  }

  @Test func whatIsPublishedIsWhatOneRunSays() throws {
    var run = try analyzer()
    try produce(0..<0.8)
    try wait(for: 940)
    // Ten minutes before, and the windows of the rules, are read again; what is before that is not.
    // They are kept every five seconds, once the actions have had five more. (A client that asks the
    // brokers for them would keep its own.)
    sleep(11)
    try run.kill()
    try produce(0.8..<0.85)
    run = try analyzer()
    try wait(for: 1010)
    // It may not have kept anything since.
    try run.kill()
    run = try analyzer()
    try produce(0.85..<0.9)
    try wait(for: 1070)
    try run.stop()
    try produce(0.9..<1)
    run = try analyzer()
    try wait(for: Self.seconds - 10)
    try run.stop()
    let logs = (0..<Self.servers).map { "'\(folder.path("web\($0).log"))'" }
    let ended = try Ended.running(
      "\(Self.program) --events - \(Self.options) \(logs.joined(separator: " "))")
    #expect(ended.status == 0, "\(ended.errors)")
    let lines = ended.output.split(separator: "\n").filter(hasFigures).map(String.init)
    let wanted = try Dictionary(lines.map { (try id($0), $0) }) { $1 }
    let events = try sent()
    #expect(wanted.values.contains { $0.hasPrefix(#"{"event":"alert""#) })
    for (id, event) in wanted where events[id] != event {
      Issue.record("\(event)\nis \(events[id] ?? "missing")")
    }
    for (id, event) in events where wanted[id] == nil {
      Issue.record("too much: \(event.prefix(300))")
    }
    // It has not read everything again.
    let end = try #require(run.output.split(separator: "\n").last)
    let messages = try #require(end.firstMatch(of: /"messages":(\d+)/)).output.1
    #expect((Int(messages) ?? 0) < 900 * Self.servers)
  }
}
