import AccessLog

/// Every figure of the monitor at one moment: a plain value, taken at most once a tick, from which
/// a screen is made. Nothing in it changes afterwards.
package struct Snapshot: Equatable, Sendable {
  /// The last closed second, the log's own clock; `nil` until one has closed.
  package var closedThrough: EpochSecond?
  /// Mean of the last 10 closed seconds.
  package var rateNow = Rate(hits: 0, seconds: 10)
  /// Where each rule stands at `closedThrough`; high traffic is the first.
  package var rules = RuleCatalog.rules(AnalysisOptions()).map(\.state)
  package var tally = LineTally()
  /// Lines that no format has accepted so far; the tally does not hold them yet.
  package var undecided = 0
  /// Over all hits, late ones included.
  package var lifetime = Traffic()
  /// Times of the earliest and the latest hit.
  package var first: EpochSecond?
  package var last: EpochSecond?
  /// Every transition kept, oldest first.
  package var transitions: [AlertTransition] = []
  /// Transitions that are no longer kept, being over the limit.
  package var droppedTransitions = 0
  /// Hits of each closed second, for the chart.
  package var history = SecondSeries()
  /// What the tables show.
  package var table = TableFigures()
  /// Records set aside because their time jumps ahead of the log; `nil` when there are none.
  package var quarantine: QuarantineFigures?
  /// Things the operator should know, most important first.
  package var notices: [Notice] = []

  package init() {}

  /// The rule whose mean and threshold are always shown.
  package var highTraffic: RuleState {
    get { rules[0] }
    set { rules[0] = newValue }
  }

  /// The second since which an alert is up; `nil` while none is.
  package var alertingSince: EpochSecond? { rules.compactMap(\.activeSince).min() }
}

/// The stretch of time that the tables show.
package enum TableWindow: Equatable, Hashable, Sendable {
  /// The last so many closed seconds.
  case last(seconds: Int64)
  /// Everything read, late hits included.
  case all
}

/// The tables over one window: totals and rankings, ordered by hits, then by name bytewise.
package struct TableFigures: Equatable, Sendable {
  package var window = TableWindow.last(seconds: 10)
  /// What rates in the table are divided by: the window, or for `all` the span of the log.
  package var seconds: Int64 = 10
  package var traffic = Traffic()
  /// The rows that were asked for.
  package var rankings = PerDimension(repeating: RankedRows())
  /// Where names are no longer kept for the whole window, how far back they reach, in seconds.
  package var namesReachBack: Int64?

  package init() {}
}

/// What is held back by the guard against a bad clock.
package struct QuarantineFigures: Equatable, Sendable {
  package var records: Int
  /// Records in order since it was last empty.
  package var ordinary: Int
  package var earliest: EpochSecond
  package var latest: EpochSecond

  package init(records: Int, ordinary: Int, earliest: EpochSecond, latest: EpochSecond) {
    self.records = records
    self.ordinary = ordinary
    self.earliest = earliest
    self.latest = latest
  }
}
