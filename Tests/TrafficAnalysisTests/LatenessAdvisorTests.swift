import AccessLog
import Testing

@testable import TrafficAnalysis

/// The advice given about late hits, and the share from which it is given.
@Suite struct LatenessAdvisorTests {
  private static let head = EpochSecond(1_773_476_813)

  /// The advice after late hits with the given lags in seconds, the first at line 42.
  ///
  /// - Parameter silence: seconds by which the clock had run on without records.
  private func advice(
    _ lags: [Int64], hits: Int, silence: Int64 = 0,
    _ change: (inout AnalysisOptions) -> Void = { _ in }
  ) -> Notice? {
    var options = AnalysisOptions()
    change(&options)
    var advisor = LatenessAdvisor(options)
    for (index, lag) in lags.enumerated() {
      advisor.observe(
        Self.head.advanced(by: -lag), line: 42 + index, head: Self.head,
        greatest: Self.head.advanced(by: -silence))
    }
    return advisor.advice(hits: hits)
  }

  @Test(arguments: [(10, 1000, false), (10, 999, true), (0, 0, false), (1, 1, true)])
  func isGivenWhenMoreThanOnePercentOfHitsAreLate(late: Int, hits: Int, isGiven: Bool) {
    let lags = [Int64](repeating: 5, count: late)
    #expect((advice(lags, hits: hits) != nil) == isGiven)
  }

  @Test(arguments: [(1, 5), (2, 50)])
  func suggestsTheLatenessThatAccepts99Percent(beyond: Int, lateness: Int) {
    let lags = [Int64](repeating: 5, count: 100 - beyond) + [Int64](repeating: 50, count: beyond)
    #expect(
      advice(lags, hits: 400)
        == .lateHits(LateHits(share: HitShare(100, of: 400), lateness: Int64(lateness))))
  }

  @Test func reportsWhereTheLogStepsBack() {
    #expect(
      advice([3600, 3599, 5], hits: 100)
        == .timeStepsBack(
          late: HitShare(3, of: 100), line: 42, from: Self.head,
          to: Self.head.advanced(by: -3600)))
  }

  /// A lag of exactly the maximum jump still counts as lateness.
  @Test(arguments: [
    ([60, 60, 60] as [Int64], 60 as Int64?), ([61, 61, 60], nil), ([61, 60], 61 as Int64?),
  ])
  func distinguishesAStepBackFromLateness(lags: [Int64], lateness: Int64?) {
    let notice = advice(lags, hits: 100)
    guard let lateness else {
      guard case .timeStepsBack = notice else {
        Issue.record("\(String(describing: notice))")
        return
      }
      return
    }
    let late = HitShare(lags.count, of: 100)
    #expect(notice == .lateHits(LateHits(share: late, lateness: lateness)))
  }

  /// The log itself is in order; its hits are late only because of the silence before them.
  @Test(arguments: [(30 as Int64, 38 as Int64?), (15, nil)])
  func suggestsTheGraceWhenASilenceIsTheCause(silence: Int64, grace: Int64?) {
    #expect(
      advice([20, 25, 30], hits: 100, silence: silence)
        == .lateHits(LateHits(share: HitShare(3, of: 100), lateness: 30, idleGrace: grace)))
  }

  @Test func suggestsNoLatenessWhenItWouldExceedADay() {
    let notice = advice([86_400, 90_000], hits: 2) { $0.maxJump = 1_000_000 }
    #expect(notice == .lateHits(LateHits(share: HitShare(2, of: 2), lateness: nil)))
  }

  /// Late hits are observed separately between closings and then merged.
  @Test(arguments: [1, 7, 10_000])
  func mergedPartsGiveTheSameAdvice(each: Int) {
    var whole = LatenessAdvisor(AnalysisOptions())
    var sum = LatenessAdvisor(AnalysisOptions())
    let lags = (0..<20_000).map { Int64($0 * 7919 % 50) }
    for start in stride(from: 0, to: lags.count, by: each) {
      var part = LatenessAdvisor(AnalysisOptions())
      for lag in lags[start..<min(start + each, lags.count)] {
        let time = Self.head.advanced(by: -lag)
        part.observe(time, line: 1, head: Self.head, greatest: Self.head)
        whole.observe(time, line: 1, head: Self.head, greatest: Self.head)
      }
      sum.merge(part)
    }
    #expect(sum.latenessThatKeeps99Percent == 49)
    #expect(sum.advice(hits: 30_000) == whole.advice(hits: 30_000))
  }
}
