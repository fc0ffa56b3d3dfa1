import AccessLog

/// What has been counted since the start of the run, and what holds now. Everything is as of the last
/// closed second, as in reports, so that the counters equal the sums of what has been reported.
package struct TrafficCounters: Equatable, Sendable {
  /// The last closed second; `nil` before the first.
  package var closedThrough: EpochSecond?
  /// The hits of all closed seconds, and the late ones.
  package var traffic = Traffic()
  /// The late hits among them.
  package var late = 0
  /// Rejected lines, by reason.
  package var rejected = RejectionCounts()
  /// Lines that are neither hits nor rejected, as `LineTally.ignored`.
  package var ignored = 0
  /// Ignored records that do not satisfy the filter.
  package var filtered = 0
  /// Lines that no format has accepted so far, which are not counted anywhere else.
  package var undecided = 0
  /// The mean rate over the last ten closed seconds.
  package var rate = Rate(hits: 0, seconds: 10)
  /// The number of distinct clients.
  package var uniqueClients = DistinctCount(0)
  /// The sections with the most hits, ordered by hits, then bytewise by name.
  package var sections: [RankedName] = []
  /// The hits by latency.
  package var latencies = LatencyHistogram()
  /// The rules that can alert, in the order of the options.
  package var rules: [CountedRule] = []

  /// A rule with the number of its alerts.
  package struct CountedRule: Equatable, Sendable {
    package var state: RuleState
    /// How many alerts of it have triggered, those of all names together.
    package var triggers: Int

    package init(state: RuleState, triggers: Int) {
      self.state = state
      self.triggers = triggers
    }
  }

  /// The counters before the first line.
  package init() {}

  /// The lines whose outcome is counted: `hits + rejected + ignored`.
  package var lines: Int { traffic.hits + rejected.total + ignored }
}
