import AccessLog
import Testing

@testable import DashboardModel

/// How fast a log is loaded, with a clock that is moved by hand.
struct LoadingPaceTests {
  private static let total: Int64 = 100_000

  /// The figures after each tenth of a second.
  private func figures(_ speeds: [Int64], total: Int64? = total) -> [LoadingPace.Figures?] {
    var pace = LoadingPace()
    var read: Int64 = 0
    pace.observe(.loading(read: 0, total: total), at: 5)
    return speeds.enumerated().map { index, speed in
      read += speed / 10
      pace.observe(.loading(read: read, total: total), at: 5 + Double(index + 1) * 0.1)
      return pace.figures
    }
  }

  @Test func theFiguresChangeEveryHalfSecond() {
    let figures = figures([Int64](repeating: 1000, count: 30))
    #expect(figures.prefix(4).allSatisfy { $0 == nil })
    #expect(figures[9] == .init(bytesPerSecond: 1000, secondsLeft: 99))
    let changes = figures.indices.dropFirst().filter { figures[$0] != figures[$0 - 1] }
    #expect(zip(changes, changes.dropFirst()).allSatisfy { $1 - $0 >= 5 })
  }

  @Test func aSpeedThatSwingsIsShownAsItsMean() throws {
    // Half a second at 500 bytes a second, and half a second at 1500.
    let swings = (0..<200).map { Int64($0 / 5 % 2 == 0 ? 500 : 1500) }
    let speeds = try figures(swings).suffix(100).map { try #require($0).bytesPerSecond }
    #expect(speeds.allSatisfy { (850...1150).contains($0) }, "\(speeds)")
  }

  @Test func aNewSpeedIsShownAfterSomeSeconds() {
    let speeds = [Int64](repeating: 1000, count: 50) + [Int64](repeating: 4000, count: 80)
    let figures = figures(speeds)
    #expect(figures[49]?.bytesPerSecond == 1000)
    #expect(figures[129].map { (3800...4000).contains($0.bytesPerSecond) } == true)
  }

  @Test func aPipeIsLoadedAsLongAsItIsFast() {
    let speeds = [(2_000_000, 10), (999_000, 10), (0, 5), (3_000_000, 5)]
      .flatMap { [Int64](repeating: Int64($0.0), count: $0.1) }
    let figures = figures(speeds, total: nil)
    let fast = LoadingPace.Figures(bytesPerSecond: 2_000_000, secondsLeft: nil)
    #expect(figures[9] == fast)
    #expect(figures[14] == nil && figures[24] == nil)
    #expect(figures[29] == .init(bytesPerSecond: 3_000_000, secondsLeft: nil))
  }

  @Test func aLogThatStandsStillHasNoTimeLeft() {
    #expect(figures([0, 0, 0, 0, 0, 0]).last == .init(bytesPerSecond: 0, secondsLeft: nil))
  }

  @Test(arguments: [SourceState.Phase.following, .ended, .waiting])
  func whatIsLoadedHasNoSpeed(phase: SourceState.Phase) {
    var pace = LoadingPace()
    for second in 0..<5 {
      pace.observe(.loading(read: Int64(second) * 1000, total: 9000), at: Double(second))
    }
    #expect(pace.figures != nil)
    pace.observe(phase, at: 5)
    #expect(pace == LoadingPace())
  }
}
