import AccessLog

/// Every figure of the monitor at one moment, from which a screen is made.
package struct Snapshot: Equatable, Sendable {
  /// The last closed second, which is the log's own clock; `nil` until one has closed.
  package var closedThrough: EpochSecond?
  /// The mean rate over the last 10 closed seconds.
  package var rateNow = Rate(hits: 0, seconds: 10)
  /// The state of each rule at `closedThrough`; high traffic is the first.
  package var rules = RuleCatalog.rules(AnalysisOptions()).map(\.state)
  /// The lines read, by outcome.
  package var tally = LineTally()
  /// Lines that no format has accepted so far; the tally does not include them.
  package var undecided = 0
  /// Totals of all hits, including late ones.
  package var lifetime = Traffic()
  /// The time of the earliest hit.
  package var first: EpochSecond?
  /// The time of the latest hit.
  package var last: EpochSecond?
  /// The transitions kept, oldest first.
  package var transitions: [AlertTransition] = []
  /// The hits of each closed second, for the chart.
  package var history = SecondSeries()
  /// The figures of the tables.
  package var table = TableFigures()
  /// Records in quarantine because their time jumps ahead of the log; `nil` if there are none.
  package var quarantine: QuarantineFigures?
  /// What the user should know, most important first.
  package var notices: [Notice] = []

  /// The figures before the first line.
  package init() {}

  /// The rule whose mean and threshold are always shown.
  package var highTraffic: RuleState {
    get { rules[0] }
    set { rules[0] = newValue }
  }

  /// The second at which the oldest active alert triggered; `nil` if none is active.
  package var alertingSince: EpochSecond? { rules.compactMap(\.activeSince).min() }
}

/// The records held back by the clock guard.
package struct QuarantineFigures: Equatable, Sendable {
  /// The number of records in quarantine.
  package var records: Int
  /// Records in order since the quarantine was last empty.
  package var ordinary: Int
  /// The earliest time in quarantine.
  package var earliest: EpochSecond

  package init(records: Int, ordinary: Int, earliest: EpochSecond) {
    self.records = records
    self.ordinary = ordinary
    self.earliest = earliest
  }
}
