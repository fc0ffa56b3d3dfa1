import AccessLog
import TrafficAnalysis

// What a step emits.

extension Pipeline {
  /// Advances towards the goal. All events are kept until the end of the step.
  package mutating func step(
    _ readers: [BlockReader], until goal: Goal, clock: ClockReading, isOverBudget: () -> Bool,
    events: inout [MonitorEvent]
  ) throws(SourceFailure) -> StepEnd {
    try step(
      readers, until: goal, clock: clock, isOverBudget: { _ in isOverBudget() }, events: &events)
  }

  /// The number of events after which a step ends. An interval holds a row for each section.
  var eventLimit: Int { max(1, 65_536 / (1 + analyzer.options.top)) }

  /// Emits the events of the seconds that have closed, up to the goal.
  ///
  /// - Parameter limit: once so many events are in the array, the others wait for the next step.
  /// - Returns: whether the goal is reached.
  mutating func emitEvents(
    until goal: Goal, _ limit: Int, _ events: inout [MonitorEvent]
  ) -> Bool {
    if !isStarted, turns.indices.allSatisfy({ turns[$0].hasEnded || sources[$0].isSettled }) {
      emitStart(&events)
    }
    emitNotices(&events)
    let first = events.count
    var stopsAtTransition = false
    if case .transition = goal { stopsAtTransition = true }
    let isAtTransition = analyzer.release(
      until: goal.limit, stopAtTransition: stopsAtTransition, eventLimit: limit, &events)
    if !isStarted, events.count > first {
      // A log that brings nothing does not hold up the others.
      isStarted = true
      events.insert(.start(sources: startSummaries), at: first)
    }
    emitLines(&events)
    return isAtTransition || events.count < limit && isReached(goal)
  }

  private var startSummaries: [SourceSummary] {
    sources.map { SourceSummary(path: $0.path, format: $0.format) }
  }

  mutating func emitStart(_ events: inout [MonitorEvent]) {
    guard !isStarted else { return }
    isStarted = true
    events.append(.start(sources: startSummaries))
  }

  mutating func emitNotices(_ events: inout [MonitorEvent]) {
    events += pendingNotices.map { .notice($0) }
    pendingNotices.removeAll()
    if let notice = peerNotices.drain(now: round.lastStep) { events.append(.notice(notice)) }
    events += reportNotices.drain(now: round.lastStep).map { .notice($0) }
    analyzer.drainNotices(&events)
    for source in sources.indices {
      let lines = analyzer.drainRejectedLines(of: source)
      if !lines.isEmpty { sources[source].rejectedLines += lines }
    }
  }

  private func isReached(_ goal: Goal) -> Bool {
    // The seconds that the sources have closed up to the goal have been emitted by now.
    guard let closed = analyzer.sourcesClosedThrough else { return false }
    return closed >= goal.limit
  }
}
