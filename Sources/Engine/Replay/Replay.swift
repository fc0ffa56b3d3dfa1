import AccessLog
import LogInput
import TrafficAnalysis

/// Plays a log: a pipeline with the clock that paces it, the copies to come back to, and the way to
/// another moment that may be under way. What is shown at a moment is what a run from the beginning
/// shows there, however it was come to. Monotonic time, in seconds, is given to it; it never asks.
package struct Replay: Sendable {
  /// What a step did.
  package enum Step: Equatable, Sendable {
    case played(StepEnd)
    /// The moment sought is not come to yet; whether there is more to do at once.
    case seeking(hasBacklog: Bool)
    case arrived
    /// The moment is that at which an alert triggered, and the replay pauses there.
    case atAlert(EpochSecond)
    /// It stays where it was.
    case noFurtherAlert
  }

  /// A way to another moment, which may take many steps.
  struct Seek: Sendable {
    enum Target: Sendable {
      case second(EpochSecond)
      /// The first alert after that second.
      case alert(after: EpochSecond?)
    }

    var target: Target
    /// No further than this.
    var limit: EpochSecond
    var pipeline: Pipeline
    /// When it was asked for.
    var start: Double
    /// The replay is to stand still there.
    var pauses = false
  }

  package private(set) var pipeline: Pipeline
  package private(set) var pacer: Pacer
  /// As far as the log has been looked at.
  package private(set) var alerts = KnownAlerts()
  private(set) var seek: Seek?
  /// Where the input can go back.
  private var history: ReplayHistory?

  /// - Parameters:
  ///   - canGoBack: the input can be read again from any place, and somebody may ask for that.
  ///   - limits: of what is kept to go back.
  package init(
    _ options: PipelineOptions, pacer: Pacer, canGoBack: Bool,
    limits: ReplayHistory.Limits = ReplayHistory.Limits()
  ) {
    pipeline = Pipeline(options)
    self.pacer = pacer
    if canGoBack { history = ReplayHistory(beginning: pipeline, limits: limits) }
  }

  /// Plays on, or goes on seeking.
  ///
  /// - Parameters:
  ///   - clock: what the time is.
  ///   - isOverBudget: asked after each block whether to stop for now.
  ///   - events: what was played is added to it, in order; not what was only passed on the way.
  /// - Throws: what the source throws; the replay pauses at the moment that is shown.
  package mutating func step(
    _ reader: BlockReader, clock: ClockReading, isOverBudget: () -> Bool,
    events: inout [MonitorEvent]
  ) throws(InputFailure) -> Step {
    do throws(InputFailure) {
      if let going = seek.take() { return try goOn(going, reader, clock, isOverBudget) }
      guard !pipeline.isFinished else { return .played(.finished) }
      let goal = pacer.next(for: pipeline, at: clock.monotonic)
      let end = try Self.run(
        &pipeline, to: goal.limit, reader, clock, isOverBudget, &alerts, &events)
      history?.keep(pipeline)
      return .played(end)
    } catch {
      pacer.restart(at: clock.monotonic)
      pacer.setPaused(true, at: clock.monotonic)
      throw error
    }
  }

  /// Goes on to a second, stopping at transitions on the way to see where in the input they are.
  private static func run(
    _ pipeline: inout Pipeline, to limit: EpochSecond, isForAlert: Bool = false,
    _ reader: BlockReader,
    _ clock: ClockReading, _ isOverBudget: () -> Bool, _ alerts: inout KnownAlerts,
    _ events: inout [MonitorEvent]
  ) throws(InputFailure) -> StepEnd {
    while true {
      let before = events.count
      let end = try pipeline.step(
        reader, until: .transition(before: limit), clock: clock, isOverBudget: isOverBudget,
        events: &events)
      let news = events[before...]
      alerts.look(at: pipeline, news)
      guard end == .goalReached, news.contains(where: \.isTransition) else { return end }
      if isForAlert, news.contains(where: \.isTrigger) { return .goalReached }
    }
  }

  /// Ends in order at the moment that is shown.
  package mutating func stop(events: inout [MonitorEvent]) { pipeline.stopAtGate(events: &events) }

  private mutating func goOn(
    _ seek: consuming Seek, _ reader: BlockReader, _ clock: ClockReading, _ isOverBudget: () -> Bool
  ) throws(InputFailure) -> Step {
    var passed: [MonitorEvent] = []
    var isForAlert = false
    if case .alert = seek.target { isForAlert = true }
    let end = try Self.run(
      &seek.pipeline, to: seek.limit, isForAlert: isForAlert, reader, clock, isOverBudget, &alerts,
      &passed)
    history?.keep(seek.pipeline)
    if end == .outOfBudget || end == .caughtUp {
      self.seek = seek
      return .seeking(hasBacklog: end == .outOfBudget)
    }
    return arrive(with: seek, end, at: clock.monotonic)
  }

  private mutating func arrive(with seek: Seek, _ end: StepEnd, at real: Double) -> Step {
    pacer.restart(at: real)
    if case .alert = seek.target, end == .finished { return .noFurtherAlert }
    pipeline = seek.pipeline
    guard seek.pauses else { return .arrived }
    pacer.setPaused(true, at: real)
    return pipeline.closedThrough.map { .atAlert($0) } ?? .arrived
  }
}

// MARK: - What can be asked for

extension Replay {
  package mutating func setPaused(_ paused: Bool, at real: Double) {
    pacer.setPaused(paused, at: real)
  }

  package mutating func changeSpeed(by step: Int, at real: Double) {
    pacer.changeSpeed(by: step, at: real)
  }

  package mutating func setSpeed(_ speed: ReplaySpeed, at real: Double) {
    pacer.setSpeed(speed, at: real)
  }

  /// Goes to another moment: to show the second, as soon as steps have come there.
  ///
  /// - Parameter pauses: the replay is to stand still there.
  /// - Returns: `false` where that lies back and the input cannot go back.
  package mutating func seek(to second: EpochSecond, pausing pauses: Bool = false, at real: Double)
    -> Bool
  {
    let isBack = pipeline.closedThrough.map { second < $0 } ?? false
    guard let history else {
      guard !isBack else { return false }
      begin(.second(second), limit: second, from: pipeline, pauses: pauses, at: real)
      return true
    }
    let kept = history.nearest(to: second)
    let start = isBack || kept.isFurther(than: pipeline) ? kept : pipeline
    begin(.second(second), limit: second, from: start, pauses: pauses, at: real)
    return true
  }

  /// Goes so many seconds on, or back where negative, but not before the first second there is.
  /// While such a way is under way it is made longer.
  ///
  /// - Returns: `false` where the input cannot go back.
  package mutating func seek(by seconds: Int64, at real: Double) -> Bool {
    var from = pipeline.closedThrough
    if case .second(let second)? = seek?.target { from = second }
    guard let from, let first = pipeline.firstClosed else { return true }
    return seek(to: max(first, from.advanced(by: seconds)), at: real)
  }

  /// Goes to the next second at which an alert triggers, and pauses there.
  ///
  /// - Returns: `false` where the input cannot be looked ahead in without being used up.
  package mutating func seekNextAlert(at real: Double) -> Bool {
    guard let history else { return false }
    let now = pipeline.closedThrough
    if let known = alerts.nextTrigger(after: now) {
      return seek(to: known, pausing: true, at: real)
    }
    var start = pipeline
    if let through = alerts.through?.second {
      let kept = history.nearest(to: through)
      if kept.isFurther(than: start) { start = kept }
    }
    begin(
      .alert(after: now), limit: EpochSecond(1_000_000_000_000_000), from: start, pauses: true,
      at: real)
    return true
  }

  /// Goes to the next second with a hit.
  ///
  /// - Returns: `false` where that is the next one anyway.
  package mutating func skipSilence(at real: Double) -> Bool {
    guard let now = pipeline.closedThrough, let next = pipeline.nextHit,
      next.seconds(since: now) > 1
    else { return false }
    return seek(to: next, at: real)
  }

  private mutating func begin(
    _ target: Seek.Target, limit: EpochSecond, from start: Pipeline, pauses: Bool, at real: Double
  ) {
    seek = Seek(target: target, limit: limit, pipeline: start, start: real, pauses: pauses)
  }

  /// Stays where it was; where the input cannot go back, where the way has come to.
  package mutating func cancelSeek(at real: Double) {
    if history == nil, let seek { pipeline = seek.pipeline }
    seek = nil
    pacer.restart(at: real)
  }
}

// MARK: - Where it stands

extension Replay {
  package var isSeeking: Bool { seek != nil }

  /// How long the seek that is under way has taken, in seconds.
  package func seeking(since real: Double) -> Double? { seek.map { real - $0.start } }

  /// Where in the input the moment is that is shown, in bytes.
  package var offset: Int64 { pipeline.shownOffset }

  /// The same for how far a seek has come.
  package var seekOffset: Int64? { seek?.pipeline.shownOffset }

  /// How many copies there are to come back to, and about what they take, in bytes.
  package var kept: (copies: Int, bytes: Int) { (history?.count ?? 0, history?.bytes ?? 0) }
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
