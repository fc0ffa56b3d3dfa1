import AccessLog

/// Lines that were read, and hits that came too late for their second.
struct LineNews: Sendable {
  var tally = LineTally()
  /// Times of the earliest and the latest hit.
  var first: EpochSecond?
  var last: EpochSecond?
  /// Late hits, all together; the second in it means nothing.
  var late = Rare<SecondFigures>()
  /// How late they were.
  var lateness = Rare<LatenessAdvisor>()
  /// How far the source is ahead of the wall clock by now, where no record of it ever was not.
  var leadOfWholeSource: Int64?
  /// The run of records ahead of the wall clock that is open by now, counted from 1; 0 for none.
  var futureRun: UInt32 = 0

  mutating func observe(_ time: EpochSecond) {
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }
}
