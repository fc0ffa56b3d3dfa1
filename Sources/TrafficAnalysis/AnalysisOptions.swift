import AccessLog

/// The options that determine the figures. All lengths are in seconds.
package struct AnalysisOptions: Equatable, Sendable {
  /// The length of a reported interval; at least 1.
  package var statsInterval: Int64 = 10
  /// The length of the alert window; at least 1.
  package var alertWindow: Int64 = 120
  /// The mean rate above which the high-traffic alert triggers.
  package var threshold = Threshold(whole: 10)
  /// How long a second stays open for records that arrive out of order.
  package var lateness: Int64 = 2
  /// How far a record may be ahead of the log before it is quarantined.
  package var maxJump: Int64 = 60
  /// How long a live log may be quiet before its clock runs on without records.
  package var idleGrace: Int64 = 10
  /// Extends the idle grace automatically for a server that writes its log in blocks.
  package var adaptsIdleGrace = true
  /// The number of rows in a reported ranking.
  package var top = 10
  /// The number of rows in each ranking of a minute; `nil` to report no minutes.
  package var minuteRows: Int?
  /// Whether every closed second is emitted as an event, and neither intervals nor alerts are.
  package var reportsSeconds = false
  /// The dimensions that are ranked besides those that always are.
  package var ranked: DimensionSet = []
  /// Records outside of it are ignored.
  package var range = TimeRange()
  /// Records that do not satisfy it only move the clock; `nil` to count all.
  package var filter: Condition?
  /// Whether the filter is a view: snapshots show what satisfies it, while rules and events are those of
  /// all traffic.
  package var filterIsView = false
  /// The rules besides the high-traffic rule, each of another name.
  package var rules: [RuleDefinition] = []
  /// Whether the high-traffic rule alerts.
  package var alertsOnHighTraffic = true
  /// Whether rules are judged at all. The dimensions that they need are counted anyway.
  var judgesRules = true
  /// Whether snapshots will be taken. Otherwise nothing is kept for tables and the chart: neither the
  /// names of the last hour and of the whole log, nor the hits of each second.
  package var isForDisplay = true
  /// Whether the last seconds of each source are kept, so that one of them can be shown alone.
  package var keepsSources = false
  /// The memory for them, all sources together, in bytes.
  package var sourceMemory = 32 << 20
  /// Whether the lines of hits are emitted as events.
  package var keepsLines = false
  /// Whether the figures of the whole log are reported at its end.
  package var reportsTotals = false
  /// Whether `TrafficCounters` will be asked for.
  package var keepsCounters = false
  /// The number of seconds with hits that may be open. Beyond it the earliest closes before its
  /// lateness is over, which happens only with a lateness of more than a day.
  package var openSecondLimit = 1 << 17
  /// Whether the source is followed, so that more lines may come after its end.
  package var following = false

  package init() {}

  /// Whether records that do not satisfy the filter count nowhere.
  var appliesFilter: Bool { filter != nil && !filterIsView }

  /// The options of the analysis that is shown, if that is another one than the one that alerts.
  var viewOptions: AnalysisOptions? {
    guard filter != nil, filterIsView else { return nil }
    var options = self
    options.filterIsView = false
    options.judgesRules = false
    options.keepsCounters = false
    return options
  }

  /// The rules in the form in which they are counted.
  package var rulePlan: RulePlan { RulePlan(filter: filter, filterIsView: filterIsView, rules) }

  /// The dimensions in which hits have names: those that are ranked, and those that rules need.
  package var named: DimensionSet { ranked.union(rulePlan.dimensions) }

  /// What is counted of hits besides their totals.
  var countedFacts: CountedFacts {
    let plan = rulePlan
    return CountedFacts(ranked.union(plan.dimensions), judgesRules ? plan.measures : [])
  }

  /// Whether rules ask for lines.
  var asksForLines: Bool { judgesRules && rules.contains { $0.metric.isOfLines } }

  /// Whether the names of the whole log are kept.
  var keepsTotals: Bool { isForDisplay || reportsTotals || keepsCounters }

  /// Whether intervals report the names of each dimension.
  var reported: PerDimension<Bool> {
    PerDimension(named) { $0.profile.isAlwaysReported || ranked.contains($0) }
  }
}
