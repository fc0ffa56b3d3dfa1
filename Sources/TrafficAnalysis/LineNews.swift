import AccessLog

/// Lines that were read since the last closing.
struct LineNews: Sendable {
  var tally = LineTally()
  /// Times of the earliest and the latest hit.
  var first: EpochSecond?
  var last: EpochSecond?
  /// How far the source is ahead of the wall clock by now, where no record of it ever was not.
  var leadOfWholeSource: Int64?
  /// The run of records ahead of the wall clock that is open by now, counted from 1; 0 for none.
  var futureRun: UInt32 = 0

  mutating func observe(_ time: EpochSecond) {
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }
}

/// Hits that came too late for their second since the last closing. It lies apart from the other news,
/// which is then small: mostly there are none.
struct LateNews: Sendable {
  /// All together; the second in it means nothing.
  var figures: SecondFigures
  /// How late they were.
  var lateness: LatenessAdvisor
}
