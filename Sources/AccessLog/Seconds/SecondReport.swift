/// What becomes of the lines of a log when seconds of it close, in a form that can leave the process.
/// Reports of consecutive seconds add up to the figures of the whole log.
package struct SecondReport: Equatable, Sendable {
  /// The first of the consecutive seconds that close. It lies behind `closed.second` if none does.
  package var from: EpochSecond
  /// The last of them and its figures. Those before it have no hits.
  package var closed: ClosedSecond
  /// The lines that were read since the last report, by outcome. Hits of seconds that are still open
  /// are among them.
  package var lines: LineTally
  /// The times of the earliest and the latest of their hits; `nil` without hits.
  package var hitTimes: ClosedRange<EpochSecond>?
  /// The late hits among them; their `second` is meaningless. `nil` if there are none.
  package var late: ClosedSecond?
  /// The time of the log: its greatest accepted record time, or later after a silence. `nil` before the
  /// first record.
  package var head: EpochSecond?
  /// Whether the log has ended and nothing follows.
  package var isEnd: Bool

  package init(
    from: EpochSecond, closed: ClosedSecond, lines: LineTally = LineTally(),
    hitTimes: ClosedRange<EpochSecond>? = nil, late: ClosedSecond? = nil, head: EpochSecond? = nil,
    isEnd: Bool = false
  ) {
    self.from = from
    self.closed = closed
    self.lines = lines
    self.hitTimes = hitTimes
    self.late = late
    self.head = head
    self.isEnd = isEnd
  }

  /// Whether it closes a second.
  package var closesAny: Bool { from <= closed.second }

  /// The last second that is closed.
  package var through: EpochSecond { closed.second }
}
