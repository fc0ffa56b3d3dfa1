import Testing

@testable import MonitorApp

struct ReadingPaceTests {
  /// The pace after a log has grown for some seconds, with a notification at every opportunity.
  private func paceAfterGrowth(for seconds: Double, pause: Double = 0) -> (
    pace: ReadingPace, now: Double
  ) {
    var pace = ReadingPace()
    var now = 100.0
    while now < 100 + seconds {
      pace.logGrew(at: now)
      pace.logWasRead(bytes: 10, at: now)
      now += ReadingPace.spacing
      pace.notificationsResumed(at: now)
      now += pause
    }
    return (pace, now)
  }

  @Test(arguments: [(0.5, 0.0, false), (2.0, 0.0, true), (2.0, 0.011, false), (9.0, 0.03, false)])
  func onlyALogThatGrowsWithoutAPauseIsReadAtTheTickAlone(
    seconds: Double, pause: Double, isSteady: Bool
  ) {
    #expect(paceAfterGrowth(for: seconds, pause: pause).pace.isSteady == isSteady)
  }

  @Test func notificationsResumeOnceASteadyLogBringsNothingAtATick() {
    var (pace, now) = paceAfterGrowth(for: 2)
    let resumes = [1, 0, 0].map { pace.logWasReadAtTick(bytes: $0, at: now) }
    #expect(resumes == [false, true, false])
    #expect(!pace.isSteady)
    now += 1
    pace.logGrew(at: now)
    #expect(!pace.isSteady)
  }

  @Test func afterARestartALogIsNotReadAtTheTickAlone() {
    var (pace, now) = paceAfterGrowth(for: 2)
    pace.logRestarted(at: now)
    let resumes = pace.logWasReadAtTick(bytes: 1, at: now)
    #expect(resumes)
    for _ in 0..<200 {
      pace.notificationsResumed(at: now)
      pace.logGrew(at: now)
      #expect(!pace.isSteady)
      now += ReadingPace.spacing
    }
  }

  @Test(
    arguments: [
      (0.0, nil, 0.1), (0.9, nil, 0.1), (1.1, nil, 0.5), (1.1, 0.25, 0.25), (0.9, 0.25, 0.1),
    ] as [(Double, Double?, Double)])
  func ticksSlowDownASecondAfterTheLastBytes(after: Double, pollingInterval: Double?, tick: Double)
  {
    var pace = ReadingPace()
    #expect(
      pace.tick(at: 100, pollingInterval: pollingInterval) == pollingInterval
        ?? ReadingPace.quietTick)
    pace.logWasRead(bytes: 1, at: 100)
    pace.logWasRead(bytes: 0, at: 100.5)
    #expect(pace.tick(at: 100 + after, pollingInterval: pollingInterval) == tick)
  }
}
