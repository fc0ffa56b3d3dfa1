import AccessLog

/// How far closed seconds pass the gate.
struct ReleaseGoal {
  /// The last second that may pass.
  var end: EpochSecond
  /// No further second passes once there are so many events.
  var eventLimit: Int
  /// No further second passes once there are more transitions than this; `nil` for no limit.
  var transitions: Int?

  @inline(__always)
  func isReached(_ closed: borrowing ClosedTraffic, _ events: Int) -> Bool {
    events >= eventLimit || transitions.map { closed.transitionCount > $0 } ?? false
  }
}

// What passes the gate.

extension JoinedSource {
  /// Closes the seconds that are due, in order, if this is the only source.
  mutating func release(
    _ goal: ReleaseGoal, in closed: inout ClosedTraffic, _ names: NameTables,
    _ events: inout [MonitorEvent]
  ) {
    while let second = intake.prepareNextClosing(names) {
      if closed.countsLines { countLines(in: &closed) }
      guard second <= goal.end else { return }
      if goal.transitions != nil || !releaseRun(from: second, goal, in: &closed, names, &events) {
        countDeltas(in: &closed, names)
        popClosing(in: &closed) { closed, view in closed.close(second, view, names, &events) }
      }
      if goal.isReached(closed, events.count) { return }
    }
  }

  /// Closes several seconds at once, if that gives the same.
  ///
  /// - Returns: whether it did.
  private mutating func releaseRun(
    from second: EpochSecond, _ goal: ReleaseGoal, in closed: inout ClosedTraffic,
    _ names: NameTables, _ events: inout [MonitorEvent]
  ) -> Bool {
    guard let end = closed.endOfRun(from: second) else { return false }
    var hits = HitDelta()
    let isRun = intake.popRun(through: min(end, goal.end)) { run in
      for delta in run.deltas { hits.add(delta) }
      closed.close(run, names, &events)
    }
    count(hits, in: &closed)
    return isRun
  }

  /// Counts lines for the rules that ask for them, by the second during which they were read.
  mutating func countLines(in closed: inout ClosedTraffic) {
    guard !intake.lineClock.isEmpty else { return }
    for (second, lines) in intake.lineClock.take() { closed.count(lines, from: second) }
  }

  /// Counts the lines of the next closing besides its plain hits.
  ///
  /// - Returns: the late hits among them.
  @inline(__always) @discardableResult
  mutating func countDeltas(
    in closed: inout ClosedTraffic, _ names: NameTables
  ) -> SecondFigures? {
    // Nearly always false: what is returned is large.
    intake.closings.nextHasDeltas ? popDeltas(in: &closed, names) : nil
  }

  @inline(never)
  private mutating func popDeltas(
    in closed: inout ClosedTraffic, _ names: NameTables
  ) -> SecondFigures? {
    if let delta = intake.popLineDelta() { count(delta, in: &closed) }
    guard let late = intake.popLateDelta() else { return nil }
    count(late, in: &closed, names)
    return late.figures
  }

  /// Removes the next closing, calls the body with its last second if that has hits, and counts its
  /// plain hits.
  @inline(__always)
  mutating func popClosing(
    in closed: inout ClosedTraffic, _ body: (inout ClosedTraffic, SecondView?) -> Void
  ) {
    if closed.options.isForDisplay { displayNextClosing() }
    var hits = HitDelta()
    let counts = !readsKnownLines
    intake.popClosing { closing, view in
      hits = closing.delta
      if counts { closed.reporter?.count(hits) }
      body(&closed, view)
    }
    count(hits, in: &closed)
  }

  /// Adds the hits of the next closing to what is shown of this source.
  private mutating func displayNextClosing() {
    var displayed: (traffic: Traffic, totals: SecondTotals, second: EpochSecond)?
    intake.closings.withFirst { closing, view in
      displayed = view.map { ($0.traffic, $0.totals, closing.through) }
    }
    guard let displayed else { return }
    traffic += displayed.traffic
    recent.append(displayed.totals, at: displayed.second)
  }

  /// Counts the lines since the last closing, once the run ends.
  ///
  /// - Returns: the late hits among them.
  @discardableResult
  mutating func countRest(
    in closed: inout ClosedTraffic, _ names: NameTables
  ) -> SecondFigures? {
    count(intake.drainDelta(), in: &closed)
    guard let late = intake.drainLateDelta() else { return nil }
    count(late, in: &closed, names)
    return late.figures
  }

  /// Counts all lines that have been read, also those of seconds that wait at the gate.
  mutating func countAll(in closed: inout ClosedTraffic, _ names: NameTables) {
    let (delta, late) = intake.closings.drainLines()
    count(delta, in: &closed)
    for late in late { count(late, in: &closed, names) }
    countRest(in: &closed, names)
  }

  @inline(__always)
  private mutating func count(_ delta: HitDelta, in closed: inout ClosedTraffic) {
    guard delta.hits > 0 else { return }
    tally.lines &+= delta.hits
    tally.hits &+= delta.hits
    leadOverWallClock = nil
    futureRun = 0
    observe(delta.first, delta.last)
    closed.count(delta)
  }

  /// Extends the range of the times of its hits.
  @inline(__always)
  private mutating func observe(_ earliest: EpochSecond, _ latest: EpochSecond) {
    first = first.map { min($0, earliest) } ?? earliest
    last = last.map { max($0, latest) } ?? latest
  }

  private mutating func count(_ delta: LineDelta, in closed: inout ClosedTraffic) {
    tally += delta.tally
    leadOverWallClock = delta.leadOverWallClock
    futureRun = delta.futureRun
    if !readsKnownLines { closed.reporter?.count(delta) }
    if let first = delta.first, let last = delta.last { observe(first, last) }
    closed.count(delta)
  }

  private mutating func count(
    _ late: LateDelta, in closed: inout ClosedTraffic, _ names: NameTables
  ) {
    lateness.merge(late.lateness)
    if !readsKnownLines { closed.reporter?.count(late: late.figures) }
    traffic += late.figures.traffic
    closed.count(late: late.figures, names)
  }
}
