import AccessLog
import Testing

@testable import TrafficAnalysis

/// What is said of late hits, and from how many of them on.
@Suite struct LatenessAdvisorTests {
  private static let head = EpochSecond(1_773_476_813)

  /// Advice after late hits of these lags, the first of them at line 42.
  ///
  /// - Parameter silence: how far time had gone on by itself.
  private func advice(
    _ lags: [Int64], hits: Int, silence: Int64 = 0,
    _ change: (inout AnalysisOptions) -> Void = { _ in }
  ) -> String? {
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
  func isGivenWhereOverOneInAHundredIsLate(late: Int, hits: Int, isGiven: Bool) {
    let lags = [Int64](repeating: 5, count: late)
    #expect((advice(lags, hits: hits) != nil) == isGiven)
  }

  @Test(arguments: [(1, 5), (2, 50)])
  func namesTheLatenessThatKeeps99OfAHundred(beyond: Int, lateness: Int) throws {
    let lags = [Int64](repeating: 5, count: 100 - beyond) + [Int64](repeating: 50, count: beyond)
    let text = try #require(advice(lags, hits: 400))
    #expect(
      text == "25 % of the hits are late: --lateness \(lateness) would have kept 99 % of them")
  }

  @Test func saysWhereTheLogStepsBack() throws {
    let text = try #require(advice([3600, 3599, 5], hits: 100))
    #expect(text.contains("steps back in time, first at line 42 from 2026-03-14T08:26:53Z"))
    #expect(text.contains(" to 2026-03-14T07:26:53Z"))
    #expect(text.contains("3 % of the hits"))
    // Just as far as time may leap is lateness still.
    #expect(advice([60, 60, 60], hits: 100)?.contains("--lateness 60") == true)
    #expect(advice([61, 61, 60], hits: 100)?.contains("steps back") == true)
    #expect(advice([61, 60], hits: 100)?.contains("--lateness 61") == true)
  }

  /// The log itself is in order: only the silence before it made its hits late.
  @Test func namesTheGraceWhereASilenceIsTheCause() throws {
    let text = try #require(advice([20, 25, 30], hits: 100, silence: 30))
    #expect(
      text.contains("--lateness 30 would have kept 99 % of them, and so would --idle-grace 38"))
    #expect(advice([20, 25, 30], hits: 100, silence: 15)?.contains("idle") == false)
  }

  @Test func saysSoWhereNoLatenessOfADayWouldDo() {
    let text = advice([86_400, 90_000], hits: 2) { $0.maxJump = 1_000_000 }
    #expect(text == "100 % of the hits are late, by over a day")
  }

  /// Between two closings hits are watched apart, and added up then.
  @Test(arguments: [1, 7, 10_000])
  func isTheSameForPartsThatAreAddedUp(each: Int) {
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
      sum.add(part)
    }
    #expect(sum.latenessThatKeeps99Percent == 49)
    #expect(sum.advice(hits: 30_000) == whole.advice(hits: 30_000))
  }
}
