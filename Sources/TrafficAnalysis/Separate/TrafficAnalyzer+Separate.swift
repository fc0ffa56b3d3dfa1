import AccessLog

// One source of several, shown alone.

extension TrafficAnalyzer {
  /// Whether a source can be shown alone: there are several, and their seconds are kept.
  package var canShowSource: Bool { options.keepsSources && sourceNames.count > 1 }

  /// Lets snapshots show a source alone, or all of them with `nil`. Rules and events stay those of all.
  ///
  /// The figures of the chart go back as far as the totals of the source are kept, those of the tables as
  /// far as the names of all sources are.
  ///
  /// - Complexity: O(seconds that are kept of all sources)
  package mutating func showSource(_ source: Int?) {
    if hasView { return updateView { $0.showSource(source) } }
    guard let source, canShowSource else { return separate.showAll() }
    separate.show(
      joiner[source].id, from: joiner[source].intake.clock.firstOpen, joiner[source].recent,
      through: closed.closedThrough, names)
  }

  /// The index of the source that is shown alone; `nil` if all are shown.
  package var shownSource: Int? {
    shown.separate.shown.flatMap { shown.joiner.index(of: $0.id) }
  }

  /// The traffic that snapshots show: that of all sources or of one.
  var shownTraffic: ClosedTraffic {
    _read { if let one = separate.shown { yield one.closed } else { yield closed } }
  }
}
