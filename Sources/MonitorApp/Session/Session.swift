import AccessLog
import Engine
import LogInput
import TrafficAnalysis

/// What is watched and how far it has come: the pipeline, or the replay, with its reader. Drives it for
/// the dashboard and for reports alike, and knows of neither.
@MainActor
final class Session {
  /// A seek is told of when it has taken so long, in seconds.
  private static let seekShownAfter = 0.25

  /// What happened in a turn.
  struct Turn {
    var events: [MonitorEvent] = []
    /// There is more to do at once.
    var hasBacklog = false
    /// So many bytes of the log were taken.
    var bytes: Int64 = 0
    /// What happened is news: it does not belong to what was there at the start.
    var isRecent = false
    /// A seek has ended.
    var arrival: Replay.Step?
    /// The source cannot be read any more.
    var failure: InputFailure?
  }

  let options: PipelineOptions
  let input: Input
  /// Where nothing is replayed.
  private var plain: Pipeline
  private(set) var replay: Replay?
  /// The source was read to its end.
  private var wasAtEnd = false
  private var hasAlerted = false
  /// The wall clock at the start.
  private let start: EpochSecond
  private let wall: () -> EpochSecond
  /// Seconds of the clock that never jumps.
  let monotonic: () -> Double

  /// - Parameters:
  ///   - pacer: of a replay.
  ///   - canSeek: somebody may ask for another moment of the replay.
  ///   - start: what the wall clock says now. Without follow it is not read again, so that the figures
  ///     do not depend on how long reading takes.
  ///   - wall: reads it.
  ///   - monotonic: reads the clock that never jumps, in seconds.
  init(
    _ options: PipelineOptions, input: Input, pacer: Pacer?, canSeek: Bool, start: EpochSecond,
    wall: @escaping () -> EpochSecond, monotonic: @escaping () -> Double
  ) {
    self.options = options
    self.input = input
    self.start = start
    self.wall = wall
    self.monotonic = monotonic
    plain = Pipeline(options)
    replay = pacer.map {
      Replay(options, pacer: $0, canGoBack: canSeek && input.reader.canGoBack)
    }
  }

  var pipeline: Pipeline { replay?.pipeline ?? plain }
  var isReplay: Bool { replay != nil }
  /// What happens from now on is news: it is played, or comes after all that was there at the start.
  var isPastStart: Bool { isReplay || options.analysis.following && wasAtEnd }

  private var clock: ClockReading {
    ClockReading(
      wall: options.analysis.following ? wall() : start, monotonic: monotonic())
  }

  /// The stream that the log comes through brings nothing for now, whatever its descriptor says.
  var streamIsSilent: Bool { pipeline.isFinished || input.awaitsWriter() }

  /// Lines were read, and not one matched a format.
  var matchesNothing: Bool { pipeline.unmatched != nil }

  /// How the program is to exit after an orderly end.
  func exitStatus(failOnAlert: Bool) -> Int32 {
    matchesNothing ? 1 : failOnAlert && (hasAlerted || pipeline.hasAlerted) ? 3 : 0
  }

  var source: SourceState {
    let pipeline = pipeline
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
    let clock = clock
    var turn = Turn()
    turn.isRecent = isPastStart
    let offset = pipeline.offset
    let isOver = { [monotonic] in monotonic() - clock.monotonic > budget }
    do throws(InputFailure) {
      if replay != nil {
        try play(clock, isOver, &turn)
      } else if !plain.isFinished {
        let end = try plain.step(
          input.reader, until: .everything, clock: clock, isOverBudget: isOver,
          events: &turn.events)
        turn.hasBacklog = end == .outOfBudget
        if end == .caughtUp || end == .finished { wasAtEnd = true }
      }
    } catch {
      turn.failure = error
    }
    turn.bytes = pipeline.offset - offset
    return turn
  }

  private func play(
    _ clock: ClockReading, _ isOver: () -> Bool, _ turn: inout Turn
  ) throws(InputFailure) {
    let step = try replay?.step(
      input.reader, clock: clock, isOverBudget: isOver, events: &turn.events)
    switch step {
    case .played(let end): turn.hasBacklog = end == .outOfBudget
    case .seeking(let hasBacklog): turn.hasBacklog = hasBacklog
    case .arrived, .atAlert, .noFurtherAlert, nil: turn.arrival = step
    }
    wasAtEnd = pipeline.isFinished
    // Going back before an alert does not undo that it was seen.
    hasAlerted = hasAlerted || pipeline.hasAlerted
  }

  /// Ends in order.
  func stop() -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    if replay != nil {
      replay?.stop(events: &events)
    } else {
      plain.stop(clock: clock, events: &events)
    }
    if events.contains(where: \.isTrigger) { hasAlerted = true }
    return events
  }
}

// MARK: - Replay

extension Session {
  func togglePause() {
    guard let pacer = replay?.pacer else { return }
    replay?.setPaused(!pacer.isPaused, at: monotonic())
  }

  func changeSpeed(by step: Int) {
    replay?.changeSpeed(by: step, at: monotonic())
  }

  func setSpeed(_ speed: ReplaySpeed) {
    replay?.setSpeed(speed, at: monotonic())
  }

  /// Shows another moment, and pauses there.
  ///
  /// - Returns: `false` where the input cannot go back.
  func seek(pausingAt second: EpochSecond) -> Bool {
    replay?.seek(to: second, pausing: true, at: monotonic()) ?? false
  }

  /// Shows the moment so many seconds later, or earlier where negative.
  ///
  /// - Returns: `false` where the input cannot go back.
  func seek(by seconds: Int64) -> Bool {
    replay?.seek(by: seconds, at: monotonic()) ?? false
  }

  /// Shows the moment at which the alert triggers next, and pauses there.
  ///
  /// - Returns: `false` where the input cannot be looked ahead in without being used up.
  func seekNextAlert() -> Bool {
    replay?.seekNextAlert(at: monotonic()) ?? false
  }

  /// - Returns: `false` where there is no silence.
  func skipSilence() -> Bool {
    replay?.skipSilence(at: monotonic()) ?? false
  }

  /// Stays where it was.
  func cancelSeek() {
    replay?.cancelSeek(at: monotonic())
  }

  var isSeeking: Bool { replay?.isSeeking ?? false }

  /// How far a seek has come that takes longer than a moment, 0 to 1 of the input.
  var seekPosition: Double? {
    guard let replay, let taken = replay.seeking(since: monotonic()),
      taken > Self.seekShownAfter
    else { return nil }
    return replay.seekOffset.map(part) ?? 0
  }

  /// The part of the input that has been shown, 0 to 1.
  var position: Double { replay.map { part($0.offset) } ?? 0 }

  /// Stretches with an alert, as parts of the input.
  var alertSpans: [ClosedRange<Double>] {
    replay?.alerts.spans(of: input.size() ?? 0) ?? []
  }

  private func part(_ offset: Int64) -> Double {
    guard let size = input.size(), size > 0 else { return 0 }
    return min(1, Double(offset) / Double(size))
  }
}
