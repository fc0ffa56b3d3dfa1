import AccessLog
import TrafficAnalysis

extension Pipeline {
  /// What has been counted so far. See `TrafficAnalyzer.counters`.
  package func counters(sections: Int, includingPending: Bool) -> TrafficCounters {
    var counters = analyzer.counters(sections: sections, includingPending: includingPending)
    counters.undecided = sources.reduce(0) { $0 + $1.parser.undecided }
    return counters
  }

  /// Whether lines have been read, and none of any source matched a format.
  package var matchesNothing: Bool {
    let isAnyUnmatched = sources.contains { $0.parser.unmatched != nil }
    return isAnyUnmatched && !sources.contains { $0.parser.matchedAnything }
  }
}
