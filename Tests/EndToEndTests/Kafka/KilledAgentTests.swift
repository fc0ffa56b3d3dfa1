import Foundation
import KafkaKit
import Testing

/// `--publish` to a topic by agents that are killed, while brokers go and come back.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct KilledAgentTests {
  private static let start = 1_773_478_800

  private let cluster: MockCluster
  private let folder: EndToEndTests.Folder

  init() throws {
    cluster = try MockCluster()
    try cluster.makeTopic("seconds", partitions: 3)
    folder = try EndToEndTests.Folder()
    try folder.append("", to: "log")
  }

  private var log: String { folder.path("log") }
  private var topic: String { "kafka://\(cluster.brokers.joined(separator: ","))/seconds" }

  private func agent() throws -> Watcher {
    try Watcher(
      "--no-config --follow --publish '\(topic)' --rank path --sender web1 '\(log)'",
      limits: "export XDG_STATE_HOME='\(folder.path("state"))'")
  }

  /// Appends some lines for each of some seconds, their times out of order.
  private func write(_ seconds: Range<Int>) throws {
    var lines = ""
    for second in seconds {
      for index in 0..<(1 + second * 7 % 5) {
        let time = Self.start + second - index % 2
        lines += "web,-,-,\(time),GET /s\(index)/\(second) HTTP/1.1,\(index == 3 ? 500 : 200),10\n"
      }
    }
    try folder.append(lines, to: "log")
  }

  private struct Report: Decodable {
    var series: String
    var sequence: Int
    var second: Int
    var hits: Int
  }

  private func reports() throws -> [Report] {
    try Kcat(cluster.brokers).consume("seconds").map {
      try JSONDecoder().decode(Report.self, from: Data($0.value.utf8))
    }
  }

  /// Waits until the brokers have a second.
  private func wait(for second: Int) throws {
    try poll("second \(second) is at the brokers") {
      try reports().contains { $0.second >= Self.start + second } ? true : nil
    }
  }

  private func intervals(_ arguments: String) throws -> [String] {
    let ended = try Ended.running("\(Built.program) --no-config --output ndjson \(arguments)")
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output.split(separator: "\n").map(String.init).filter {
      !$0.hasPrefix(#"{"event":"start""#) && !$0.hasPrefix(#"{"event":"end""#)
    }
  }

  @Test func anAgentThatIsKilledIsContinuedExactly() throws {
    var next = 0
    for round in 0..<6 {
      if round == 3 { try cluster.stop() }
      if round == 5 { try cluster.start() }
      let agent = try agent()
      _ = try poll("the log is open") { try agent.waits(for: log) }
      for part in 0..<4 {
        try write(next..<next + 5)
        next += 5
        // Sometimes in the middle of what it does.
        if part < 3 || round % 2 == 0 { usleep(useconds_t(20_000 * (part + round))) }
      }
      try round == 4 ? agent.stop() : agent.kill()
    }
    let last = try agent()
    // Far behind all others, so that these close.
    try folder.append("web,-,-,\(Self.start + next + 50),GET / HTTP/1.1,200,1\n", to: "log")
    try folder.append("web,-,-,\(Self.start + next + 55),GET / HTTP/1.1,200,1\n", to: "log")
    try wait(for: next + 50)
    try last.stop()
    let all = try reports()
    #expect(Set(all.map(\.series)).count == 1)
    // A killed agent may have sent what its next run sends again, with the same number.
    #expect(Set(all.map(\.sequence)) == Set(1...(all.map(\.sequence).max() ?? 0)))
    let hits = Dictionary(all.map { ($0.sequence, $0.hits) }) { first, second in
      #expect(first == second)
      return first
    }
    let written = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").count
    #expect(hits.values.reduce(0, +) == written - 1)
    let options = "--lateness 1 --until \(Self.start + next + 50) --rank path"
    let (joined, whole) = try (intervals("\(options) '\(topic)'"), intervals("\(options) '\(log)'"))
    let wrong = zip(joined, whole).first { $0 != $1 }
    #expect(joined == whole, "\(wrong.map { "\($0)\n\($1)" } ?? "\(joined.count) \(whole.count)")")
  }
}
