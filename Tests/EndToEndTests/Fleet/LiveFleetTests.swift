import Foundation
import KafkaKit
import Testing

/// Agents that follow logs which are written and rotated now, through brokers to one run that follows
/// them: its figures are those of a run over all logs.
///
/// With `LM2000_FLEET` in the environment, more of them for a minute, and brokers away for longer.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct LiveFleetTests {
  private static let isLong = ProcessInfo.processInfo.environment["LM2000_FLEET"] != nil
  private static let options = "--lateness 2 --alert 'busy: rate > 3 over 5s by section'"

  private let cluster: MockCluster
  private let logs: LiveLogs

  init() throws {
    cluster = try MockCluster()
    logs = try LiveLogs(servers: Self.isLong ? 10 : 4)
    try cluster.makeTopic("seconds", partitions: 4)
  }

  private var topic: String { "kafka://\(cluster.brokers.joined(separator: ","))/seconds" }
  private var state: String { "export XDG_STATE_HOME='\(logs.folder.path("state"))'" }

  private func agent(_ server: Int) throws -> Watcher {
    try Watcher(
      "--no-config --follow --lateness 2 --idle-grace 5 --publish '\(topic)' "
        + "--sender web\(server) '\(logs.path(server))'", limits: state)
  }

  /// Waits until some more seconds of traffic are over.
  private func pass(_ seconds: Double) { Thread.sleep(forTimeInterval: seconds) }

  /// The brokers go for a while.
  private func interrupt() throws {
    try cluster.stop()
    pass(Self.isLong ? 20 : 3)
    try cluster.start()
  }

  /// One agent is killed, and its log is rotated before it is started again; another one is stopped.
  private func endTwo(_ agents: inout [Watcher]) throws {
    try agents[1].kill()
    try logs.rotate(1)
    pass(1)
    agents[1] = try agent(1)
    try agents[2].stop()
    pass(1)
    agents[2] = try agent(2)
  }

  /// What a run over all logs says.
  private func wanted() throws -> [String] {
    let paths = (0..<logs.servers).map { "'\(logs.whole($0))'" }.joined(separator: " ")
    let ended = try Ended.running(
      "\(Built.program) --no-config --output ndjson --totals --stats-interval 1 --idle-grace 60 "
        + "\(Self.options) \(paths)")
    #expect(ended.status == 0, "\(ended.errors)")
    return figures(ended.output)
  }

  /// The events without that which says where the lines came from.
  private func figures(_ output: String) -> [String] {
    output.split(separator: "\n").filter { !$0.hasPrefix(#"{"event":"start""#) }.map {
      String($0.replacing(/,"received":\[[^\]]*\]/, with: ""))
    }
  }

  private func hits(_ events: [String]) -> Int {
    events.filter { $0.hasPrefix(#"{"event":"interval""#) }.reduce(0) { sum, event in
      sum + (event.firstMatch(of: /"hits":(\d+)/).flatMap { Int($0.output.1) } ?? 0)
    }
  }

  @Test func agentsThatGoAndComeBackGiveTheFiguresOfOneRun() throws {
    let analyzer = try Watcher(
      // However busy the machine is, no agent is left behind.
      "--no-config --follow --output ndjson --totals --idle-grace 60 \(Self.options) '\(topic)'")
    var agents = try (0..<logs.servers).map(agent)
    for (server, agent) in agents.enumerated() {
      _ = try poll("log \(server) is open") { try agent.waits(for: logs.path(server)) }
    }
    logs.start()
    pass(Self.isLong ? 8 : 1.5)
    try logs.rotate(0)
    try interrupt()
    pass(1)
    try endTwo(&agents)
    if Self.isLong { try interrupt() }
    pass(1)
    try logs.stop()
    let wanted = try wanted()
    try analyzer.wait(forHits: hits(wanted))
    for agent in agents { try agent.stop() }
    try analyzer.stop()
    var live = figures(analyzer.output)
    // The logs may have been silent for a while before it was stopped.
    if live.suffix(2).first?.hasPrefix(#"{"event":"gap""#) == true {
      live.remove(at: live.count - 2)
    }
    #expect(live.count == wanted.count)
    for (event, other) in zip(live, wanted) where event != other {
      Issue.record("\(event.prefix(400))\ninstead of\n\(other.prefix(400))")
      break
    }
    #expect(wanted.contains { $0.hasPrefix(#"{"event":"alert""#) })
    let late = wanted.last?.firstMatch(of: /"late":(\d+)/).flatMap { Int($0.output.1) } ?? 0
    #expect(late > 0)
  }
}
