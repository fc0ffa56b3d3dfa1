import AccessLog
import LogInput
import Monitoring
import TrafficAnalysis

/// What is watched and how far it has come: the pipeline with its feed, and in a replay its clock
/// and its history. Drives the pipeline for the dashboard and for reports alike, and knows of
/// neither.
@MainActor
final class Session {
  /// What happened in a turn.
  struct Turn {
    var events: [MonitorEvent] = []
    /// There is more to do at once.
    var hasBacklog = false
    /// So many bytes of the log were taken.
    var bytes: Int64 = 0
    /// The source cannot be read any more.
    var failure: InputFailure?
  }

  let options: PipelineOptions
  let input: Input
  private(set) var pipeline: Pipeline
  /// The source was read to its end.
  private var wasAtEnd = false
  private(set) var hasAlerted = false
  private let startClock = Clocks.read()
  /// In a replay.
  private(set) var pacer: Pacer?
  /// To come back to, where somebody can ask for that.
  private var history: ReplayHistory?
  private(set) var seek: Seek?
  /// Transitions that were seen, and which part of the input had been read then.
  private(set) var marks: [(second: EpochSecond, triggered: Bool, position: Double)] = []

  /// A way to another moment that takes more than one turn.
  struct Seek {
    var goal: Goal
    var pipeline: Pipeline
    var isForAlert = false
  }

  /// - Parameter canSeek: somebody may ask for another moment of the replay.
  init(_ options: PipelineOptions, input: Input, pacer: Pacer?, canSeek: Bool) {
    self.options = options
    self.input = input
    self.pacer = pacer
    pipeline = Pipeline(options)
    if canSeek, pacer != nil { history = ReplayHistory(beginning: pipeline) }
  }

  /// The stream that the log comes through brings nothing for now, whatever its descriptor says.
  var streamIsSilent: Bool { pipeline.isFinished || input.awaitsWriter() }

  var isReplay: Bool { pacer != nil }

  /// Lines were read, and not one matched a format.
  var matchesNothing: Bool { !pipeline.matchedAnything && pipeline.linesRejected > 0 }

  /// How the program is to exit after an orderly end.
  func exitStatus(failOnAlert: Bool) -> Int32 {
    matchesNothing ? 1 : failOnAlert && hasAlerted ? 3 : 0
  }

  /// The part of the input that has been read, 0 to 1.
  var position: Double { part(of: pipeline) ?? 0 }

  private func part(of pipeline: Pipeline) -> Double? {
    guard let size = input.size(), size > 0 else { return nil }
    return min(1, Double(pipeline.offset) / Double(size))
  }

  var source: SourceState {
    let ended: SourceState.Phase = pipeline.isFinished ? .ended : .following
    var state = input.state?() ?? SourceState(path: input.path, phase: ended)
    state.format = pipeline.format
    switch state.phase {
    case .waiting, .failed: break
    default:
      if !wasAtEnd { state.phase = .loading(read: pipeline.offset, total: input.size()) }
    }
    return state
  }

  /// Reads and analyzes for at most `budget` seconds.
  func work(budget: Double) -> Turn {
    let start = Clocks.monotonic()
    var clock = Clocks.read()
    if !options.analysis.following { clock.wall = startClock.wall }
    var turn = Turn()
    let offset = pipeline.offset
    let isOver = { Clocks.monotonic() - start > budget }
    do throws(InputFailure) {
      if seek != nil {
        try goOnSeeking(clock, isOver, &turn)
      } else if !pipeline.isFinished {
        let goal = pacer?.next(for: pipeline, at: start) ?? .everything
        let end = try pipeline.step(
          input.feed, until: goal, clock: clock, isOverBudget: isOver, events: &turn.events)
        turn.hasBacklog = end == .outOfBudget
        if end == .caughtUp || end == .finished { wasAtEnd = true }
        history?.keep(pipeline)
      }
    } catch {
      turn.failure = error
    }
    turn.bytes = pipeline.offset - offset
    note(turn.events)
    if turn.events.contains(where: \.isTrigger) { hasAlerted = true }
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
    if events.contains(where: \.isTrigger) { hasAlerted = true }
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
      guard input.feed.canGoBack, let history else { return false }
      seek = Seek(goal: goal, pipeline: history.nearest(to: second))
    } else {
      seek = Seek(goal: goal, pipeline: pipeline)
    }
    return true
  }

  /// Shows the moment at which the alert triggers next.
  ///
  /// - Returns: `false` where the input cannot be looked ahead in without being used up.
  func seekNextAlert() -> Bool {
    guard input.feed.canGoBack else { return false }
    let goal = Goal.transition(before: EpochSecond(1_000_000_000_000_000))
    seek = Seek(goal: goal, pipeline: pipeline, isForAlert: true)
    return true
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

  private func goOnSeeking(
    _ clock: ClockReading, _ isOver: () -> Bool, _ turn: inout Turn
  ) throws(InputFailure) {
    guard var seek else { return }
    self.seek = nil
    var events: [MonitorEvent] = []
    let end = try seek.pipeline.step(
      input.feed, until: seek.goal, clock: clock, isOverBudget: isOver, events: &events)
    history?.keep(seek.pipeline)
    let isElsewhere = end == .goalReached && !events.contains(where: \.isTrigger)
    if end == .outOfBudget || (seek.isForAlert && isElsewhere) {
      self.seek = seek
      turn.hasBacklog = true
      return
    }
    pipeline = seek.pipeline
    note(events)
    wasAtEnd = pipeline.isFinished
    restartClock()
  }

  /// How far the seek has come, 0 to 1 of the input.
  var seekPosition: Double? { seek.flatMap { part(of: $0.pipeline) } }

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

extension MonitorEvent {
  /// An alert that triggered.
  fileprivate var isTrigger: Bool {
    if case .alert(let transition) = self { transition.change == .triggered } else { false }
  }
}
