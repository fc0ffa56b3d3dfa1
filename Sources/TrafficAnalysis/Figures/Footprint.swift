import AccessLog

/// The approximate memory used by a copy of an analyzer, in bytes, once the original has changed.
package struct Footprint: Equatable, Sendable {
  /// Memory that changes continually and is therefore soon not shared any more.
  package var own = 0
  /// The names of the recent seconds, which copies share for the seconds that they have in common.
  package var recent = 0
  /// The length of the recent seconds, in log seconds.
  package var recentSeconds: Int64 = 0
}

extension TrafficAnalyzer {
  /// The memory used by a copy of the analyzer.
  package var footprint: Footprint {
    var footprint = closed.footprint
    footprint.own += names.footprint + intake.footprint
    return footprint
  }
}

extension ClosedTraffic {
  var footprint: Footprint {
    var footprint = recent.footprint
    footprint.own +=
      rankings.footprint + interval.footprint + SecondSeries.footprint
      + transitions.count * MemoryLayout<AlertTransition>.stride
    return footprint
  }
}
