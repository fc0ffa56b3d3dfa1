import Foundation
import Testing
import TrafficGenerator

/// Logs that passed through other programs, which put something around each line.
@Suite(.ownThreads) struct WrappedLogTests {
  private func report(_ name: String, options: String = "") throws -> String {
    let ended = try Ended.running(
      "\(Built.program) --output ndjson \(options) - < '\(Built.root)Fixtures/\(name)'")
    #expect(ended.status == 0, "\(ended.errors)")
    return ended.output
  }

  private static let names =
    LineWrapper.allCases.map(\.rawValue) + ["colors-compose-journal-syslog"]

  @Test(arguments: names)
  func aWrappedLogHasTheFiguresOfTheLogInside(name: String) throws {
    let bare = try report("wrapped/bare.log")
    #expect(bare.contains("\"event\":\"end\",\"lines\":30,\"hits\":30,"))
    #expect(try report("wrapped/\(name).log") == bare)
    #expect(try report("wrapped/\(name).log", options: "--format combined") == bare)
  }

  @Test func listsOfClientsAndVirtualHostsMayBeMixed() throws {
    let output = try report("client-lists-and-hosts.log", options: "--stats-interval 600")
    let interval = try #require(output.split(separator: "\n").dropFirst().first)
    let event = try #require(
      try JSONSerialization.jsonObject(with: Data(interval.utf8)) as? [String: Any])
    func figures(_ key: String) -> [String: Int] {
      let rows = event[key] as? [[String: Any]] ?? []
      return Dictionary(
        rows.map { ($0["name"] as? String ?? "", $0["hits"] as? Int ?? 0) }, uniquingKeysWith: +)
    }
    #expect(
      figures("clients") == [
        "203.0.113.7": 13, "2001:db8::7f3": 9, "198.51.100.4": 8, "host-9.example.net": 4,
        "host-9": 3, "fe80::1%eth0": 2, "unknown": 1,
      ])
    #expect(figures("sections") == ["/shop": 13, "/api": 7, "/img": 7, "/login": 7, "/": 6])
  }
}
