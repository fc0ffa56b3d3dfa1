import AccessLog

/// About how much memory a copy of an analysis takes, in bytes, once the original has gone on.
package struct Footprint: Equatable, Sendable {
  /// What changes all the time, and so is soon the copy's own.
  package var own = 0
  /// The names of the recent seconds: copies share those of the seconds that they have in common.
  package var recent = 0
  /// How many log seconds these are.
  package var recentSeconds: Int64 = 0
}

extension TrafficAnalyzer {
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
