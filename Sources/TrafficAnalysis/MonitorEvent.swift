import AccessLog

/// An event that is delivered to actions, in the order in which seconds close.
///
/// At the same second, gaps come before alerts, and alerts before intervals.
package enum MonitorEvent: Equatable, Sendable {
  /// The first event, once the format of every source is known, or at the end if it never is.
  case start(sources: [SourceFormat])
  /// An interval with hits has closed.
  case interval(IntervalReport)
  /// The whole intervals in `from ..< to`, which follow one with hits, had none.
  case gap(from: EpochSecond, to: EpochSecond)
  /// An alert has triggered or recovered.
  case alert(AlertTransition)
  /// A notice has come to apply, possibly again. It is delivered as soon as it is known, even if
  /// the lines it concerns are not shown yet. Notices are not part of reports.
  case notice(Notice)
  /// The last event.
  case end(EndReport)

  /// Whether the event is an alert that has triggered.
  package var isTrigger: Bool {
    if case .alert(let transition) = self { transition.change == .triggered } else { false }
  }
}

/// A source and the format of its lines.
package struct SourceFormat: Equatable, Sendable {
  package var path: Name
  /// The name of the format; `nil` if none was found.
  package var format: String?

  package init(path: Name, format: String?) {
    self.path = path
    self.format = format
  }
}

/// The statistics of one interval `from ..< to`, excluding late hits.
package struct IntervalReport: Equatable, Sendable {
  package var from: EpochSecond
  package var to: EpochSecond
  /// Totals of the interval.
  package var traffic: Traffic
  /// The names with the most hits in each dimension.
  package var rankings: PerDimension<[RankedName]>
  /// Whether input stopped before the last second of the interval had closed.
  package var partial: Bool

  /// The mean rate over the whole interval, even if it is partial.
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

/// The totals of the whole input.
package struct EndReport: Equatable, Sendable {
  /// The lines read, by outcome.
  package var tally: LineTally
  /// The time of the earliest hit, including late ones; `nil` without any.
  package var first: EpochSecond?
  /// The time of the latest hit, likewise.
  package var last: EpochSecond?
  /// What the user should know about the times in the log.
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
