import AccessLog
import LogInput
import Monitoring
import TrafficAnalysis

/// What is watched and how far it has come: the pipeline with its feed, and in a replay its clock
/// and its history. Knows nothing of the screen.
@MainActor
final class Session {
  /// What happened in a turn.
  struct Turn {
    var events: [MonitorEvent] = []
    /// There is more to do at once.
    var hasBacklog = false
  }

  let options: PipelineOptions
  let input: Input
  private(set) var pipeline: Pipeline
  private var phase: SourceState.Phase
  private(set) var wasAtEnd = false
  private let startClock = Clocks.read()
  /// In a replay.
  private(set) var pacer: Pacer?
  private var history: ReplayHistory
  private(set) var seek: Seek?
  /// Transitions that were seen, and which part of the input had been read then.
  private(set) var marks: [(second: EpochSecond, triggered: Bool, position: Double)] = []

  /// A way to another moment that takes more than one turn.
  struct Seek {
    var goal: Goal
    var pipeline: Pipeline
    var isForAlert = false
    var start: Double
  }

  init(_ options: PipelineOptions, input: Input, pacer: Pacer?) {
    self.options = options
    self.input = input
    self.pacer = pacer
    pipeline = Pipeline(options)
    history = ReplayHistory(beginning: pipeline)
    phase = .loading(read: 0, total: input.size())
  }

  var isReplay: Bool { pacer != nil }
  var isFinished: Bool { pipeline.isFinished && seek == nil }

  /// The part of the input that has been read, 0 to 1.
  var position: Double {
    guard let size = input.size(), size > 0 else { return 0 }
    return min(1, Double(pipeline.offset) / Double(size))
  }

  var source: SourceState {
    var state = input.state?() ?? SourceState(path: input.path, phase: phase)
    state.format = pipeline.format
    if !wasAtEnd, state.phase != .waiting {
      state.phase = .loading(read: pipeline.offset, total: input.size())
    }
    if input.state == nil, wasAtEnd { state.phase = phase }
    return state
  }

  /// Reads and analyzes for at most `budget` seconds.
  func work(budget: Double) throws(InputFailure) -> Turn {
    let start = Clocks.monotonic()
    var clock = Clocks.read()
    if !options.analysis.following { clock.wall = startClock.wall }
    var turn = Turn()
    let isOver = { Clocks.monotonic() - start > budget }
    if seek != nil {
      try goOnSeeking(clock, isOver, &turn)
      return turn
    }
    guard !pipeline.isFinished else { return turn }
    let goal = pacer?.next(for: pipeline, at: start) ?? .everything
    let end = try pipeline.step(
      input.feed, until: goal, clock: clock, isOverBudget: isOver, events: &turn.events)
    note(turn.events)
    if isReplay { history.keep(pipeline) }
    switch end {
    case .outOfBudget: turn.hasBacklog = true
    case .goalReached: break
    case .caughtUp:
      wasAtEnd = true
      phase = .following
    case .finished:
      wasAtEnd = true
      phase = .ended
    }
    return turn
  }

  private func note(_ events: [MonitorEvent]) {
    for case .alert(let transition) in events
    where transition.second > (marks.last?.second ?? EpochSecond(.min)) {
      marks.append((transition.second, transition.change == .triggered, position))
    }
  }

  /// Ends in order.
  func stop() -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    pipeline.stop(clock: Clocks.read(), events: &events)
    return events
  }
}

// MARK: - Replay

extension Session {
  func togglePause() {
    guard let pacer else { return }
    self.pacer?.setPaused(!pacer.isPaused, at: Clocks.monotonic())
  }

  func changeSpeed(by step: Int) {
    pacer?.changeSpeed(by: step, at: Clocks.monotonic())
  }

  func setSpeed(_ speed: ReplaySpeed) {
    pacer?.setSpeed(speed, at: Clocks.monotonic())
  }

  /// Shows another moment.
  ///
  /// - Returns: `false` where the input cannot go back.
  func seek(to second: EpochSecond) -> Bool {
    let goal = Goal.second(second)
    if let now = pipeline.closedThrough, second < now {
      guard input.feed.canGoBack else { return false }
      begin(Seek(goal: goal, pipeline: history.nearest(to: second), start: position))
    } else {
      begin(Seek(goal: goal, pipeline: pipeline, start: position))
    }
    return true
  }

  func seekNextAlert() {
    let goal = Goal.transition(before: EpochSecond(1_000_000_000_000_000))
    begin(Seek(goal: goal, pipeline: pipeline, isForAlert: true, start: position))
  }

  func skipSilence() {
    guard let next = pipeline.nextHit else { return }
    pacer?.restart(at: next.advanced(by: -1), real: Clocks.monotonic())
  }

  /// Stays where it was.
  func cancelSeek() {
    seek = nil
    restartClock()
  }

  private func begin(_ seek: Seek) {
    guard input.feed.canGoBack || !seek.isForAlert else { return }
    self.seek = seek
  }

  private func goOnSeeking(
    _ clock: ClockReading, _ isOver: () -> Bool, _ turn: inout Turn
  ) throws(InputFailure) {
    guard var seek else { return }
    self.seek = nil
    var events: [MonitorEvent] = []
    let end = try seek.pipeline.step(
      input.feed, until: seek.goal, clock: clock, isOverBudget: isOver, events: &events)
    let found = events.contains {
      if case .alert(let transition) = $0 { transition.change == .triggered } else { false }
    }
    history.keep(seek.pipeline)
    let goesOn =
      end == .outOfBudget || (seek.isForAlert && end == .goalReached && !found)
    if goesOn {
      self.seek = seek
      turn.hasBacklog = true
      return
    }
    pipeline = seek.pipeline
    note(events)
    wasAtEnd = pipeline.isFinished
    phase = pipeline.isFinished ? .ended : .following
    restartClock()
  }

  /// How far the seek has come, 0 to 1 of the input.
  var seekPosition: Double? {
    guard let seek, let size = input.size(), size > 0 else { return nil }
    return min(1, Double(seek.pipeline.offset) / Double(size))
  }

  private func restartClock() {
    guard let second = pipeline.closedThrough else { return }
    pacer?.restart(at: second, real: Clocks.monotonic())
  }

  /// Stretches with an alert, as parts of the input.
  var alertSpans: [ClosedRange<Double>] {
    var spans: [ClosedRange<Double>] = []
    var from: Double?
    for mark in marks {
      if mark.triggered {
        from = mark.position
      } else if let start = from {
        spans.append(start...max(start, mark.position))
        from = nil
      }
    }
    if let from { spans.append(from...max(from, position)) }
    return spans
  }
}
