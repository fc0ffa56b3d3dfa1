import AccessLog

/// Judges the times of a chunk in order, as far as that is possible without knowing what precedes it.
///
/// A hit is late if its time is below the greatest time before it by more than the lateness. So what
/// is late within the chunk is late whatever precedes it. What is late only because of lines before
/// the chunk has a time below theirs, which is tested when the chunk is merged. Likewise no hit but
/// the first can leap if none leaps within the figures.
struct ChunkTimes {
  enum Verdict {
    case inTime(EpochSecond)
    case late
    /// The filter leaves it out.
    case filteredOut
    /// Outside the requested range.
    case ignored
    /// Too far ahead of all before it.
    case leap
  }

  private let options: ChunkOptions
  private let isRangeLimited: Bool
  private let appliesFilter: Bool
  private var greatest: EpochSecond?
  private var earliest = EpochSecond(.max)
  /// The hits since the last advance.
  private var hits = HitDelta()
  /// The lines since the last advance that are not hits in time.
  private var exceptions: LineTally?
  private var line = 0
  /// The time of the last hit in time: one of the same time, before any other, is judged alike.
  private var lastInTime: EpochSecond?

  init(_ options: ChunkOptions) {
    self.options = options
    isRangeLimited = options.range != TimeRange()
    appliesFilter = options.appliesFilter
  }

  /// Judges the next record.
  @inline(__always)
  mutating func judge(_ record: Record, at index: Int, _ figures: inout ChunkFigures) -> Verdict {
    line &+= 1
    let time = record.time
    let isFilteredOut = appliesFilter && record.isFilteredOut
    if time == lastInTime, !isFilteredOut {
      hits.add(time)
      return .inTime(time)
    }
    if isRangeLimited, !options.range.contains(time) {
      ignore(time, &figures)
      return .ignored
    }
    if isFilteredOut { return leaveOut(time, &figures) }
    hits.add(time)
    guard let greatest else {
      advance(to: time, &figures)
      lastInTime = time
      return .inTime(time)
    }
    if time > greatest {
      if time.seconds(since: greatest) > options.maxJump { return .leap }
      advance(to: time, &figures)
    } else if greatest.seconds(since: time) > options.lateness {
      setAside(index, greatest, &figures)
      return .late
    }
    if time < earliest { earliest = time }
    lastInTime = time
    return .inTime(time)
  }

  /// The end of the records from an index on that are judged as the one before them, which was a hit in
  /// time; they count as judged.
  @inline(__always)
  mutating func judgeAlike(
    _ records: UnsafeBufferPointer<Record>, _ indices: Range<Int>, at time: EpochSecond
  ) -> Int {
    var end = indices.lowerBound
    while end < indices.upperBound, records[end].time == time,
      !appliesFilter || !records[end].isFilteredOut
    {
      end &+= 1
    }
    line &+= end &- indices.lowerBound
    hits.add(time, count: end &- indices.lowerBound)
    return end
  }

  /// Judges a record that the filter leaves out, which moves the time like any other.
  private mutating func leaveOut(_ time: EpochSecond, _ figures: inout ChunkFigures) -> Verdict {
    let isAdvance = greatest.map { time > $0 } ?? true
    if isAdvance, let greatest, time.seconds(since: greatest) > options.maxJump { return .leap }
    let isLate = !isAdvance && greatest.map { $0.seconds(since: time) > options.lateness } ?? false
    exceptions = exceptions ?? LineTally()
    exceptions?.lines += 1
    exceptions?.addFiltered(isLate: isLate)
    if isAdvance {
      advance(to: time, &figures)
      // What was in time may be late from now on.
      lastInTime = nil
    }
    if !isLate, time < earliest { earliest = time }
    return .filteredOut
  }

  /// Counts lines that are not hits.
  mutating func count(_ run: LineRun) {
    line += run.count
    exceptions = exceptions ?? LineTally()
    exceptions?.count(run)
  }

  /// Adds what follows the last advance.
  mutating func finish(_ figures: inout ChunkFigures) {
    figures.rest = hits
    addExceptions(to: &figures)
    figures.earliest = earliest
  }

  @inline(__always)
  private mutating func advance(to time: EpochSecond, _ figures: inout ChunkFigures) {
    if greatest == nil { earliest = time }
    greatest = time
    if exceptions != nil { addExceptions(to: &figures) }
    figures.advances.append(ChunkFigures.Advance(time: time, hits: hits))
    hits = HitDelta()
  }

  private mutating func addExceptions(to figures: inout ChunkFigures) {
    guard let tally = exceptions else { return }
    figures.exceptions.append(
      ChunkFigures.Exceptions(advance: figures.advances.count, tally: tally))
    exceptions = nil
  }

  private mutating func setAside(
    _ index: Int, _ greatest: EpochSecond, _ figures: inout ChunkFigures
  ) {
    exceptions = exceptions ?? LineTally()
    exceptions?.late += 1
    figures.late.append(
      ChunkFigures.Late(
        index: index, line: line, greatest: greatest, advance: figures.advances.count))
  }

  private mutating func ignore(_ time: EpochSecond, _ figures: inout ChunkFigures) {
    exceptions = exceptions ?? LineTally()
    exceptions?.lines += 1
    exceptions?.ignored += 1
    figures.ignoredTimes.extend(time...time)
  }
}
