import AccessLog

/// The approximate memory used by a copy of an analyzer, in bytes, once the original has changed.
package struct Footprint: Equatable, Sendable {
  /// What is kept for the last seconds. Copies share it for the seconds that they have in common.
  package struct Shared: Equatable, Sendable {
    package var bytes = 0
    /// The length of those seconds, in log seconds.
    package var seconds: Int64 = 0

    package init() {}

    /// The part that a copy from `gap` seconds later does not share.
    package func unshared(after gap: Int64) -> Int {
      seconds > 0 ? Int(Double(bytes) * min(1, Double(gap) / Double(seconds))) : bytes
    }
  }

  /// Memory that changes continually and is therefore soon not shared any more.
  package var own = 0
  /// The names of the recent seconds.
  package var shared: [Shared] = []
}

extension TrafficAnalyzer {
  /// The memory used by a copy of the analyzer.
  package var footprint: Footprint {
    var footprint = closed.footprint
    footprint.own +=
      names.footprint + joiner.footprint + separate.footprint
      + batchNames.footprint
    if hasView {
      let view = shown.footprint
      footprint.own += view.own
      footprint.shared += view.shared
    }
    return footprint
  }
}
