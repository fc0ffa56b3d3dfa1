import AccessLog

/// Turns the records of one source into closed seconds: its clock, clock guard and open seconds.
struct SourceIntake: Sendable {
  /// The number of rejected records kept for display.
  static let rejectedLineLimit = 10

  let options: AnalysisOptions
  let ranked: CountedFacts
  /// Whether records that the filter leaves out count nowhere.
  private let appliesFilter: Bool
  /// Whether rules ask for lines.
  let asksForLines: Bool
  /// Records outside of it are ignored.
  var range: TimeRange
  /// The earliest and the latest time of the ignored records.
  var ignoredTimes: ClosedRange<EpochSecond>?
  /// Whether the source was read to its end at least once.
  var wasAtEnd = false
  var clock: SourceClock
  var clockGuard: ClockGuard
  var open: OpenSeconds
  /// The lines read since the last closing.
  var delta = LineDelta()
  /// The late hits since the last closing.
  var late: LateDelta?
  /// Late records up to the last closing, out of all accepted ones.
  var lateAtLastClosing = HitShare(0, of: 0)
  var closings = ClosingQueue()
  /// The last second to close once no record will follow; `nil` when all are closed.
  var finalSecond: EpochSecond?
  var silence: SilenceTracker
  /// Posted notices that have not been drained.
  var pendingNotices: [Notice] = []
  /// The number of rejected records kept so far.
  var keptRejections = 0
  /// Rejected records that have not been drained.
  var rejectedLines: [RejectedLine] = []
  var futureRuns = FutureRuns()
  /// The lines up to the last closing, and during which seconds they were read.
  var drainedLines = LineCounts()
  var lineClock = LineClock()
  /// The hits of reports whose seconds have not been reported yet.
  var openHits = 0
  /// The lines of records, if they are kept.
  var lines = LinesInDoubt()

  init(options: AnalysisOptions) {
    self.options = options
    range = options.range
    clock = SourceClock(lateness: options.lateness)
    clockGuard = ClockGuard(maxJump: options.maxJump, following: options.following)
    silence = SilenceTracker(options)
    ranked = options.countedFacts
    appliesFilter = options.appliesFilter
    asksForLines = options.asksForLines
    open = OpenSeconds(limit: options.openSecondLimit, ranked)
  }

  var closedThrough: EpochSecond? { clock.closedThrough }
  /// The outcome of the lines since the last closing.
  var pendingDelta: LineDelta {
    var delta = delta
    delta.leadOverWallClock = leadOverWallClock
    delta.futureRun = clockGuard.rejectsMost ? futureRuns.count : 0
    return delta
  }
  var isLive: Bool { silence.isLive }
  /// Late records so far, out of all accepted ones, whether the filter leaves them out or not.
  var lateRecords: HitShare {
    HitShare(
      lateAtLastClosing.part + delta.tally.late + delta.tally.filteredLate,
      of: lateAtLastClosing.whole + delta.tally.hits + delta.tally.filtered)
  }
  /// How the log is written, if that makes hits late.
  var blockWriting: BlockWriting? { silence.blocks.finding }
  /// The number of lines of every kind.
  var linesRead = 0
  /// The chunks that were merged in one go.
  var chunksMerged = 0
  /// The chunks whose records were judged one by one.
  private(set) var chunksOneByOne = 0
  var quarantine: QuarantineFigures? { clockGuard.figures }
  var quarantineCount: Int { clockGuard.held }

  /// The smallest lead of any record over the wall clock, in seconds; `nil` once a record had none.
  private var leadOverWallClock: Int64? {
    clockGuard.hasReachedPresent ? nil : clockGuard.smallestLead
  }

  /// The memory used, in bytes.
  var footprint: Int {
    open.footprint + closings.footprint + clockGuard.quarantine.count * MemoryLayout<Arrival>.stride
  }

  // MARK: - Records

  /// Judges all records of a chunk one by one, and counts its other lines at their positions among
  /// them.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  mutating func addOneByOne(
    _ chunk: ChunkSummary, renumbering newIDs: NameIDMap, wall: EpochSecond, _ names: NameTables
  ) {
    chunksOneByOne += 1
    var next = 0
    for run in chunk.runs {
      for index in next..<run.beforeRecord {
        judge(hit(chunk, at: index, newIDs), wall, names)
        noteLines()
      }
      next = run.beforeRecord
      delta.tally.count(run)
      delta.hasExceptions = true
      silence.sawLine = true
      linesRead += run.count
    }
    for index in next..<chunk.records.count {
      judge(hit(chunk, at: index, newIDs), wall, names)
      noteLines()
    }
  }

  /// A hit of a chunk, whose line is kept until it is judged if lines are kept at all.
  @inline(__always)
  private mutating func hit(
    _ chunk: ChunkSummary, at index: Int, _ newIDs: NameIDMap
  ) -> Hit {
    var hit = Hit(chunk, at: index, renumbering: newIDs)
    if options.keepsLines {
      hit.line = lines.append(
        index < chunk.lines.count ? chunk.lines[index] : [], at: hit.time)
    }
    return hit
  }

  @inline(__always)
  private mutating func judge(_ hit: Hit, _ wall: EpochSecond, _ names: NameTables) {
    delta.tally.lines &+= 1
    linesRead &+= 1
    guard range.contains(hit.time) else {
      delta.tally.ignored &+= 1
      delta.hasExceptions = true
      ignoredTimes.extend(hit.time...hit.time)
      if options.keepsLines { lines.decide(hit.line, isHit: false) }
      return
    }
    silence.sawLine = true
    silence.sawRecord = true
    // The common case: the record is in order, and nothing is in doubt.
    if clockGuard.isSettled, let head = clock.head,
      hit.time.seconds(since: head) <= options.maxJump,
      hit.time.seconds(since: wall) <= options.maxJump
    {
      accept(hit, line: linesRead, names)
      return
    }
    apply(clockGuard.judge(Arrival(hit, line: linesRead), head: clock.head, wall: wall), names)
  }

  /// Applies rulings of the clock guard in order.
  mutating func apply(_ rulings: [ClockGuard.Ruling], _ names: NameTables) {
    for ruling in rulings {
      switch ruling {
      case .move(let time):
        clock.move(to: time)
        closeDueSeconds(names)
      case .accept(let arrival):
        switch arrival.content {
        case .hit(let hit): accept(hit, line: arrival.line, names)
        case .second(let second): accept(second, names)
        case .late(let late): accept(late)
        }
      case .reject(let arrival): reject(arrival)
      case .beginRun(let first):
        futureRuns.add(first)
        post(.futureTimes(first: first))
      }
    }
  }

  private mutating func reject(_ arrival: Arrival) {
    delta.tally.rejected[.future] += arrival.lines
    delta.hasExceptions = true
    if options.keepsLines, case .hit(let hit) = arrival.content {
      lines.decide(hit.line, isHit: false)
    }
    guard keptRejections < Self.rejectedLineLimit else { return }
    keptRejections += 1
    rejectedLines.append(RejectedLine(arrival))
  }

  /// - Parameter line: the number of its line, which may have been read before others that are not
  ///   accepted yet.
  @inline(__always)
  private mutating func accept(_ hit: Hit, line: Int, _ names: NameTables) {
    if appliesFilter, hit.record.isFilteredOut {
      leaveOut(hit.time)
    } else {
      count(hit, line: line, names)
    }
    if options.keepsLines {
      lines.decide(hit.line, isHit: !(appliesFilter && hit.record.isFilteredOut))
    }
    guard let greatest = clock.greatest, hit.time <= greatest else {
      clock.accept(hit.time)
      silence.sawTimeAdvance = true
      closeDueSeconds(names)
      return
    }
  }

  /// Counts a record that the filter leaves out.
  private mutating func leaveOut(_ time: EpochSecond) {
    delta.tally.addFiltered(isLate: clock.closedThrough.map { time <= $0 } ?? false)
    delta.hasExceptions = true
  }

  @inline(__always)
  private mutating func count(_ hit: Hit, line: Int, _ names: NameTables) {
    delta.tally.hits &+= 1
    delta.observe(hit.time)
    if let closed = clock.closedThrough, hit.time <= closed {
      acceptLate(hit, line: line, names)
    } else {
      open.add(hit, names: names)
      if open.hasOpenedSecond { limitOpenSeconds(names) }
    }
  }

  private mutating func acceptLate(_ hit: Hit, line: Int, _ names: NameTables) {
    delta.tally.late += 1
    delta.hasExceptions = true
    // The first hit of a source has no other before it; it is late because of other sources.
    countLate(
      hit, line: line, head: clock.head ?? hit.time, greatest: clock.greatest ?? hit.time,
      names)
  }

  /// Counts a hit that is late.
  ///
  /// - Parameters:
  ///   - line: the number of its line.
  ///   - head: the time of the log then.
  ///   - greatest: the greatest record time then.
  mutating func countLate(
    _ hit: Hit, line: Int, head: EpochSecond, greatest: EpochSecond, _ names: NameTables
  ) {
    beginLate(at: hit.time)
    observeLate(hit.time, line: line, head: head, greatest: greatest)
    late?.figures.add(late: hit, names, ranked)
  }

  /// Begins to count late hits, if none has come since the last closing.
  ///
  /// - Parameter longestLag: see `LatenessAdvisor`.
  mutating func beginLate(
    at time: EpochSecond, longestLag: Int64 = LatenessAdvisor.longestLag
  ) {
    guard late == nil else { return }
    late = LateDelta(
      figures: SecondFigures(second: time, ranked.all),
      lateness: LatenessAdvisor(options, longestLag: longestLag))
  }

  /// Observes how late hits of the same time are. See `countLate`.
  mutating func observeLate(
    _ time: EpochSecond, hits: Int = 1, line: Int, head: EpochSecond, greatest: EpochSecond
  ) {
    // Other sources may have closed the second; by its own clock the hit may be in time.
    let joined = clock.closedWithOthers?.advanced(by: options.lateness + 1) ?? head
    if joined > head, head.seconds(since: time) <= options.lateness {
      late?.lateness.observe(behindOthers: joined.seconds(since: head), hits: hits)
    } else {
      late?.lateness.observe(
        time, hits: hits, line: line, head: max(head, joined), greatest: greatest)
    }
  }
}

extension LineTally {
  mutating func count(_ run: LineRun) {
    lines += run.count
    if let rejection = run.rejection {
      rejected[rejection] += run.count
    } else {
      ignored += run.count
    }
  }
}
