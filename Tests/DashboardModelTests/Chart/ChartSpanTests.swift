import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Which seconds a chart shows, and in which column.
struct ChartSpanTests {
  private static let spans: [Int64] = [1, 10, 60, 300, 900, 3600, 21_600, 86_400]
  private static let counts = [1, 2, 3, 7, 16, 31, 32, 60, 74, 109, 194, 300, 1000]

  private func span(
    _ seconds: Int64, last: Int64, _ columns: Int, isLive: Bool = true
  ) -> ChartSpan {
    ChartSpan(
      .last(seconds: seconds), SecondSeries(last - 100...last), columns: columns, isLive: isLive)
  }

  @Test(arguments: spans, counts)
  func theNewestSecondIsOnTheChartAndTheSpanIsCovered(seconds: Int64, count: Int) {
    for last in [Int64(0), 1, 59, 1_549_573_000, 1_549_573_599, 1_549_583_211, -1, -86_401] {
      for isLive in [true, false] {
        let span = span(seconds, last: last, count, isLive: isLive)
        let column = span.column(of: EpochSecond(last))
        #expect((0..<count).contains(column))
        // A single column holds the newest seconds only.
        let covered = EpochSecond(last).seconds(since: span.range.lowerBound) + 1
        #expect(covered >= seconds || count == 1, "\(span)")
        let empty = count - 1 - column
        #expect(empty * 10 <= count && (isLive || empty == 0), "\(span)")
      }
    }
  }

  @Test(arguments: spans, counts)
  func columnsBeginAtMultiplesOfTheirWidthAndFollowEachOther(seconds: Int64, count: Int) {
    let span = span(seconds, last: 1_549_573_599, count)
    var next = span.range.lowerBound
    for index in 0..<count {
      let column = span.seconds(ofColumn: index)
      #expect(column.lowerBound == next)
      #expect(column.lowerBound.value % span.width == 0)
      #expect(column.upperBound.seconds(since: column.lowerBound) + 1 == span.width)
      #expect(span.column(of: column.lowerBound) == index)
      #expect(span.column(of: column.upperBound) == index)
      next = column.upperBound.advanced(by: 1)
    }
    #expect(span.range.upperBound == next.advanced(by: -1))
    #expect(span.column(of: span.range.lowerBound.advanced(by: -1)) == -1)
    #expect(span.column(of: next) == count)
  }

  @Test(arguments: [Int64(60), 300, 900], [20, 60, 109, 194])
  func aLiveChartMovesByWholeJumps(seconds: Int64, count: Int) {
    let jump = max(1, Int64(count / 10))
    var before = span(seconds, last: 1_549_573_000, count)
    var moves: [Int64] = []
    for step in 1...Int64(count) * before.width {
      let span = span(seconds, last: 1_549_573_000 + step, count)
      #expect(span.width == before.width)
      if span.first != before.first { moves.append(step) }
      #expect(span.first == before.first || span.first == before.first + jump)
      before = span
    }
    // It keeps its place in between.
    for (early, late) in zip(moves, moves.dropFirst()) {
      #expect(late - early == jump * before.width)
    }
    #expect(moves.count >= count / Int(jump) - 1)
  }

  @Test(arguments: [1, 30, 60, 61, 119, 120, 3000, 7200, 86_400], counts)
  func aFinishedLogFillsTheWidthAsWellAsWholeSecondsAllow(seconds: Int64, count: Int) {
    let history = SecondSeries(1_549_573_000...1_549_573_000 + seconds - 1)
    let span = ChartSpan(.all, history, columns: count, isLive: false)
    #expect(span.seconds == max(60, seconds))
    #expect(span.range.contains(EpochSecond(1_549_573_000)) || count == 1)
    #expect(span.column(of: EpochSecond(1_549_572_999 + seconds)) == count - 1)
    // A second less per column would not hold it with a partly filled column at either end.
    #expect((span.width - 1) * Int64(max(1, count - 1)) < span.seconds)
  }

  @Test func withoutASecondThereIsStillAChart() {
    let span = ChartSpan(.all, SecondSeries(), columns: 0, isLive: true)
    #expect(span.count == 1 && span.seconds == 60 && span.width == 60)
  }

  @Test(arguments: [(0, 1), (10, 300), (20, 300), (30, 300), (7, 301)])
  func theSparklinesOfALiveLogShowFiveMinutes(count: Int, seconds: Int64) {
    let span = SparklinePeriod(buckets: count, SecondSeries(0...9999), isLive: true)
    #expect(span.seconds == (count == 0 ? 0 : seconds))
    // The bucket that is not complete is asked for, and not shown.
    #expect(span.request == TrendRequest(width: span.width, count: count == 0 ? 0 : count + 1))
    #expect(span.shown([1, 2, 3]) == [1, 2])
  }

  @Test(arguments: [(1, 60), (60, 60), (61, 70), (600, 600), (3600, 3600), (50_000, 3600)])
  func theSparklinesOfAFinishedLogShowAllOfItUpToAnHour(logged: Int64, seconds: Int64) {
    let history = SecondSeries(0...logged - 1)
    let span = SparklinePeriod(buckets: 10, history, isLive: false)
    #expect(span.seconds == seconds && span.request.count == 10 && span.shown([1, 2]) == [1, 2])
  }
}
