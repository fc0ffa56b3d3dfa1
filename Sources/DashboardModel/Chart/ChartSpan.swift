import AccessLog
import TrafficAnalysis

/// The seconds that a chart shows, in columns. Columns begin at multiples of their width, and the chart
/// moves by several columns at once: what is on the screen keeps its place for as long as possible.
struct ChartSpan: Equatable {
  /// The greatest part of the columns that is empty at the right, as the divisor of their number.
  private static let jumpDivisor = 10

  /// Seconds per column.
  let width: Int64
  /// The number of the first column: its first second divided by the width.
  let first: Int64
  /// The number of columns.
  let count: Int
  /// The seconds that are asked for.
  let seconds: Int64

  /// - Parameters:
  ///   - span: the last seconds, or the whole log.
  ///   - history: the seconds that are known.
  ///   - end: the last second of the chart if none of these is known.
  ///   - count: the number of columns.
  ///   - isLive: whether more seconds will come.
  init(
    _ span: TableWindow, _ history: SecondSeries, end: EpochSecond? = nil, columns count: Int,
    isLive: Bool
  ) {
    let logged = history.kept.map { $0.upperBound.seconds(since: $0.lowerBound) + 1 } ?? 0
    seconds =
      switch span {
      case .last(let seconds): seconds
      case .all where history.last == nil && end != nil: SecondSeries.capacity
      case .all: max(60, logged)
      }
    let count = max(1, count)
    let jump = isLive ? max(1, Int64(count / Self.jumpDivisor)) : 1
    // The newest column is only partly filled.
    let others = max(1, Int64(count) - jump)
    let narrowest = (max(1, seconds) - 1) / others + 1
    // Over days, columns hold whole minutes, and their length can be said in a few words.
    let unit: Int64 = seconds > SecondSeries.capacity ? 600 : 1
    width = ((narrowest - 1) / unit + 1) * unit
    let last = ((history.last ?? end)?.value ?? 0).floored(by: width).quotient
    let end = (last.floored(by: jump).quotient + 1) * jump
    first = end - Int64(count)
    self.count = count
  }

  /// The seconds of the column with an index from the left.
  func seconds(ofColumn index: Int) -> ClosedRange<EpochSecond> {
    let start = EpochSecond((first + Int64(index)) * width)
    return start...start.advanced(by: width - 1)
  }

  /// Whether it shows more than the seconds of a run that are kept, so that its axis is of days.
  var showsDays: Bool { seconds > SecondSeries.capacity }

  /// The index of the column that holds a second, which may lie outside of the chart.
  func column(of second: EpochSecond) -> Int {
    Int(clamping: second.value.floored(by: width).quotient - first)
  }

  /// All seconds of the chart.
  var range: ClosedRange<EpochSecond> {
    seconds(ofColumn: 0).lowerBound...seconds(ofColumn: count - 1).upperBound
  }
}
