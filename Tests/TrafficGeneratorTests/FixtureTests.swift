import AccessLog
import Foundation
import Testing

@testable import TrafficGenerator

@Suite struct FixtureTests {
  @Test func theScenarioReproducesTheFixture() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let fixture = try Data(contentsOf: root.appending(path: "Fixtures/two-alerts.csv"))
    var stream = TrafficStream(
      plan: Scenario.twoAlerts.plan(), start: Scenario.start, seed: 1, format: .csv)
    var bytes: [UInt8] = []
    _ = stream.append(to: &bytes, through: Scenario.twoAlerts.last())
    #expect(Data(bytes) == fixture)
    #expect(stream.lines == 4950)
  }
}
