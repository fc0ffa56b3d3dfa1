import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The dates below a chart of days.
struct DayAxisTests {
  private static let week: Int64 = 604_800
  private static let month: Int64 = 2_592_000
  /// A zone whose clocks are put forward by an hour at 03:00 UTC on 10 March 2019, a Sunday.
  private static let change: Int64 = 1_552_186_800

  private func axis(
    _ seconds: Int64, _ columns: Int, last: Int64 = 1_549_573_599, _ times: TimeDisplay = .utc
  ) -> (span: ChartSpan, labels: [ChartModel.Label]) {
    let span = ChartSpan(
      .last(seconds: seconds), SecondSeries(last - 1000...last), columns: columns, isLive: true)
    return (span, TimeAxis(span, times).labels)
  }

  @Test(arguments: [
    (week, 109, "Fri 1 Feb", 8), (week, 74, "1 Feb", 8), (month, 109, "Mon 7 Jan", 5),
    (month, 74, "Mon 14 Jan", 4), (month, 194, "10 Jan", 16),
  ])
  func labelsAreDates(seconds: Int64, columns: Int, first: String, count: Int) {
    let labels = axis(seconds, columns).labels
    #expect(labels.first?.text == first && labels.count == count, "\(labels)")
  }

  @Test(arguments: [week, month], [0, 3600, 20_700, -12_600, 45_900, -36_000])
  func eachStandsInTheColumnOfItsMidnight(seconds: Int64, offset: Int) {
    for columns in [20, 40, 74, 109, 194, 400] {
      let (span, labels) = axis(
        seconds, columns, TimeDisplay(zone: "test") { _ in offset })
      #expect(!labels.isEmpty || columns < 40)
      for label in labels {
        let column = span.seconds(ofColumn: label.column)
        let last = column.upperBound.value + Int64(offset)
        #expect(last.floored(by: 86_400).remainder < max(span.width, 86_400))
        #expect(span.width > 86_400 || last.floored(by: 86_400).remainder < span.width)
      }
      for (left, right) in zip(labels, labels.dropFirst()) {
        #expect(right.column - left.column >= left.text.count + 1, "\(span) \(labels)")
      }
    }
  }

  @Test func midnightMovesWithTheClocks() {
    let times = TimeDisplay(zone: "test") { $0.value < Self.change ? -18_000 : -14_400 }
    let (span, labels) = axis(Self.week, 194, last: Self.change + 3 * 86_400, times)
    for label in labels {
      let column = span.seconds(ofColumn: label.column)
      let midnight = column.lowerBound.value...column.upperBound.value
      #expect(
        midnight.contains { ($0 + Int64(times.offset(EpochSecond($0)))) % 86_400 == 0 },
        "\(label)")
    }
    #expect(labels.map(\.text).contains("Sun 10 Mar") && labels.map(\.text).contains("Mon 11 Mar"))
  }
}
