import AccessLog
import LogInput
import TrafficAnalysis

/// Replays a log: a pipeline, the clock that paces it, copies of the pipeline to return to, and the
/// seek that may be under way. A moment always shows what a run from the beginning shows there,
/// whatever seeks led to it. It reads no clock: callers pass monotonic time, in seconds.
package struct Replay: Sendable {
  /// What is shown.
  package private(set) var pipeline: Pipeline
  package private(set) var pacer: Pacer
  /// The alerts of the part of the log that has been read.
  package private(set) var alerts = KnownAlerts()
  private(set) var seek: Seek?
  /// `nil` where the input cannot be rewound.
  private var history: ReplayHistory?

  /// - Parameters:
  ///   - canRewind: whether the input can be rewound, and the user can request that.
  ///   - limits: bounds the copies that are kept.
  package init(
    _ options: PipelineOptions, pacer: Pacer, canRewind: Bool,
    limits: ReplayHistory.Limits = ReplayHistory.Limits()
  ) {
    pipeline = Pipeline(options)
    self.pacer = pacer
    if canRewind { history = ReplayHistory(beginning: pipeline, limits: limits) }
  }

  /// Continues the seek that is under way, or else plays.
  ///
  /// - Parameters:
  ///   - clock: the time of this step.
  ///   - isOverBudget: called after each block; `true` ends the step.
  ///   - events: receives the events that were played, in order, but not those that a seek passes.
  /// - Throws: `SourceFailure` where a source cannot be read. A replay of a single log then pauses at
  ///   the moment that is shown; one of several goes on there, after `endSource`.
  package mutating func step(
    _ readers: [BlockReader], clock: ClockReading, isOverBudget: () -> Bool,
    events: inout [MonitorEvent]
  ) throws(SourceFailure) -> Step {
    do throws(SourceFailure) {
      if let seek = seek.take() {
        return try continueSeek(seek, readers, clock, isOverBudget)
      }
      guard !pipeline.isFinished else { return .played(.finished) }
      let goal = pacer.nextGoal(for: pipeline, at: clock.monotonic)
      let end = try Self.advance(
        &pipeline, to: goal.limit, readers, clock, isOverBudget, &alerts, &events)
      history?.addCopy(of: pipeline)
      return .played(end)
    } catch {
      pacer.restart(at: clock.monotonic)
      if pipeline.sources.count == 1 { pacer.setPaused(true, at: clock.monotonic) }
      throw error
    }
  }

  /// Advances the pipeline to a second, and stops at transitions on the way to record their
  /// offsets.
  ///
  /// - Parameter endsAtTrigger: whether to end at the first alert that triggers.
  private static func advance(
    _ pipeline: inout Pipeline, to limit: EpochSecond, endsAtTrigger: Bool = false,
    _ readers: [BlockReader], _ clock: ClockReading, _ isOverBudget: () -> Bool,
    _ alerts: inout KnownAlerts, _ events: inout [MonitorEvent]
  ) throws(SourceFailure) -> StepEnd {
    while true {
      let firstNew = events.count
      let end = try pipeline.step(
        readers, until: .transition(before: limit), clock: clock, isOverBudget: isOverBudget,
        events: &events)
      let newEvents = events[firstNew...]
      alerts.observe(pipeline, newEvents)
      guard end == .goalReached, newEvents.contains(where: \.isTransition) else { return end }
      if endsAtTrigger, newEvents.contains(where: \.isTrigger) { return .goalReached }
    }
  }

  /// Gives up a source that cannot be read.
  package mutating func endSource(_ source: Int, clock: ClockReading) {
    pipeline.endSource(source, clock: clock)
  }

  /// Ends the run at the moment that is shown.
  package mutating func stop(events: inout [MonitorEvent]) {
    pipeline.stopAtShownMoment(events: &events)
  }

  private mutating func continueSeek(
    _ seek: consuming Seek, _ readers: [BlockReader], _ clock: ClockReading,
    _ isOverBudget: () -> Bool
  ) throws(SourceFailure) -> Step {
    var passedEvents: [MonitorEvent] = []
    var endsAtTrigger = false
    if case .alert = seek.target { endsAtTrigger = true }
    let end = try Self.advance(
      &seek.pipeline, to: seek.limit, endsAtTrigger: endsAtTrigger, readers, clock, isOverBudget,
      &alerts, &passedEvents)
    history?.addCopy(of: seek.pipeline)
    if end == .outOfBudget || end == .caughtUp {
      self.seek = seek
      return .seeking(hasBacklog: end == .outOfBudget)
    }
    return finishSeek(seek, end, at: clock.monotonic)
  }

  private mutating func finishSeek(_ seek: Seek, _ end: StepEnd, at real: Double) -> Step {
    pacer.restart(at: real)
    if case .alert = seek.target, end == .finished { return .noFurtherAlert }
    pipeline = seek.pipeline
    guard seek.pausesOnArrival else { return .arrived }
    pacer.setPaused(true, at: real)
    return pipeline.closedThrough.map { .atAlert($0) } ?? .arrived
  }
}

// MARK: - Requests

extension Replay {
  /// Pauses or continues.
  package mutating func setPaused(_ paused: Bool, at real: Double) {
    pacer.setPaused(paused, at: real)
  }

  /// Selects the next speed up or down. See `Pacer.changeSpeed`.
  package mutating func changeSpeed(by step: Int, at real: Double) {
    pacer.changeSpeed(by: step, at: real)
  }

  /// Sets the speed, from `real` on.
  package mutating func setSpeed(_ speed: ReplaySpeed, at real: Double) {
    pacer.setSpeed(speed, at: real)
  }

  /// Starts a seek to a second; the next steps carry it out.
  ///
  /// - Parameter pauses: whether the replay pauses when it arrives.
  /// - Returns: `false` where the second is in the past and the input cannot be rewound.
  package mutating func seek(to second: EpochSecond, pausing pauses: Bool = false, at real: Double)
    -> Bool
  {
    let isBack = pipeline.closedThrough.map { second < $0 } ?? false
    guard let history else {
      guard !isBack else { return false }
      startSeek(to: .second(second), limit: second, from: pipeline, pauses: pauses, at: real)
      return true
    }
    let copy = history.latestCopy(notAfter: second)
    let start = isBack || copy.isFurther(than: pipeline) ? copy : pipeline
    startSeek(to: .second(second), limit: second, from: start, pauses: pauses, at: real)
    return true
  }

  /// Seeks by a number of seconds, back where negative, but not before the first second of the log.
  /// If a seek to a second is under way, the distance is added to it.
  ///
  /// - Returns: `false` where the input cannot be rewound.
  package mutating func seek(by seconds: Int64, at real: Double) -> Bool {
    var from = pipeline.closedThrough
    if case .second(let second)? = seek?.target { from = second }
    guard let from, let first = pipeline.firstClosed else { return true }
    return seek(to: max(first, from.advanced(by: seconds)), at: real)
  }

  /// Seeks to the next second at which an alert triggers, and pauses there.
  ///
  /// - Returns: `false` where the input cannot be rewound: a search without result could not
  ///   return.
  package mutating func seekNextAlert(at real: Double) -> Bool {
    guard let history else { return false }
    let now = pipeline.closedThrough
    if let known = alerts.nextTrigger(after: now) {
      return seek(to: known, pausing: true, at: real)
    }
    var start = pipeline
    if let scannedThrough = alerts.scannedThrough?.second {
      let copy = history.latestCopy(notAfter: scannedThrough)
      if copy.isFurther(than: start) { start = copy }
    }
    startSeek(
      to: .alert(after: now), limit: EpochSecond(1_000_000_000_000_000), from: start, pauses: true,
      at: real)
    return true
  }

  /// Seeks to the next second with a hit.
  ///
  /// - Returns: `false` where there is no silence to skip.
  package mutating func skipSilence(at real: Double) -> Bool {
    guard let now = pipeline.closedThrough, let next = pipeline.nextHit,
      next.seconds(since: now) > 1
    else { return false }
    return seek(to: next, at: real)
  }

  private mutating func startSeek(
    to target: Seek.Target, limit: EpochSecond, from start: Pipeline, pauses: Bool, at real: Double
  ) {
    seek = Seek(
      target: target, limit: limit, pipeline: start, start: real, pausesOnArrival: pauses)
  }

  /// Ends the seek that is under way. The replay stays where it was or, where the input cannot be
  /// rewound, at the moment that the seek has reached.
  package mutating func cancelSeek(at real: Double) {
    if history == nil, let seek { pipeline = seek.pipeline }
    seek = nil
    pacer.restart(at: real)
  }
}

// MARK: - Position

extension Replay {
  /// Whether a seek is under way.
  package var isSeeking: Bool { seek != nil }

  /// How long the seek that is under way has taken, in seconds.
  package func seekDuration(at real: Double) -> Double? { seek.map { real - $0.start } }

  /// The offset in the input of the moment that is shown, in bytes.
  package var offset: Int64 { pipeline.shownOffset }

  /// The offset that the seek under way has reached, in bytes.
  package var seekOffset: Int64? { seek?.pipeline.shownOffset }

  /// The number of copies to return to, and approximately the memory that they take, in bytes.
  package var copies: (count: Int, bytes: Int) { (history?.count ?? 0, history?.bytes ?? 0) }
}

extension Pipeline {
  /// Whether it has closed more seconds.
  fileprivate func isFurther(than other: Pipeline) -> Bool {
    guard let second = closedThrough else { return false }
    return other.closedThrough.map { second > $0 } ?? true
  }
}

extension MonitorEvent {
  fileprivate var isTransition: Bool {
    if case .alert = self { true } else { false }
  }
}
