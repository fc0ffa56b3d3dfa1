import AccessLog

/// Hits that were read since the last closing, where nothing else was: neither a late hit nor a line
/// that is no hit. Nearly every closing brings no more than this.
struct HitDelta: Sendable {
  var hits = 0
  /// Times of the earliest and the latest hit; without meaning where there is none.
  var first = EpochSecond(.max)
  var last = EpochSecond(.min)
}

/// What became of the lines that were read since the last closing.
struct LineDelta: Sendable {
  var tally = LineTally()
  /// Times of the earliest and the latest hit.
  var first: EpochSecond?
  var last: EpochSecond?
  /// How far the source is ahead of the wall clock by now, where no record of it ever was not.
  var leadOverWallClock: Int64?
  /// The run of records ahead of the wall clock that is open by now, counted from 1; 0 for none.
  var futureRun: UInt32 = 0
  /// A line was counted that is not a hit, or a hit that is late.
  var hasExceptions = false

  @inline(__always)
  mutating func observe(_ time: EpochSecond) {
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }

  /// The same in short; `nil` where there is more to it.
  @inline(__always)
  var plainHits: HitDelta? {
    guard !hasExceptions, tally.lines == tally.hits else { return nil }
    guard let first, let last else { return HitDelta() }
    return HitDelta(hits: tally.hits, first: first, last: last)
  }

  /// Forgets hits that `plainHits` told all of.
  @inline(__always)
  mutating func removeHits() {
    tally.lines = 0
    tally.hits = 0
    first = nil
    last = nil
  }
}

/// Hits that came too late for their second since the last closing.
struct LateDelta: Sendable {
  /// All together; the second in it means nothing.
  var figures: SecondFigures
  /// How late they were.
  var lateness: LatenessAdvisor
}
