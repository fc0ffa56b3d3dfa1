import Foundation
import KafkaKit
import Testing

/// `--act` with the events of a topic.
@Suite(.serialized, .enabled(if: MockCluster.isExpected))
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

  private func act() throws -> Watcher {
    try Watcher(
      """
      --no-config --act 'kafka://\(cluster.brokers[0])/events' \
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

  @Test func eachEventIsActedUponOnce() throws {
    let first = try act()
    // All of them come twice.
    try kcat.produce(events + events, to: "events")
    try wait(for: 4)
    try first.stop()
    // The next run goes on where the last one has ended.
    let second = try act()
    let alert = try #require(events.first { $0.hasPrefix(#"{"event":"alert""#) })
    try kcat.produce([alert.replacing("1773478", with: "1773578")], to: "events")
    try wait(for: 5)
    try second.stop()
    #expect(count == 5)
  }
}
