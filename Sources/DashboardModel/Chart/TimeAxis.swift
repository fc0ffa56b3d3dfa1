import AccessLog
import TrafficAnalysis

/// The times below a chart, at round times.
struct TimeAxis {
  private static let steps: [Int64] = [
    10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  ]

  /// The labels, from left to right.
  let labels: [ChartModel.Label]

  init(_ span: ChartSpan, _ times: TimeDisplay) {
    // A label with seconds is longer.
    let fitting = Self.steps.first { $0 / span.width >= ($0 < 60 ? 14 : 10) }
    let step = fitting ?? 86_400
    let offset = Int64(times.offset(span.range.lowerBound))
    var labels: [ChartModel.Label] = []
    for column in 0..<span.count {
      let seconds = span.seconds(ofColumn: column)
      let last = seconds.upperBound.value + offset
      let past = last.floored(by: step).remainder
      guard past < span.width else { continue }
      let text = times.clock(EpochSecond(last - past - offset))
      labels.append(
        ChartModel.Label(column: column, text: step < 60 ? text : String(text.prefix(5))))
    }
    self.labels = labels
  }
}
