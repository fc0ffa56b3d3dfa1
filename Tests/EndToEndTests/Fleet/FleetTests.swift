import Foundation
import KafkaKit
import Testing

/// Agents over ten logs, through brokers to one run: its figures are those of a run over all logs.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct FleetTests {
  private static let program = "\(Built.program) --no-config"
  private static let start = 1_773_478_800
  private static let servers = 10

  private let cluster: MockCluster
  private let folder: EndToEndTests.Folder

  init() throws {
    cluster = try MockCluster()
    folder = try EndToEndTests.Folder()
    try cluster.makeTopic("seconds", partitions: 4)
    try cluster.makeTopic("events", partitions: 1)
    for server in 0..<Self.servers { try folder.append(log(server), to: "web\(server).log") }
  }

  private var brokers: String { "kafka://\(cluster.brokers.joined(separator: ","))" }
  private var logs: String {
    (0..<Self.servers).map { "'\(folder.path("web\($0).log"))'" }.joined(separator: " ")
  }

  /// Five minutes of traffic with lines out of order and late ones, of which one server's clock is 45 s
  /// behind, and another one has an hour without traffic.
  private func log(_ server: Int) -> String {
    var lines = ""
    for second in 0..<300 {
      let jump = server == 7 && second >= 150 ? 3600 : 0
      let base = Self.start + second + jump - (server == 3 ? 45 : 0)
      for hit in 0..<(1 + (second * 7 + server * 3) % 4) {
        let delay = hit == 2 ? 5 : (second + hit) % 2
        let status = [200, 200, 304, 404, 500][(second + hit * server) % 5]
        lines +=
          "10.0.\(server).\(second % 40),-,-,\(base - delay),GET /s\((second + hit) % 9)/x HTTP/1.1,"
          + "\(status),\(second)\n"
      }
    }
    return lines
  }

  private func events(_ arguments: String) throws -> [String] {
    let ended = try Ended.running("\(Self.program) --output ndjson --totals \(arguments)")
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output.split(separator: "\n").dropFirst().map(withoutReceived)
  }

  private func withoutReceived(_ event: Substring) -> String {
    String(event.replacing(/,"received":\[[^\]]*\]/, with: ""))
  }

  private func publishAll() throws {
    let agents = (0..<Self.servers).map { server in
      "\(Self.program) --publish \(brokers)/seconds --rank path '\(folder.path("web\(server).log"))' & "
    }
    let state = "export XDG_STATE_HOME='\(folder.path("state"))'; "
    let ended = try Ended.running(state + agents.joined() + "wait")
    #expect(ended.errors == "")
  }

  @Test func tenAgentsGiveTheFiguresOfOneRun() throws {
    try publishAll()
    let options = "--rank path --alert 'busy: rate > 3 over 20s by path'"
    let joined = try events("\(options) \(brokers)/seconds")
    let wanted = try events("\(options) \(logs)")
    #expect(joined.count == wanted.count)
    for (event, other) in zip(joined, wanted) where event != other {
      Issue.record("\(event.prefix(300))\ninstead of\n\(other.prefix(300))")
      break
    }
    // Published once more, nothing counts twice.
    try publishAll()
    #expect(try events("\(options) \(brokers)/seconds") == wanted)
  }

  /// The events that a run has sent to a topic, each once.
  private func sentEvents() throws -> [String: String] {
    var events: [String: String] = [:]
    for message in try Kcat(cluster.brokers).consume("events") {
      let id = try #require(message.value.firstMatch(of: /"id":"(\w+)"/)?.output.1)
      events[String(id)] = message.value
    }
    return events
  }

  @Test func anAnalyzerThatIsKilledGoesOnWithTheSameEvents() throws {
    let state = "export XDG_STATE_HOME='\(folder.path("state"))'"
    let arguments =
      "--no-config -f --output ndjson --high-traffic-interval 20 --idle-grace 1 "
      + "--events \(brokers)/events \(brokers)/seconds"
    let first = try Watcher(arguments, limits: state)
    try publishAll()
    _ = try poll("events were sent") { try sentEvents().count > 20 ? true : nil }
    // Longer than positions take to be kept.
    sleep(11)
    try first.kill()
    let before = try sentEvents()
    let second = try Watcher(arguments, limits: state)
    sleep(4)
    try second.stop()
    let sent = try sentEvents()
    for (id, event) in before where event.contains(#""event":"alert""#) {
      #expect(sent[id] == event)
    }
    let alerts = sent.values.filter { $0.contains(#""event":"alert""#) }
    let wanted = try events("--high-traffic-interval 20 \(logs)").filter {
      $0.contains(#""event":"alert""#)
    }
    #expect(wanted.count > 0)
    #expect(
      Set(alerts.map { $0.replacing(/,"id":"\w+"/, with: "") }) == Set(wanted))
  }
}
