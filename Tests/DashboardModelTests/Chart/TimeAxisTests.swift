import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The times below the chart.
struct TimeAxisTests {
  /// Among them zones with half hours and quarters, and one that is off by seconds.
  private static let offsets = [0, 3600, 20_700, 19_800, -12_600, 45_900, -36_000, 1172]

  private func axis(
    _ seconds: Int64, _ columns: Int, offset: Int, last: Int64 = 1_549_573_599
  ) -> (span: ChartSpan, labels: [ChartModel.Label]) {
    let span = ChartSpan(
      .last(seconds: seconds), SecondSeries(last - 1000...last), columns: columns, isLive: true)
    let times = TimeDisplay(zone: "test") { _ in offset }
    return (span, TimeAxis(span, times).labels)
  }

  /// The seconds of a text since midnight.
  private func seconds(_ text: String) -> Int64 {
    let parts = text.split(separator: ":").map { Int64($0) ?? -1 }
    return parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
  }

  @Test(arguments: [Int64(60), 300, 900, 3600, 21_600, 86_400], offsets)
  func labelsStandAtRoundTimesInTheirColumns(span seconds: Int64, offset: Int) {
    for columns in [40, 74, 109, 194, 400] {
      for last in [Int64(1_549_573_599), 1_549_584_010, 7] {
        let (span, labels) = axis(seconds, columns, offset: offset, last: last)
        #expect(!labels.isEmpty, "\(span)")
        let times = labels.map { self.seconds($0.text) }
        let steps = Set(zip(times, times.dropFirst()).map { ($1 - $0 + 86_400) % 86_400 })
        #expect(steps.count <= 1, "\(labels)")
        for (label, time) in zip(labels, times) {
          if let step = steps.first, step > 0 { #expect(time % step == 0, "\(labels)") }
          let column = span.seconds(ofColumn: label.column)
          let second = column.lowerBound.value + Int64(offset)
          let past = (time - second % 86_400 + 2 * 86_400) % 86_400
          #expect(past < span.width, "\(label) \(span)")
        }
      }
    }
  }

  @Test(arguments: offsets)
  func labelsAreNeverCloserThanTheirWidth(offset: Int) {
    for seconds in [Int64(1), 30, 60, 300, 900, 3600, 21_600, 86_400] {
      for columns in stride(from: 12, through: 300, by: 7) {
        let (span, labels) = axis(seconds, columns, offset: offset)
        guard span.width <= 8640 else { continue }
        for (left, right) in zip(labels, labels.dropFirst()) {
          #expect(right.column - left.column >= left.text.count + 2, "\(span) \(labels)")
        }
      }
    }
  }

  @Test func secondsAreShownOnlyWhereTheyDiffer() {
    #expect(axis(60, 109, offset: 0).labels.first?.text.count == 8)
    #expect(axis(3600, 109, offset: 0).labels.first?.text.count == 5)
  }
}
