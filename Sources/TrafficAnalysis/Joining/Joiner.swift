import AccessLog

/// Joins the closed seconds of all sources: a second of the whole closes once every source that
/// holds it back has closed it, and has the hits of all of them.
///
/// The sources are visited in the order of their names, so that the order in which they were given
/// and read does not matter.
struct Joiner: Sendable {
  /// The memory that closed seconds may take while they are held, in bytes. Beyond it they are no longer.
  private static let heldLimit = 96 << 20

  private let options: AnalysisOptions
  private(set) var sources: [JoinedSource]
  /// The number of sources that there have been.
  private var count: Int32
  /// The indices of the sources in the order of their names.
  private var order: [Int]
  /// The time of the step.
  private var now = 0.0
  private var wall = EpochSecond(.min)
  /// Adds up the hits of several sources in one second.
  private var sums: BusySeconds
  private var sum = ClosedHits()
  /// The last second that the sources were told to close.
  private var closedTogether: EpochSecond?
  /// The lines read of the sources that were removed.
  private(set) var removedLines = 0
  /// The sources that close the next second.
  private var due: [Int] = []
  /// Whether no second closes for now, because sources may join whose seconds would be late then.
  var isHeld = false

  init(_ options: AnalysisOptions, _ names: [Name]) {
    self.options = options
    sources = names.indices.map { JoinedSource(options, id: Int32($0)) }
    count = Int32(names.count)
    sums = BusySeconds(options.countedFacts)
    order = Self.order(of: names)
  }

  private static func order(of names: [Name]) -> [Int] {
    names.indices.sorted { names[$0] != names[$1] ? names[$0] < names[$1] : $0 < $1 }
  }

  subscript(source: Int) -> JoinedSource {
    _read { yield sources[source] }
    _modify { yield &sources[source] }
  }

  /// The index of the source with an ID; `nil` if it is gone.
  func index(of id: Int32) -> Int? { sources.indices.first { sources[$0].id == id } }

  /// Sets the time of a step.
  ///
  /// - Parameters:
  ///   - now: the monotonic time in seconds.
  ///   - wall: the wall-clock time.
  mutating func begin(now: Double, wall: EpochSecond) {
    (self.now, self.wall) = (now, wall)
  }

  /// Begins to read all sources to their ends again.
  mutating func beginRound() {
    for index in sources.indices { sources[index].isCaughtUp = false }
  }

  /// Marks the sources whose records are not to be believed if they are ahead of the wall clock,
  /// because another source is live and is not.
  mutating func doubtSourcesAhead() {
    let present = sources.indices.filter {
      sources[$0].intake.isLive && sources[$0].intake.clockGuard.hasReachedPresent
    }
    for index in sources.indices {
      sources[index].intake.clockGuard.isDoubted = present.contains { $0 != index }
    }
  }

  // MARK: - Sources that come and go

  /// Adds a source to a run that has begun. What it brings for seconds that are closed is late.
  ///
  /// - Parameters:
  ///   - names: those of all sources; the last one is new.
  ///   - closed: the last second that has passed the gate.
  mutating func addSource(_ names: [Name], closedThrough closed: EpochSecond?) {
    var source = JoinedSource(options, id: count)
    count += 1
    // The range may have changed since the start.
    source.intake.range = sources[0].intake.range
    if let second = [closed, closedTogether].compactMap({ $0 }).max() {
      source.intake.clock.closeWithOthers(through: second)
    }
    sources.append(source)
    order = Self.order(of: names)
  }

  /// Removes a source that has ended, whose closed seconds have all passed the gate. Its lines count
  /// as those of another one from then on.
  ///
  /// - Parameter names: those of the sources that stay.
  mutating func removeSource(
    _ source: Int, countingAsThoseOf other: Int, _ names: [Name], in closed: inout ClosedTraffic,
    _ tables: NameTables
  ) {
    if closed.countsLines { sources[source].countLines(in: &closed) }
    sources[source].countRest(in: &closed, tables)
    removedLines += sources[source].intake.linesRead
    sources[other].tally += sources[source].tally
    sources.remove(at: source)
    order = Self.order(of: names)
  }

  /// Lets a source go on that had ended. What it brings for seconds that are closed is late.
  ///
  /// - Parameter closed: the last second that has passed the gate.
  mutating func resumeIfEnded(_ source: Int, closedThrough closed: EpochSecond?) {
    guard sources[source].hasEnded else { return }
    sources[source].hasEnded = false
    if let second = [closed, closedTogether].compactMap({ $0 }).max() {
      sources[source].intake.clock.closeWithOthers(through: second)
    }
  }

  // MARK: - Closing

  /// The last second that may close; `nil` if none may.
  ///
  /// Where no source holds anything back, what any of them has closed is closed. A source that is
  /// ahead of the wall clock decides nothing while another one is live and is not.
  var closableThrough: EpochSecond? {
    if isHeld, waitingBytes < Self.heldLimit { return nil }
    if sources.count == 1 { return sources[0].intake.closedThrough }
    // Elements are accessed by index: a copy of one has many references to count.
    guard sources.indices.allSatisfy({ sources[$0].hasEnded || sources[$0].isCaughtUp }) else {
      // What is still to be read may change which sources hold back, but not make these wait less.
      return closedByAll { sources[$0].mayHoldBack }
    }
    let hasPresent = sources.indices.contains { sources[$0].isPresent(at: wall) }
    func decides(_ source: Int) -> Bool { !(hasPresent && sources[source].isAhead(of: wall)) }
    let furthest = furthestPresent
    func holdsBack(_ source: Int) -> Bool {
      decides(source) && sources[source].holdsBack(now: now, behind: furthest)
    }
    if sources.indices.contains(where: holdsBack) { return closedByAll(holdsBack) }
    return sources.indices.lazy.filter(decides).compactMap { sources[$0].intake.closedThrough }
      .max()
  }

  /// How far the sources that are not ahead of the wall clock have come.
  private var furthestPresent: JoinedSource.Reach {
    var furthest = JoinedSource.Reach()
    for index in sources.indices where !sources[index].isAhead(of: wall) {
      furthest.extend(to: sources[index].reach)
    }
    return furthest
  }

  /// The last second that all of some sources have closed; `nil` if one has closed none.
  private func closedByAll(_ holdsBack: (Int) -> Bool) -> EpochSecond? {
    var limit: EpochSecond?
    for source in sources.indices where holdsBack(source) {
      guard let closed = sources[source].intake.closedThrough else { return nil }
      limit = limit.map { min($0, closed) } ?? closed
    }
    return limit
  }

  /// Closes the seconds through a limit in the sources that did not hold them back.
  mutating func closeOthers(through limit: EpochSecond, _ names: NameTables) {
    guard sources.count > 1 else { return }
    closedTogether = max(closedTogether ?? limit, limit)
    for index in sources.indices where !sources[index].hasEnded {
      sources[index].intake.closeWithOthers(through: limit, names)
    }
  }

  /// Closes the seconds that are due, in order.
  mutating func release(
    _ goal: ReleaseGoal, in closed: inout ClosedTraffic, _ separate: inout SeparateSources,
    _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    guard sources.count > 1 else {
      // The element is accessed once, and not for each second.
      sources.withUnsafeMutableBufferPointer { sources in
        sources[0].release(goal, in: &closed, names, &events)
      }
      return
    }
    while let second = nextClosing(names) {
      if closed.countsLines {
        for index in sources.indices { sources[index].countLines(in: &closed) }
      }
      guard second <= goal.end else { return }
      closeJoined(second, in: &closed, &separate, names, &events)
      if goal.isReached(closed, events.count) { return }
    }
  }

  /// The first second that was open in any source.
  var firstOpen: EpochSecond? { sources.compactMap(\.intake.clock.firstOpen).min() }

  /// The last second of the next closing.
  private mutating func nextClosing(_ names: NameTables) -> EpochSecond? {
    var next: EpochSecond?
    for index in sources.indices {
      guard let second = sources[index].intake.prepareNextClosing(names) else { continue }
      next = next.map { min($0, second) } ?? second
    }
    return next
  }

  /// Closes a second in which several sources may have hits.
  private mutating func closeJoined(
    _ second: EpochSecond, in closed: inout ClosedTraffic, _ separate: inout SeparateSources,
    _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    due.removeAll(keepingCapacity: true)
    var withHits = 0
    for source in order where sources[source].intake.nextClosingSecond == second {
      due.append(source)
      if sources[source].intake.nextClosingHasHits { withHits += 1 }
    }
    var slot = -1
    for source in due {
      let id = sources[source].id
      if let late = sources[source].countDeltas(in: &closed, names) {
        separate.count(late: late, of: id, names)
      }
      sources[source].popClosing(in: &closed) { closed, view in
        guard let view else { return }
        separate.close(view, of: id, names)
        if withHits == 1, !closed.options.reportsSeconds {
          closed.close(second, view, names, &events)
        } else {
          if slot < 0 { slot = sums.beginSecond(second) }
          sums.add(view, at: slot, names)
        }
      }
    }
    if withHits == 0 { return closed.close(second, nil, names, &events) }
    guard slot >= 0 else { return }
    sum.figures.append(sums.endSecond(at: slot, names))
    sum.figures.withSecond(at: 0) { closed.close(second, $0, names, &events) }
    sum.removeAll()
  }

  /// Counts the lines that no closing has counted: those since the last one, once the run ends.
  mutating func countRest(
    in closed: inout ClosedTraffic, _ separate: inout SeparateSources, _ names: NameTables
  ) {
    for source in order {
      guard let late = sources[source].countRest(in: &closed, names) else { continue }
      separate.count(late: late, of: sources[source].id, names)
    }
  }

  /// Counts all lines that have been read.
  mutating func countAll(in closed: inout ClosedTraffic, _ names: NameTables) {
    for source in order { sources[source].countAll(in: &closed, names) }
  }

  /// The greatest time of any source; `nil` before the first record.
  var head: EpochSecond? { sources.compactMap(\.intake.clock.head).max() }

  /// Removes and returns the lines of hits, each with a newline. See `LinesInDoubt`.
  mutating func takeLines(through end: EpochSecond?, inOrder: Bool) -> [UInt8] {
    var lines: [(time: EpochSecond, text: [UInt8])] = []
    for source in order {
      lines += sources[source].intake.lines.take(through: end, inOrder: inOrder)
    }
    if inOrder, sources.count > 1 {
      // Equal times keep their order, which is that of the sources.
      let places = lines.indices.sorted {
        lines[$0].time != lines[$1].time ? lines[$0].time < lines[$1].time : $0 < $1
      }
      lines = places.map { lines[$0] }
    }
    return lines.reduce(into: []) { bytes, line in
      bytes += line.text
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// The memory that the closed seconds of a source take, in bytes.
  func waitingBytes(of source: Int) -> Int {
    // Through a pointer nothing of an element is copied.
    sources.withUnsafeBufferPointer { $0[source].intake.closings.footprint }
  }

  /// The memory that the closed seconds of all sources take, in bytes.
  private var waitingBytes: Int { sources.indices.reduce(0) { $0 + waitingBytes(of: $1) } }

  /// The memory used, in bytes.
  var footprint: Int { sources.reduce(sums.footprint) { $0 + $1.footprint } }

  // MARK: - Names

  func markNames(_ marks: inout NameMarks) {
    for source in sources { source.intake.markNames(&marks) }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for index in sources.indices { sources[index].intake.renumber(newIDs) }
    sums.renumber(newIDs)
  }
}
