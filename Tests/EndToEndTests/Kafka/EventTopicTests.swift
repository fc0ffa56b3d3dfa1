import Foundation
import KafkaKit
import Testing

/// `--act` with the events of a topic.
@Suite(.ownThreads, .serialized, .enabled(if: MockCluster.isExpected))
struct EventTopicTests {
  private let cluster: MockCluster
  private let kcat: Kcat
  private let folder: EndToEndTests.Folder
  private let events: [String]

  init() throws {
    cluster = try MockCluster()
    kcat = Kcat(cluster.brokers)
    folder = try EndToEndTests.Folder()
    try cluster.makeTopic("events")
    let ended = try Ended.running(
      "\(Built.program) --no-config --output ndjson '\(Built.fixture)'")
    events = ended.output.split(separator: "\n").map(String.init)
  }

  private func act(_ options: String = "") throws -> Watcher {
    try Watcher(
      """
      --no-config \(options) --act 'kafka://\(cluster.brokers[0])/events' \
      --notify 'file: file \(folder.path("alerts"))'
      """)
  }

  /// The number of notifications so far.
  private var count: Int {
    let text = try? String(contentsOfFile: folder.path("alerts"), encoding: .utf8)
    return text?.split(separator: "\n").count ?? 0
  }

  private func wait(for wanted: Int) throws {
    try poll("\(wanted) notifications") { count >= wanted ? true : nil }
    #expect(count == wanted)
  }

  /// The same alert at another time.
  private func later(_ alert: String, _ digits: String) -> String {
    alert.replacing(#""time":17"#, with: "\"time\":\(digits)")
  }

  @Test func eachEventIsActedUponOnce() throws {
    let alert = try #require(events.first { $0.hasPrefix(#"{"event":"alert""#) })
    let first = try act()
    try kcat.produce(events, to: "events")
    try wait(for: 4)
    // All of them come again, and then another one.
    try kcat.produce(events + [later(alert, "18")], to: "events")
    try wait(for: 5)
    try first.stop()
    #expect(first.errors == "")
    // The next run goes on where the last one has ended.
    let second = try act()
    try kcat.produce([later(alert, "19")], to: "events")
    try wait(for: 6)
    try second.stop()
    #expect(count == 6)
  }

  /// The next run goes on where the first one has ended, whatever its options say.
  @Test func theFirstRunCanLeaveOutWhatTheTopicHolds() throws {
    let alert = try #require(events.first { $0.hasPrefix(#"{"event":"alert""#) })
    try kcat.produce(events, to: "events")
    let first = try act("--tail 0")
    // It comes again and again, until the run has begun to read.
    try poll("the run has begun") {
      try kcat.produce([later(alert, "18")], to: "events")
      usleep(200_000)
      return count > 0 ? true : nil
    }
    try first.stop()
    #expect(first.errors == "")
    try kcat.produce([later(alert, "19")], to: "events")
    let second = try act("--tail 0")
    try wait(for: 2)
    try second.stop()
  }

  /// The first event is being sent when the run is killed, and the others wait.
  @Test func whatNoActionHasGotComesAgainAfterAKill() throws {
    try kcat.produce(events, to: "events")
    try folder.append("echo >> '\(folder.path("began"))'; exec sleep 60\n", to: "slow")
    let first = try Watcher(
      """
      --no-config --act 'kafka://\(cluster.brokers[0])/events' \
      --notify 'file: exec /bin/sh \(folder.path("slow"))'
      """)
    try poll("an action has begun") {
      FileManager.default.fileExists(atPath: folder.path("began")) ? true : nil
    }
    // Long enough for positions to be kept.
    usleep(1_000_000)
    try first.kill()
    let second = try act()
    try wait(for: 4)
    try second.stop()
  }
}
