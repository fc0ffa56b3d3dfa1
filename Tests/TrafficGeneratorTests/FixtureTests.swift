import AccessLog
import Foundation
import Testing

@testable import TrafficGenerator

@Suite struct FixtureTests {
  private func fixture(_ name: String) throws -> Data {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Data(contentsOf: root.appending(path: "Fixtures/\(name)"))
  }

  @Test func theScenarioReproducesTheFixture() throws {
    var stream = TrafficStream(
      plan: Scenario.twoAlerts.plan(), start: Scenario.start, seed: 1, format: .csv)
    var bytes: [UInt8] = []
    _ = stream.append(to: &bytes, through: Scenario.twoAlerts.last())
    #expect(try Data(bytes) == fixture("two-alerts.csv"))
    #expect(stream.lines == 4950)
  }

  @Test(
    arguments: [[], [.colors, .compose, .journal, .syslog]] + LineWrapper.allCases.map { [$0] })
  func theWrappedFixturesAreReproduced(wrappers: [LineWrapper]) throws {
    let start = Scenario.start
    var stream = TrafficStream(
      plan: .steady(rate: 3, origin: start), start: start, seed: 5, format: .combined, zone: 60,
      wrappers: wrappers)
    var bytes: [UInt8] = []
    _ = stream.append(to: &bytes, through: start.advanced(by: 9))
    let name = wrappers.isEmpty ? "bare" : wrappers.map(\.rawValue).joined(separator: "-")
    #expect(try Data(bytes) == fixture("wrapped/\(name).log"))
    #expect(stream.lines == 30)
  }
}
