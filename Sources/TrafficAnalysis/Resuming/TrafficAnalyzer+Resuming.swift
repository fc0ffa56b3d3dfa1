import AccessLog

// Continuing the analysis of an earlier run, which has read a part of the logs that is read again.

extension TrafficAnalyzer {
  /// Continues an earlier run, or only shows its alerts. Called before the first line.
  package mutating func resume(_ reported: ReportedTraffic) {
    guard reported.closedThrough != nil else { return closed.begin(behind: reported) }
    resumption = reported
    earlierBegin = reported.begun
    closed.begin(behind: reported)
  }

  /// The first second that this run, or the one that it continues, has closed.
  package var begun: EpochSecond? { earlierBegin ?? closed.firstClosed }

  /// Notes that the next lines of a source have been counted by an earlier run.
  package mutating func beginKnownLines(of source: Int) { joiner[source].readsKnownLines = true }

  /// What this run has reported, for one that continues it; `nil` if it has closed nothing, or reads again
  /// what an earlier one has reported.
  package var reported: ReportedTraffic? {
    guard resumption == nil, let closedThrough else { return nil }
    var reported = ReportedTraffic(closedThrough: closedThrough, alerts: closed.transitions)
    reported.begun = begun
    return reported
  }

  /// Whether every second that an earlier run has reported has passed the gate.
  package var isPastResumption: Bool { resumption == nil }

  /// Judges no rule at what closes from now on: of the last seconds not everything is known when a run is
  /// stopped, and the one that continues it will judge them.
  package mutating func suspendRules() { closed.isSuspended = true }

  /// The minute that has not closed, as far as its seconds have; `nil` if it has no hits.
  package var currentMinute: IntervalReport? { closed.minute?.current(partial: true, names) }

  /// Forgets the lines of a source that have been read so far: an earlier run has counted them. They
  /// stay in windows and open seconds.
  package mutating func forgetLines(of source: Int, wall: EpochSecond) {
    updateView { $0.forgetLines(of: source, wall: wall) }
    joiner[source].intake.settleQuarantine(wall: wall, names)
    joiner[source].forgetLines(in: &closed)
  }

  /// Lets the seconds pass the gate that an earlier run has reported, in silence, and then restores the
  /// alerts that were active.
  mutating func releaseReported(through end: EpochSecond) {
    guard let reported = resumption, let last = reported.closedThrough else { return }
    var ignored: [MonitorEvent] = []
    let goal = ReleaseGoal(
      end: min(end, last), eventLimit: .max, transitions: nil)
    closed.reporter?.isSilent = true
    joiner.release(goal, in: &closed, &separate, names, &ignored)
    guard end >= last else { return }
    closed.closeEmptySeconds(through: last, names, &ignored)
    closed.reporter?.isSilent = false
    closed.restore(reported, &names)
    resumption = nil
  }
}

extension SourceIntake {
  /// Decides about the records in quarantine.
  mutating func settleQuarantine(wall: EpochSecond, _ names: NameTables) {
    apply(clockGuard.resolveQuarantine(head: clock.head, wall: wall), names)
  }

  /// Forgets the lines that have not passed the gate, but for rules that count lines.
  mutating func forgetLines() {
    drainedLines += LineCounts(delta.tally)
    delta = LineDelta()
    late = nil
    lateAtLastClosing = HitShare(0, of: 0)
    closings.forgetLines()
    noteLines()
  }
}

extension JoinedSource {
  mutating func forgetLines(in closed: inout ClosedTraffic) {
    closed.forget(tally)
    tally = LineTally()
    traffic = Traffic()
    (first, last) = (nil, nil)
    lateness = LatenessAdvisor(intake.options)
    intake.forgetLines()
    readsKnownLines = false
  }
}
