import AccessLog

/// Every figure of the monitor at one moment, from which a screen is made.
package struct Snapshot: Equatable, Sendable {
  /// The last closed second, which is the log's own clock; `nil` until one has closed.
  package var closedThrough: EpochSecond?
  /// The mean rate over the last 10 closed seconds.
  package var rateNow = Rate(hits: 0, seconds: 10)
  /// The same of all traffic, where the other figures are those of what satisfies a filter.
  package var allTraffic: Rate?
  /// The state of each rule at `closedThrough`; high traffic is the first.
  package var rules = RuleCatalog.rules(AnalysisOptions()).map { $0.state(NameTables()) }
  /// The lines read, by outcome.
  package var tally = LineTally()
  /// Lines that no format has accepted so far; the tally does not include them.
  package var undecided = 0
  /// Totals of all hits, including late ones.
  package var lifetime = Traffic()
  /// The number of distinct clients of all hits, including late ones.
  package var uniqueClients = DistinctCount(0)
  /// Whether the log has latencies.
  package var isTimed = false
  /// The time of the earliest hit.
  package var first: EpochSecond?
  /// The time of the latest hit.
  package var last: EpochSecond?
  /// The transitions kept, oldest first.
  package var transitions: [AlertTransition] = []
  /// The hits of each closed second, for the chart.
  package var history = SecondSeries()
  /// The hits of each minute, also from before this run began; `nil` if they are not kept.
  package var minutes: MinuteSeries?
  /// Whether lines that an earlier run has counted are read again: which alerts are active is not known
  /// before its last second.
  package var isResuming = false
  /// The figures of the tables.
  package var table = TableFigures()
  /// What `table` was made from.
  var tableOrigin: TableOrigin?
  /// Records in quarantine because their time jumps ahead of the log; `nil` if there are none.
  package var quarantine: QuarantineFigures?
  /// The figures of each source, if they are asked for.
  package var sources: [SourceFigures] = []
  /// The source that is shown alone; `nil` if the figures are those of all.
  package var shownSource: ShownSource?
  /// What the user should know, most important first.
  package var notices: [Notice] = []

  /// The figures before the first line.
  package init() {}

  /// The rule whose mean and threshold are always shown.
  package var highTraffic: RuleState {
    get { rules[0] }
    set { rules[0] = newValue }
  }

  /// How many seconds have closed since the tables were made.
  package var tableLag: Int64 { tableOrigin?.lag(at: closedThrough) ?? 0 }

  /// The second at which the oldest active alert triggered; `nil` if none is active.
  package var alertingSince: EpochSecond? { rules.compactMap(\.activeSince).min() }
}

/// A source of several that is shown alone.
package struct ShownSource: Equatable, Sendable {
  package var name: Name
  /// The first second of the tables, and of the totals of names; `nil` if that is its first one.
  package var since: EpochSecond?

  package init(name: Name, since: EpochSecond? = nil) {
    self.name = name
    self.since = since
  }
}

/// All that the figures of the tables depend on, in brief: equal origins have equal tables.
struct TableOrigin: Equatable, Sendable {
  private let request: TableRequest
  private let closedThrough: EpochSecond?
  /// Hits that have passed the gate, including late ones, and the times of the first and the last.
  private let hits: Int
  private let first: EpochSecond?
  private let last: EpochSecond?
  /// The source that is shown alone.
  private let source: Int32?

  init(_ request: TableRequest, _ closed: ClosedTraffic, source: Int32?) {
    self.request = request
    self.source = source
    closedThrough = closed.closedThrough
    hits = closed.traffic.hits
    first = closed.first
    last = closed.last
  }

  /// How many seconds have closed since the tables were made.
  func lag(at now: EpochSecond?) -> Int64 {
    guard let now, let closedThrough else { return 0 }
    return now.seconds(since: closedThrough)
  }

  /// Whether tables of an earlier origin are recent enough.
  ///
  /// - Parameter seconds: how many seconds may have closed since.
  func accepts(_ earlier: TableOrigin, closedWithin seconds: Int64) -> Bool {
    guard self != earlier else { return true }
    guard request == earlier.request, source == earlier.source, let now = closedThrough,
      let then = earlier.closedThrough
    else { return false }
    return (0..<max(0, seconds)).contains(now.seconds(since: then))
  }
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
