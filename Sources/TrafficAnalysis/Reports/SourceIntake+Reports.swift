import AccessLog

// Reports of a sender: its seconds come closed and in order, so none of them needs to be kept open.

extension SourceIntake {
  /// Adds a report, and closes the seconds that it does.
  ///
  /// A second with hits passes the clock guard like so many records. Seconds without hits move time, but
  /// never by a leap: a sender that only claims that time has passed cannot close anything.
  mutating func add(_ report: ImportedReport, wall: EpochSecond, _ names: NameTables) {
    if linesRead == 0 { expect(first: report.from) }
    countLines(of: report)
    if let late = report.late { add(late, at: report.through, wall, names) }
    if let second = report.second { add(second, wall, names) }
    follow(report, wall, names)
    noteLines()
  }

  /// Counts the lines that are not hits. Hits count with their second.
  private mutating func countLines(of report: ImportedReport) {
    let lines = report.lines
    linesRead &+= lines.lines
    openHits += lines.hits
    if lines.lines > 0 { silence.sawLine = true }
    guard lines.lines > lines.hits else { return }
    delta.hasExceptions = true
    delta.tally.lines += lines.lines - lines.hits
    delta.tally.rejected += lines.rejected
    delta.tally.ignored += lines.ignored
    delta.tally.filtered += lines.filtered
    delta.tally.filteredLate += lines.filteredLate
  }

  private mutating func add(_ second: ReportedSecond, _ wall: EpochSecond, _ names: NameTables) {
    let time = second.figures.second
    guard takeHits(second.hits, at: time) else { return }
    // The common case: the second is in order, and nothing is in doubt.
    if clockGuard.isSettled, let head = clock.head, time.seconds(since: head) <= options.maxJump,
      time.seconds(since: wall) <= options.maxJump
    {
      accept(second, names)
      return
    }
    let arrival = Arrival(second, line: linesRead)
    apply(clockGuard.judge(arrival, head: clock.head, wall: wall), names)
  }

  /// - Parameter closed: the last second that closed with the hits.
  private mutating func add(
    _ late: LateReport, at closed: EpochSecond, _ wall: EpochSecond, _ names: NameTables
  ) {
    // Of several late hits, only the time of the earliest is known.
    guard takeHits(late.hits, at: late.first ?? closed) else { return }
    let arrival = Arrival(late, at: closed, line: linesRead)
    apply(clockGuard.judge(arrival, head: clock.head, wall: wall), names)
  }

  /// Counts the lines of hits whose time is known now.
  ///
  /// - Returns: whether they lie in the range.
  private mutating func takeHits(_ hits: Int, at time: EpochSecond) -> Bool {
    openHits = max(0, openHits - hits)
    delta.tally.lines += hits
    guard !range.contains(time) else { return true }
    expect(first: nil)
    delta.tally.ignored += hits
    delta.hasExceptions = true
    ignoredTimes.extend(time...time)
    return false
  }

  /// Notes which second the sender closes first, before its first hit in the range.
  private mutating func expect(first: EpochSecond?) {
    clock.expect(first: first, lead: max(options.maxJump, options.lateness))
  }

  /// Follows the clock of the sender as far as it is believed.
  private mutating func follow(
    _ report: ImportedReport, _ wall: EpochSecond, _ names: NameTables
  ) {
    // The records of the sender that lie outside the range do not move time.
    guard let head = report.head, range.contains(head) else { return }
    if believes(report.through, wall) {
      clock.move(to: report.through)
      close(through: report.through, names)
    }
    guard believes(head, wall) else { return }
    clock.move(to: head)
    if let earliest = clockGuard.earliest, earliest <= head {
      apply(clockGuard.advance(to: head), names)
    }
    if let last = report.last { raise(to: min(last, head)) }
    let lag = head.seconds(since: report.through) - 1
    clock.setLateness(ofSender: lag, usual: options.lateness)
  }

  /// Whether a time is believed although no record proves it.
  private func believes(_ time: EpochSecond, _ wall: EpochSecond) -> Bool {
    guard let head = clock.head else { return false }
    // Ahead of the wall clock it could close the seconds of senders that are not.
    if options.following, time > max(head, wall) { return false }
    return time.seconds(since: head) <= options.maxJump && !clockGuard.isAhead(time, of: wall)
  }

  /// Notes the time of an accepted hit.
  private mutating func raise(to time: EpochSecond) {
    if let greatest = clock.greatest, time <= greatest { return }
    clock.accept(time)
    silence.sawTimeAdvance = true
  }
}

// What the clock guard accepts.

extension SourceIntake {
  /// Counts a second and closes it.
  mutating func accept(_ second: ReportedSecond, _ names: NameTables) {
    // Lines alone prove nothing: a sender that has no time could hold back the others.
    silence.sawRecord = true
    let time = second.figures.second
    let counted = second.figures.traffic.hits
    if let closed = clock.closedThrough, time <= closed {
      countLate(second.figures, of: second.hits)
      return raise(to: time)
    }
    raise(to: time)
    leaveOut(second.hits - counted, isLate: false)
    delta.tally.hits += counted
    if counted > 0 { delta.observe(time) }
    let plain = drainPlainDelta()
    if counted > 0 {
      closings.add(second.figures, plain ?? HitDelta())
    } else {
      closings.add(through: time, plain ?? HitDelta())
    }
    if plain == nil { attachDeltas() }
    clock.close(through: time)
  }

  /// Counts the late hits of a report.
  mutating func accept(_ late: LateReport) {
    let counted = late.figures.traffic.hits
    leaveOut(late.hits - counted, isLate: true)
    guard counted > 0 else { return }
    count(late.figures, late: counted)
    if let first = late.first { delta.observe(first) }
  }

  /// Counts a second that has been closed already.
  private mutating func countLate(_ figures: SecondFigures, of hits: Int) {
    let (time, counted) = (figures.second, figures.traffic.hits)
    leaveOut(hits - counted, isLate: true)
    guard counted > 0 else { return }
    let head = clock.head ?? time
    count(figures, late: counted)
    delta.observe(time)
    observeLate(
      time, hits: counted, line: linesRead, head: head, greatest: clock.greatest ?? time)
  }

  private mutating func count(_ figures: SecondFigures, late hits: Int) {
    delta.tally.hits += hits
    delta.tally.late += hits
    delta.hasExceptions = true
    // Of thousands of senders, each may try to fill its table.
    beginLate(at: figures.second, longestLag: 3600)
    late?.figures.add(figures)
  }

  /// Counts hits that the filter leaves out.
  private mutating func leaveOut(_ hits: Int, isLate: Bool) {
    guard hits > 0 else { return }
    delta.tally.addFiltered(hits, isLate: isLate)
    delta.hasExceptions = true
  }
}
