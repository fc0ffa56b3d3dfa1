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
    /// The highest of its seconds, in hits per second, or of its minutes where only these are drawn; `nil`
    /// for a column of one second.
    package var peak: Double?
    /// The mean over the alert window at its last known second, in hits per second; `nil` over days.
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
      snapshot, columns: context.room.columns, isLive: context.isLive)
    frame = PaneFrame(context, title: "hits per second", note: Self.note(requested, span))
    frame.legend = Self.legend(
      window: span.showsDays ? nil : window, hasThreshold: threshold != nil, selected)
    frame.readout = Self.readout(selected)
    guard let known = snapshot.charted, context.room.columns > 0 else { return }
    width = span.width
    columns = ChartColumns(span, snapshot, window: window).columns
    let spans = AlertSpans(
      snapshot, through: known.upperBound, in: span.range, of: selected?.definition.name)
    alerts = spans.mark(&columns, span).map {
      Label(column: $0.column, text: "alert " + Self.time(of: $0.second, span, state.times))
    }
    times = TimeAxis(span, state.times).labels
    if let cursor = state.cursor {
      let index = span.column(of: cursor)
      self.cursor = index
      let column = columns.indices.contains(index) ? columns[index] : Column()
      var moment = snapshot.table.moment
      if snapshot.minutes != nil { moment = moment?.completed(by: column, window: window) }
      frame.readout = MomentText(moment, state.times, now: known.upperBound).words + frame.readout
    }
    if let saved = context.historySaved {
      frame.footnote = "history saved " + String(state.times.clock(saved).prefix(5))
    }
  }

  /// When an alert began; over days with the day.
  private static func time(
    of second: EpochSecond, _ span: ChartSpan, _ times: TimeDisplay
  ) -> String {
    let clock = times.clock(second)
    return span.showsDays ? times.day(second) + " " + clock.prefix(5) : clock
  }

  private static func legend(
    window: Int64?, hasThreshold: Bool, _ selected: RuleState?
  ) -> [Words] {
    var legend = [Words("5xx", .alert), Words("4xx", .warning), Words("other", .accent)]
    if let window { legend.append(Words("mean \(Wording.exactDuration(window))", .strong)) }
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
    let length =
      span.showsDays
      ? "\(span.seconds / 86_400) d"
      : Wording.roundedDuration(span.seconds < 120 ? span.seconds : span.seconds / 60 * 60)
    let column = span.width > 1 ? ", \(Wording.roundedDuration(span.width)) a column" : ""
    return (requested == .all && span.seconds < SecondSeries.capacity ? "all, " : "last ") + length
      + column
  }
}
