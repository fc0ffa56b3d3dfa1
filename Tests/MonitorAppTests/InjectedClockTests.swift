import AccessLog
import Testing

@testable import MonitorApp

/// The wall clock that tests and pictures set.
@Suite struct InjectedClockTests {
  @Test func theClockStandsAtTheSecondOfTheEnvironment() {
    let second = InjectedClock.second(environment: ["LM2000_INJECT_CLOCK": "1773519689"])
    #expect(second == EpochSecond(1_773_519_689))
  }

  @Test(arguments: [[:], ["LM2000_INJECT_CLOCK": ""], ["LM2000_INJECT_CLOCK": "20:21"]])
  func withoutASecondItRuns(environment: [String: String]) {
    #expect(InjectedClock.second(environment: environment) == nil)
  }
}
