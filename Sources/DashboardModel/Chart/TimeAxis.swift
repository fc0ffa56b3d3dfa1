import AccessLog
import TrafficAnalysis

/// The times below a chart, at round times.
struct TimeAxis {
  private static let steps: [Int64] = [
    10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  ]
  /// The steps of a chart of days, in days. Weeks begin on Mondays.
  private static let daySteps: [Int64] = [1, 2, 7, 14, 28]
  /// The columns of a date, `17 Feb`, and of one with its weekday, each with two blanks.
  private static let (dateWidth, weekdayWidth): (Int64, Int64) = (8, 12)

  /// The labels, from left to right.
  let labels: [ChartModel.Label]

  init(_ span: ChartSpan, _ times: TimeDisplay) {
    labels = span.showsDays ? Self.days(span, times) : Self.clockTimes(span, times)
  }

  private static func clockTimes(_ span: ChartSpan, _ times: TimeDisplay) -> [ChartModel.Label] {
    // A label with seconds is longer.
    let fitting = steps.first { $0 / span.width >= ($0 < 60 ? 14 : 10) }
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
    return labels
  }

  /// The dates of midnights, each with the offset that its zone has then.
  private static func days(_ span: ChartSpan, _ times: TimeDisplay) -> [ChartModel.Label] {
    func day(_ second: EpochSecond) -> Int64 {
      (second.value + Int64(times.offset(second))).floored(by: 86_400).quotient
    }
    let step = daySteps.first { $0 * 86_400 / span.width >= dateWidth } ?? 28
    let hasRoom = step * 86_400 / span.width >= weekdayWidth
    var labels: [ChartModel.Label] = []
    var before = day(span.range.lowerBound.advanced(by: -1))
    for column in 0..<span.count {
      let last = span.seconds(ofColumn: column).upperBound
      let current = day(last)
      defer { before = current }
      // The first day of 1970 was a Thursday: a Monday was four days later.
      let past = (current - 4).floored(by: step).remainder
      guard current - past > before else { continue }
      // The zone is in the number of the day.
      let midnight = EpochSecond((current - past) * 86_400)
      let text =
        hasRoom
        ? TimeDisplay.utc.shortDate(midnight, withYear: false) : TimeDisplay.utc.day(midnight)
      labels.append(ChartModel.Label(column: column, text: text))
    }
    return labels
  }
}
