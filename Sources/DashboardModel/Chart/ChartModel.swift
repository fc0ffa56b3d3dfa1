import AccessLog
import Messages
import TrafficAnalysis

/// The pane with the chart of hits per second.
struct ChartContent: PaneContent {
  let keys = [
    KeyHint("Left Right", "time cursor"), KeyHint("c", "span"), KeyHint("a", "next alert"),
    KeyHint("z", "zoom"),
  ]

  func model(_ context: PaneContext) -> ChartModel { ChartModel(context) }
}

/// The chart of hits per second.
package struct ChartModel: PaneModel {
  /// A column of the chart.
  package struct Column: Equatable, Sendable {
    /// What is known of its seconds.
    package enum State: Equatable, Sendable { case known, unknown, future }

    package var state = State.unknown
    /// The mean of its known seconds, in hits per second.
    package var mean = 0.0
    /// The part of the mean that is client errors.
    package var clientErrors = 0.0
    /// The part of the mean that is server errors.
    package var serverErrors = 0.0
    /// The highest of its seconds, in hits per second; `nil` for a column of one second.
    package var peak: Double?
    /// The mean over the alert window at its last known second, in hits per second.
    package var windowMean: Double?
    /// The number of its seconds that are known.
    package var knownSeconds: Int64 = 0
    /// The seconds of its first half, and of its second half, in which an alert was active.
    package var alertSeconds: [Int64] = [0, 0]
    /// All seconds in which an alert was active.
    package var activeSeconds: Int64 { alertSeconds[0] + alertSeconds[1] }
    /// An alert was active in at least half of its known seconds.
    package var isAlert = false
  }

  /// A text below the chart.
  package struct Label: Equatable, Sendable {
    /// The index of the column that it belongs to.
    package var column: Int
    package var text: String
  }

  /// The columns, the oldest first; empty before the first closed second.
  package var columns: [Column] = []
  /// Seconds per column.
  package var width: Int64 = 1
  /// The times of the axis, from left to right.
  package var times: [Label] = []
  /// The beginnings of alerts, from left to right.
  package var alerts: [Label] = []
  /// In hits per second; `nil` if no rule limits the rate of all hits.
  package var threshold: Double?
  /// The column that the cursor is in.
  package var cursor: Int?
  package var frame: PaneFrame

  init(_ context: PaneContext) {
    let (snapshot, state) = (context.snapshot, context.state)
    let selected = state.selectedRule(in: snapshot)
    let lineRule = selected.flatMap { $0.limitsTotalRate ? $0 : nil } ?? snapshot.highTraffic
    let window = lineRule.definition.window
    if selected?.limitsTotalRate ?? !lineRule.isSilent {
      threshold = lineRule.definition.limit.value
    }
    let requested = state.span(isLive: context.isLive)
    let span = state.chartSpan(
      snapshot.history, columns: context.room.columns, isLive: context.isLive)
    frame = PaneFrame(context, title: "hits per second", note: Self.note(requested, span))
    frame.legend = Self.legend(window: window, hasThreshold: threshold != nil, selected)
    frame.readout = Self.readout(selected)
    guard let kept = snapshot.history.kept, context.room.columns > 0 else { return }
    width = span.width
    columns = Self.columns(span, snapshot.history, window: window)
    let spans = AlertSpans(
      snapshot, through: kept.upperBound, of: selected?.definition.name)
    alerts = spans.mark(&columns, span).map {
      Label(column: $0.column, text: "alert " + state.times.clock($0.second))
    }
    times = TimeAxis(span, state.times).labels
    if let cursor = state.cursor {
      self.cursor = span.column(of: cursor)
      frame.readout = MomentText(snapshot.table.moment, state.times).words + frame.readout
    }
  }

  private static func legend(
    window: Int64, hasThreshold: Bool, _ selected: RuleState?
  ) -> [Words] {
    var legend = [
      Words("5xx", .alert), Words("4xx", .warning), Words("other", .accent),
      Words("mean \(Wording.exactDuration(window))", .strong),
    ]
    if hasThreshold {
      legend.append(
        Words(selected.map { RuleText($0.definition).shortName } ?? "threshold", .muted))
    }
    return legend
  }

  /// Below the strip of alerts: whose they are, if they are not those of all rules.
  private static func readout(_ selected: RuleState?) -> [Words] {
    selected.map {
      [Words("alerts of " + RuleText($0.definition).shortName)]
    } ?? []
  }

  private static func note(_ requested: TableWindow, _ span: ChartSpan) -> String {
    let length = Wording.roundedDuration(
      span.seconds < 120 ? span.seconds : span.seconds / 60 * 60)
    let column = span.width > 1 ? ", \(Wording.roundedDuration(span.width)) a column" : ""
    return (requested == .all && span.seconds < SecondSeries.capacity ? "all, " : "last ") + length
      + column
  }

  /// The columns with their figures. Every second is visited once.
  private static func columns(
    _ span: ChartSpan, _ history: SecondSeries, window: Int64
  ) -> [Column] {
    var columns = [Column](repeating: Column(), count: span.count)
    guard let kept = history.kept else { return columns }
    var sums = [SecondTotals](repeating: SecondTotals(), count: span.count)
    var peaks = [Int](repeating: 0, count: span.count)
    var known = [Int64](repeating: 0, count: span.count)
    let (from, to) = (span.range.lowerBound, span.range.upperBound)
    var mean = SlidingSum(window: window)
    history.forEach(from: from.advanced(by: -window), through: to) { second, totals in
      mean.add(totals.hits)
      let index = span.column(of: second)
      guard second >= from, index < span.count else { return }
      sums[index] += totals
      peaks[index] = max(peaks[index], totals.hits)
      known[index] += 1
      columns[index].windowMean = Double(mean.sum) / Double(window)
    }
    for index in columns.indices {
      guard known[index] > 0 else {
        let start = span.seconds(ofColumn: index).lowerBound
        columns[index].state = start > kept.upperBound ? .future : .unknown
        continue
      }
      let seconds = Double(known[index])
      columns[index].knownSeconds = known[index]
      columns[index].state = .known
      columns[index].mean = Double(sums[index].hits) / seconds
      columns[index].clientErrors = Double(sums[index].clientErrors) / seconds
      columns[index].serverErrors = Double(sums[index].serverErrors) / seconds
      if span.width > 1 { columns[index].peak = Double(peaks[index]) }
    }
    return columns
  }
}

/// The sum of the last values of a sequence.
private struct SlidingSum {
  private var ring: [Int]
  private var next = 0
  private(set) var sum = 0

  init(window: Int64) {
    // A longer window than all that is kept has the same sum.
    ring = Array(repeating: 0, count: Int(max(1, min(window, SecondSeries.capacity))))
  }

  mutating func add(_ value: Int) {
    sum += value - ring[next]
    ring[next] = value
    next = next + 1 == ring.count ? 0 : next + 1
  }
}
