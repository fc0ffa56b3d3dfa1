import AccessLog
import Engine
import LogInput
import TrafficAnalysis

/// Reads and analyzes logs through a pipeline or a replay. The dashboard and reports drive it; it
/// depends on neither.
@MainActor
package final class Session {
  /// The result of one call of `work`.
  package struct Turn {
    package var events: [MonitorEvent] = []
    /// There is more to do without waiting.
    var hasBacklog = false
    /// The number of bytes read from the logs.
    var bytes: Int64 = 0
    /// The events do not come from what the logs contained at the start.
    var isRecent = false
    /// How a seek has ended, if one has.
    var arrival: Replay.Step?
    /// Why a source cannot be read any further, if that is so. The others go on.
    package var failure: SourceFailure?
  }

  let options: PipelineOptions
  var inputs: InputSet
  /// Used unless the logs are replayed.
  var plain: Pipeline
  var replay: Replay?
  /// The logs were read to their ends at least once.
  private var wasAtEnd = false
  /// The greatest time in followed logs when they were first read to their ends; `nil` before.
  private(set) var timeAtStart: EpochSecond?
  private var hasAlerted = false
  /// The states of the sources after the last work.
  private(set) var sources: [SourceState] = []
  /// When they were determined, in monotonic seconds.
  private var lastUpdate = -Double.infinity
  var hasRemovedSource = false
  /// How far topics were analyzed, for a later run.
  var positions = TopicPositions()
  /// Whether a later run will go on where this one has stopped to read topics.
  let keepsPositions: Bool
  /// Whether what an earlier run has kept was looked at.
  var hasLookedForPositions = false
  /// The state of all sources together.
  private(set) var source: SourceState
  /// Why sources could not be read any further, by their IDs.
  private(set) var failures: [Int: InputFailure] = [:]
  private var hasFailed: Bool
  /// Whether the last work left something to do.
  private(set) var wasOutOfBudget = false
  /// The wall clock at the start.
  private let start: EpochSecond
  private let wall: () -> EpochSecond
  /// Seconds of the clock that never jumps.
  let monotonic: () -> Double

  /// - Parameters:
  ///   - options: the names of the sources are those of the inputs.
  ///   - pacer: the pace of a replay; `nil` if the logs are not replayed.
  ///   - canSeek: whether the replay keeps what is needed to go back.
  ///   - keepsPositions: whether the brokers keep how far topics were analyzed.
  ///   - start: the current time by the wall clock. Without follow the clock is not read again, so that
  ///     the figures do not depend on how long reading takes.
  ///   - wall: reads the wall clock.
  ///   - monotonic: reads the clock that never jumps, in seconds.
  package init(
    _ options: PipelineOptions, inputs: InputSet, pacer: Pacer?, canSeek: Bool,
    keepsPositions: Bool = false, start: EpochSecond,
    wall: @escaping () -> EpochSecond, monotonic: @escaping () -> Double
  ) {
    var options = options
    options.paths = inputs.paths
    self.options = options
    self.inputs = inputs
    self.start = start
    self.wall = wall
    self.monotonic = monotonic
    self.keepsPositions = keepsPositions
    hasFailed = inputs.hasFailure
    plain = Pipeline(options)
    replay = pacer.map { Replay(options, pacer: $0, canRewind: canSeek && inputs.canRewind) }
    source = SourceState(path: inputs.title, phase: .loading(read: 0, total: nil))
    updateSources()
  }

  /// The states of many peers are not determined more often than they can be seen.
  private func updateSourcesIfDue(_ now: Double) {
    let isDue = sources.count <= 16 || now - lastUpdate >= 0.1
    guard isDue || sources.count != inputs.inputs.count || hasRemovedSource else { return }
    hasRemovedSource = false
    lastUpdate = now
    updateSources()
  }

  func updateSources() {
    setListenerFigures()
    sources = inputs.inputs.indices.map(state)
    source = SourceState(joining: sources, named: inputs.title)
  }

  /// Read in place: a copy of a pipeline has many references to count.
  package var pipeline: Pipeline {
    _read {
      if replay != nil { yield replay!.pipeline } else { yield plain }
    }
  }
  var isReplay: Bool { replay != nil }
  /// Whether events are recent from now on: the logs are replayed, or everything that they contained
  /// at the start has been read.
  var isPastStart: Bool { isReplay || options.analysis.following && (wasAtEnd || isContinued) }
  /// Whether an earlier run has reported what was in the logs before.
  private var isContinued: Bool { options.reported?.closedThrough != nil }

  /// The current time by the wall clock.
  var now: EpochSecond { wall() }

  var clock: ClockReading {
    ClockReading(
      wall: options.analysis.following ? wall() : start, monotonic: monotonic())
  }

  /// Whether the streams bring nothing for now, although a descriptor is readable.
  func streamIsSilent(_ descriptor: Int32) -> Bool {
    inputs.inputs.indices.contains { source in
      let input = inputs.inputs[source]
      return input.stream == descriptor && (pipeline.hasEnded(source) || input.awaitsWriter())
    }
  }

  /// The exit status after an orderly end.
  func exitStatus(failOnAlert: Bool) -> Int32 {
    if hasFailed || pipeline.hasUnmatchedSource || hasUnmatchedPartition
      || inputs.inputs.contains(where: { $0.hasFailed() })
    {
      return 1
    }
    return failOnAlert && (hasAlerted || pipeline.hasAlerted) ? 3 : 0
  }

  // MARK: - Work

  /// Reads and analyzes for at most `budget` seconds.
  ///
  /// - Parameter take: called now and then with the events so far, which it may take, unless the logs
  ///   are replayed. It must not ask the session for its pipeline.
  package func work(
    budget: Double, take: (inout [MonitorEvent]) -> Void = { _ in }
  ) -> Turn {
    let clock = clock
    var turn = Turn()
    turn.isRecent = isPastStart
    let offset = pipeline.offset
    let isOverBudget = { [monotonic] in monotonic() - clock.monotonic > budget }
    do throws(SourceFailure) {
      if replay != nil {
        try play(clock, isOverBudget, &turn)
      } else if !plain.isFinished {
        receiveMessages()
        let end = try plain.step(
          inputs.readers, until: .everything, clock: clock,
          isOverBudget: { events in
            take(&events)
            return isOverBudget()
          }, events: &turn.events)
        wasOutOfBudget = end == .outOfBudget
        turn.hasBacklog = wasOutOfBudget || hasMoreMessages
        if end == .caughtUp || end == .finished { noteEnd() }
      }
    } catch {
      turn.failure = error
      note(error, clock)
      turn.hasBacklog = inputs.inputs.count > 1
    }
    listSenders()
    turn.bytes = pipeline.offset - offset
    updateSourcesIfDue(clock.monotonic)
    return turn
  }

  private func noteEnd() {
    // A topic brings what it contained at the start bit by bit.
    guard wasAtEnd || inputs.inputs.indices.allSatisfy({ plain.wasCaughtUp($0) }) else { return }
    if !wasAtEnd, !isContinued, options.analysis.following { timeAtStart = plain.latestTime }
    wasAtEnd = true
  }

  /// Gives up a source that cannot be read, unless it is the only one.
  private func note(_ failure: SourceFailure, _ clock: ClockReading) {
    hasFailed = true
    failures[inputs.inputs[failure.source].id] = failure.failure
    guard inputs.inputs.count > 1 else { return }
    if replay != nil {
      replay?.endSource(failure.source, clock: clock)
    } else {
      plain.endSource(failure.source, clock: clock)
    }
  }

  /// Whether no source can be read.
  var hasNothingToRead: Bool { failures.count == inputs.inputs.count }

  private func play(
    _ clock: ClockReading, _ isOverBudget: () -> Bool, _ turn: inout Turn
  ) throws(SourceFailure) {
    let step = try replay?.step(
      inputs.readers, clock: clock, isOverBudget: isOverBudget, events: &turn.events)
    switch step {
    case .played(let end): turn.hasBacklog = end == .outOfBudget
    case .seeking(let hasBacklog): turn.hasBacklog = hasBacklog
    case .arrived, .atAlert, .noFurtherAlert, nil: turn.arrival = step
    }
    wasAtEnd = pipeline.isFinished
    // An alert counts even if the replay goes back before it.
    hasAlerted = hasAlerted || pipeline.hasAlerted
  }

  /// Ends the session in order.
  ///
  /// - Returns: the last events.
  func stop() -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    if replay != nil {
      replay?.stop(events: &events)
    } else {
      receiveRest(&events)
      plain.stop(clock: clock, events: &events)
    }
    if events.contains(where: \.isTrigger) { hasAlerted = true }
    updateSources()
    return events
  }
}
