import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the chart of hits per second.
struct HitRateContent: PaneContent {
  let title = "Hits per second"
  let shortTitle = "chart"

  func model(_ context: PaneContext) -> HitRateModel { HitRateModel(context) }
}

/// The chart of hits per second. Columns begin at multiples of their width, so that a column keeps its
/// value while the chart moves.
package struct HitRateModel: PaneModel {
  /// A column of the chart.
  package struct Column: Equatable, Sendable {
    /// The mean of its seconds, in hits per second; `nil` if none of them is in the history.
    package var mean: Double?
    /// The highest of its seconds, in hits per second.
    package var peak: Double?
    /// An alert was active in one of its seconds.
    package var isAlert = false
  }

  /// A label of the time axis.
  package struct Label: Equatable, Sendable {
    /// The index of the column where it begins.
    package var column: Int
    /// A time of day.
    package var text: String
  }

  /// The columns, the oldest first; empty before the first closed second.
  package var columns: [Column] = []
  /// The labels of the time axis, from left to right.
  package var labels: [Label] = []
  /// In hits per second.
  package var threshold: Double
  /// The texts in the border.
  package var frame: PaneFrame

  init(_ context: PaneContext) {
    let (snapshot, count) = (context.snapshot, context.room.chartColumns)
    threshold = snapshot.highTraffic.definition.limit.value
    let requested = context.state.span(isLive: context.isLive)
    let span = Self.seconds(requested, of: snapshot)
    frame = PaneFrame(
      context, isNumbered: false, note: Self.note(requested, seconds: span, of: snapshot))
    guard let now = snapshot.closedThrough, count > 0 else { return }
    let width = Self.columnWidth(span: span, columns: count)
    let last = now.value.floored(by: width).quotient
    let first = last - Int64(count) + 1
    if width > 1 { frame.note += ", \(Wording.exactDuration(width)) a column" }
    columns = (first...last).map { column(EpochSecond($0 * width), width, snapshot.history) }
    markAlerts(snapshot, first: first, width: width, now: now)
    labels = Self.labels(first: first, count: count, width: width, context.state.times)
  }

  /// The number of seconds that the columns cover at least.
  private static func seconds(_ span: TableWindow, of snapshot: Snapshot) -> Int64 {
    if case .last(let seconds) = span { return seconds }
    // All of the log, but no empty columns beside it.
    return min(max(60, loggedSeconds(snapshot)), SecondSeries.capacity)
  }

  /// The number of seconds from the first to the last closed one.
  private static func loggedSeconds(_ snapshot: Snapshot) -> Int64 {
    guard let first = snapshot.history.first, let last = snapshot.history.last else { return 0 }
    return last.seconds(since: first) + 1
  }

  private static func note(
    _ span: TableWindow, seconds: Int64, of snapshot: Snapshot
  ) -> String {
    let length = Wording.roundedDuration(seconds < 120 ? seconds : seconds / 60 * 60)
    guard case .all = span else { return "last " + length }
    let logged = loggedSeconds(snapshot)
    guard logged > seconds else { return "all, " + length }
    return "last \(length) of \(Wording.roundedDuration(logged))"
  }

  /// The number of seconds per column, chosen so that round times are evenly spaced.
  static func columnWidth(span: Int64, columns: Int) -> Int64 {
    let widths: [Int64] = [
      1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 3600,
    ]
    // The newest column is only partly filled.
    let others = Int64(max(1, columns - 1))
    let minimum = (max(1, span) - 1) / others + 1
    return widths.first { $0 >= minimum } ?? minimum
  }

  private func column(_ start: EpochSecond, _ width: Int64, _ history: SecondSeries) -> Column {
    var total = 0
    var peak = 0
    var closed = 0
    for step in 0..<width {
      guard let hits = history[start.advanced(by: step)] else { continue }
      total += hits.hits
      peak = max(peak, hits.hits)
      closed += 1
    }
    guard closed > 0 else { return Column() }
    return Column(mean: Double(total) / Double(closed), peak: Double(peak))
  }

  private mutating func markAlerts(
    _ snapshot: Snapshot, first: Int64, width: Int64, now: EpochSecond
  ) {
    let start = EpochSecond(first * width)
    func mark(_ from: EpochSecond, _ to: EpochSecond) {
      guard to >= start else { return }
      let low = max(0, from.value.floored(by: width).quotient - first)
      let high = min(Int64(columns.count) - 1, to.value.floored(by: width).quotient - first)
      guard low <= high else { return }
      for index in Int(low)...Int(high) { columns[index].isAlert = true }
    }
    if let since = snapshot.alertingSince { mark(since, now) }
    for transition in snapshot.transitions.reversed() {
      guard transition.second >= start else { break }
      if case .recovered(let since) = transition.change {
        mark(since, transition.second.advanced(by: -1))
      }
    }
  }

  private static func labels(
    first: Int64, count: Int, width: Int64, _ times: TimeDisplay
  ) -> [Label] {
    let steps: [Int64] = [
      10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600,
    ]
    // The columns of a label and a gap; a label with seconds is longer.
    let fitting = steps.filter { $0 / width >= ($0 < 60 ? 14 : 10) }
    let step = fitting.first { $0 % width == 0 } ?? fitting.first ?? 43_200
    let offset = Int64(times.offset(EpochSecond(first * width)))
    var labels: [Label] = []
    for column in 0..<count {
      let start = (first + Int64(column)) * width + offset
      let past = start.floored(by: step).remainder
      guard past < width, past == 0 || width > 1 || step < width else { continue }
      let text = times.clock(EpochSecond(start - past - offset))
      labels.append(Label(column: column, text: step < 60 ? text : String(text.prefix(5))))
    }
    return labels
  }
}
