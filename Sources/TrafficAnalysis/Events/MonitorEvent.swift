import AccessLog

/// An event that is delivered to actions, in the order in which seconds close.
///
/// At the same second, gaps come before alerts, and alerts before intervals. What is large is stored
/// apart, so that moving an event moves little.
package enum MonitorEvent: Equatable, Sendable {
  /// The first event, once the format of every source is known, or at the end if it never is.
  case start(sources: [SourceSummary])
  /// Lines that are hits, as they stand in a log, each with a newline. Emitted if they are asked for, in
  /// the order of their log, as soon as they are known to be hits.
  case lines([UInt8])
  /// An interval with hits has closed.
  indirect case interval(IntervalReport)
  /// A minute with hits has closed. Emitted if minutes are asked for, after the interval that closes at
  /// the same second.
  indirect case minute(IntervalReport)
  /// Seconds have closed. Emitted instead of intervals, gaps and alerts if reports of seconds are asked
  /// for.
  indirect case second(SecondReport)
  /// The whole intervals in `from ..< to`, which follow one with hits, had none.
  case gap(from: EpochSecond, to: EpochSecond)
  /// An alert has triggered or recovered.
  indirect case alert(AlertTransition)
  /// A notice has come to apply, possibly again. It is delivered as soon as it is known, even if
  /// the lines it concerns are not shown yet. Notices are not part of reports.
  indirect case notice(Notice)
  /// The last event.
  indirect case end(EndReport)

  /// Whether the event is an alert that has triggered.
  package var isTrigger: Bool {
    if case .alert(let transition) = self { transition.change == .triggered } else { false }
  }
}
