import AccessLog

/// The hits read since the last closing, if all lines were hits in time. Nearly every closing needs
/// no more than this.
struct HitDelta: Sendable {
  var hits = 0
  /// The times of the earliest and the latest hit; meaningless without hits.
  var first = EpochSecond(.max)
  var last = EpochSecond(.min)

  /// Adds a hit.
  @inline(__always)
  mutating func add(_ time: EpochSecond) {
    hits &+= 1
    if time < first { first = time }
    if time > last { last = time }
  }

  /// Adds so many hits of the same time.
  @inline(__always)
  mutating func add(_ time: EpochSecond, count: Int) {
    guard count > 0 else { return }
    add(time)
    hits &+= count &- 1
  }

  /// Adds other hits.
  @inline(__always)
  mutating func add(_ other: HitDelta) {
    hits &+= other.hits
    first = min(first, other.first)
    last = max(last, other.last)
  }
}

/// The outcome of the lines read since the last closing.
struct LineDelta: Sendable {
  var tally = LineTally()
  /// The times of the earliest and the latest hit.
  var first: EpochSecond?
  var last: EpochSecond?
  /// The smallest lead of any record over the wall clock, in seconds; `nil` once a record had none.
  var leadOverWallClock: Int64?
  /// The number of the open run of records ahead of the wall clock, from 1; 0 for none.
  var futureRun: UInt32 = 0
  /// Whether a line was counted that is not a hit, or a late hit.
  var hasExceptions = false

  /// Extends the range of hit times.
  @inline(__always)
  mutating func observe(_ time: EpochSecond) {
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }

  /// Adds the lines that followed.
  mutating func add(_ later: LineDelta) {
    tally += later.tally
    if let first = later.first { observe(first) }
    if let last = later.last { observe(last) }
    leadOverWallClock = later.leadOverWallClock
    futureRun = later.futureRun
    hasExceptions = hasExceptions || later.hasExceptions
  }

  /// Adds hits.
  @inline(__always)
  mutating func add(_ hits: HitDelta) {
    guard hits.hits > 0 else { return }
    tally.lines &+= hits.hits
    tally.hits &+= hits.hits
    observe(hits.first)
    observe(hits.last)
  }

  /// The hits, if all lines were hits in time; otherwise `nil`.
  @inline(__always)
  var plainHits: HitDelta? {
    guard !hasExceptions, tally.lines == tally.hits else { return nil }
    guard let first, let last else { return HitDelta() }
    return HitDelta(hits: tally.hits, first: first, last: last)
  }

  /// Removes the hits, after they were taken from `plainHits`.
  @inline(__always)
  mutating func removeHits() {
    tally.lines = 0
    tally.hits = 0
    first = nil
    last = nil
  }
}

/// The late hits since the last closing.
struct LateDelta: Sendable {
  /// The figures of all late hits; their `second` is meaningless.
  var figures: SecondFigures
  /// The observed lateness of the hits.
  var lateness: LatenessAdvisor
}
