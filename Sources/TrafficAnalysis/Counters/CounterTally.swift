import AccessLog

/// What `TrafficCounters` need besides what every run counts.
struct CounterTally: Sendable {
  private(set) var latencies = LatencyHistogram()
  /// The hits of the last seconds.
  private(set) var recent = RecentTotals()

  /// The memory used, in bytes.
  var footprint: Int { recent.footprint }

  /// Adds a closed second.
  mutating func add(_ second: SecondView) {
    recent.append(second.totals, at: second.second)
    if let counts = second.latencies { latencies.add(counts) }
  }

  /// Adds the latencies of late hits.
  mutating func add(late counts: SecondLatencies) { latencies.add(counts) }
}

extension ClosedTraffic {
  /// The counters as of the last closed second.
  ///
  /// - Parameter sections: the number of sections at most.
  /// - Complexity: O(sections of the whole run + names that rules judge)
  func counters(sections: Int, _ names: NameTables) -> TrafficCounters {
    var counters = TrafficCounters()
    counters.closedThrough = closedThrough
    counters.traffic = traffic
    counters.late = tally.late
    counters.rejected = tally.rejected
    counters.ignored = tally.ignored
    counters.filtered = tally.filtered
    counters.uniqueClients = rankings.uniqueClients
    counters.sections = rankings.with(.section) { $0.top(sections, names: names[.section]) }
    if let counted {
      counters.latencies = counted.latencies
      if let closedThrough {
        counters.rate.hits = counted.recent.total(10, through: closedThrough).hits
      }
    }
    for state in rules.map({ $0.state(names) }) where !state.isSilent {
      let triggers = triggers[state.definition.name] ?? 0
      counters.rules.append(TrafficCounters.CountedRule(state: state, triggers: triggers))
    }
    return counters
  }
}

extension TrafficAnalyzer {
  /// What has been counted so far, of all traffic: a filter that is a view changes nothing.
  ///
  /// - Parameters:
  ///   - sections: the number of sections at most.
  ///   - includingPending: includes lines that are not hits as soon as they are read, so that a log
  ///     without a single hit is not silent.
  package func counters(sections: Int, includingPending: Bool) -> TrafficCounters {
    var counters = closed.counters(sections: sections, names)
    guard includingPending else { return counters }
    for source in joiner.sources {
      let pending = source.intake.unpoppedDelta.tally
      counters.rejected += pending.rejected
      counters.ignored += pending.ignored
      counters.filtered += pending.filtered
    }
    return counters
  }
}
