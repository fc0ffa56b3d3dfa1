import AccessLog

/// What an action is told, in the order in which the seconds closed.
///
/// At the same second a gap comes before an alert, and an alert before an interval.
package enum MonitorEvent: Equatable, Sendable {
  /// Once the format of every source is known (or at the end, where it never is).
  case start(sources: [SourceFormat])
  case interval(IntervalReport)
  /// No hit in `from ..< to`, whole intervals, after one with a hit.
  case gap(from: EpochSecond, to: EpochSecond)
  case alert(AlertTransition)
  /// A notice became true. It comes where it became known, not where the lines are shown, and again
  /// each time it becomes true anew. People are told of it at once; it is no part of the report.
  case notice(Notice)
  /// The last event.
  case end(EndReport)

  /// An alert that triggered.
  package var isTrigger: Bool {
    if case .alert(let transition) = self { transition.change == .triggered } else { false }
  }
}

/// A source and the format its lines are read in; `nil` where none was found.
package struct SourceFormat: Equatable, Sendable {
  package var path: Name
  package var format: String?

  package init(path: Name, format: String?) {
    self.path = path
    self.format = format
  }
}

/// The statistics of one interval `from ..< to`, late hits left out.
package struct IntervalReport: Equatable, Sendable {
  package var from: EpochSecond
  package var to: EpochSecond
  package var traffic: Traffic
  /// The first so many by hits.
  package var rankings: PerDimension<[RankedName]>
  /// The input stopped before the last second of the interval had closed.
  package var partial: Bool

  /// Mean hits per second over the whole interval, also of a partial one.
  package var rate: Rate { Rate(hits: traffic.hits, seconds: to.seconds(since: from)) }

  package init(
    from: EpochSecond, to: EpochSecond, traffic: Traffic,
    rankings: PerDimension<[RankedName]>, partial: Bool
  ) {
    self.from = from
    self.to = to
    self.traffic = traffic
    self.rankings = rankings
    self.partial = partial
  }
}

/// What was read in all.
package struct EndReport: Equatable, Sendable {
  package var tally: LineTally
  /// Times of the earliest and the latest hit, late ones included; `nil` without any.
  package var first: EpochSecond?
  package var last: EpochSecond?
  /// What the operator should know of the log's times.
  package var notices: [Notice]

  package init(
    tally: LineTally, first: EpochSecond?, last: EpochSecond?, notices: [Notice] = []
  ) {
    self.tally = tally
    self.first = first
    self.last = last
    self.notices = notices
  }
}
