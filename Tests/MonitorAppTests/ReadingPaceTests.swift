import Testing

@testable import MonitorApp

struct ReadingPaceTests {
  /// A log that is told to have grown at every chance for so long, in seconds.
  private func grown(for seconds: Double, pause: Double = 0) -> (pace: ReadingPace, now: Double) {
    var pace = ReadingPace()
    var now = 100.0
    while now < 100 + seconds {
      pace.grew(at: now)
      pace.looked(bytes: 10, at: now)
      now += ReadingPace.spacing
      pace.listens(at: now)
      now += pause
    }
    return (pace, now)
  }

  @Test(arguments: [(0.5, 0.0, false), (2.0, 0.0, true), (2.0, 0.011, false), (9.0, 0.03, false)])
  func onlyWhatGrowsWithoutAPauseIsLeftToTheTick(
    seconds: Double, pause: Double, isSteady: Bool
  ) {
    #expect(grown(for: seconds, pause: pause).pace.isSteady == isSteady)
  }

  @Test func aSteadyLogIsListenedToAgainOnceATickBringsNothing() {
    var (pace, now) = grown(for: 2)
    let isAtRest = [1, 0, 0].map { pace.ticked(bytes: $0, at: now) }
    #expect(isAtRest == [false, true, false])
    #expect(!pace.isSteady)
    now += 1
    pace.grew(at: now)
    #expect(!pace.isSteady)
  }

  @Test func aLogThatWasBegunAnewIsNotLeftToTheTick() {
    var (pace, now) = grown(for: 2)
    pace.begunAnew(at: now)
    let isToListen = pace.ticked(bytes: 1, at: now)
    #expect(isToListen)
    for _ in 0..<200 {
      pace.listens(at: now)
      pace.grew(at: now)
      #expect(!pace.isSteady)
      now += ReadingPace.spacing
    }
  }

  @Test(
    arguments: [
      (0.0, nil, 0.1), (0.9, nil, 0.1), (1.1, nil, 0.5), (1.1, 0.25, 0.25), (0.9, 0.25, 0.1),
    ] as [(Double, Double?, Double)])
  func ticksAreFarApartASecondAfterTheLastBytes(after: Double, polls: Double?, tick: Double) {
    var pace = ReadingPace()
    #expect(pace.tick(at: 100, polls: polls) == polls ?? ReadingPace.quiet)
    pace.looked(bytes: 1, at: 100)
    pace.looked(bytes: 0, at: 100.5)
    #expect(pace.tick(at: 100 + after, polls: polls) == tick)
  }
}
