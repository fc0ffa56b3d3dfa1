import AccessLog
import Conditions
import Engine
import History
import TrafficAnalysis

/// A history that a run continues and writes.
@MainActor
final class HistoryRun {
  /// The shortest time between two saved places, in seconds. They are saved whenever a second has closed.
  private static let interval = 0.2
  /// The time without new lines after which seconds that close add nothing to be saved, in seconds.
  private static let silence = 30.0
  /// The most alerts that are shown of earlier runs.
  private static let alertLimit = 10_000

  let store: HistoryStore
  /// Where earlier runs stopped to follow logs, by absolute path.
  let checkpoints: [Name: Checkpoint]
  /// How much of a minute the run reads.
  var reading: (IntervalReport) -> MinuteReading = { _ in .whole }
  private var lastSaving = -Double.infinity
  private var lastClosed: EpochSecond?
  private var lastOffset: Int64 = 0
  private var lastGrowth = -Double.infinity
  private var lastSaved: [Name: [UInt8]] = [:]

  /// - Parameter follows: whether the run follows logs, so that it can continue where another one stopped.
  init(_ store: HistoryStore, follows: Bool) {
    self.store = store
    var checkpoints: [Name: Checkpoint] = [:]
    for (source, bytes) in store.checkpoints where follows {
      do throws(WireFailure) {
        checkpoints[source] = try Checkpoint(decoding: bytes)
      } catch {
        store.setAside(checkpoint: source, reason: error.reason)
      }
    }
    self.checkpoints = checkpoints
  }

  /// What earlier runs have reported, for the run that continues them.
  func reported(_ continuation: LogContinuation) -> ReportedTraffic {
    let reader = try? HistoryReader(store.path) { text in
      try? Condition(parsing: text)
    }
    var alerts = (try? reader?.alerts(last: Self.alertLimit)) ?? []
    // One that is active may have triggered long ago.
    let active = (try? reader?.activeAlerts()) ?? []
    alerts = active.filter { !alerts.contains($0) } + alerts
    var reported = ReportedTraffic(closedThrough: continuation.closedThrough, alerts: alerts)
    reported.begun = continuation.begun
    reported.cutThrough = continuation.cutThrough
    return reported
  }

  /// The minutes that the chart shows; `nil` where they are not those of what is read: a history is of all
  /// traffic, and of the present.
  func chartMinutes(_ options: Options, _ inputs: InputSet) -> ChartMinutes? {
    guard options.analysis.filter == nil, options.since == nil, options.until == nil,
      !options.replay
    else {
      return nil
    }
    return ChartMinutes(
      store.path, wall: Clocks.wall(), reading: HistorySetup.reading(options, inputs))
  }

  /// Keeps the places aside that do not fit their logs.
  func setAside(_ paths: [Name]) {
    for path in paths {
      store.setAside(
        checkpoint: path.absolute, reason: "no file begins with what was read then")
    }
  }

  /// Saves the places up to which the logs were counted, if a second has closed since. Everything
  /// that the run has reported of them must have been handed to the store.
  ///
  /// - Parameter isLast: whether to save them in any case.
  func savePlaces(_ session: Session, isLast: Bool = false) {
    let now = session.monotonic()
    let (closed, offset) = (session.pipeline.closedThrough, session.pipeline.offset)
    if offset != lastOffset { (lastOffset, lastGrowth) = (offset, now) }
    let isDue =
      lastSaved.isEmpty || closed != lastClosed && now - lastGrowth < Self.silence
    guard isLast || isDue && now - lastSaving >= Self.interval else { return }
    let places = session.storedCheckpoints
    guard !places.isEmpty, places != lastSaved else { return }
    (lastSaving, lastClosed, lastSaved) = (now, closed, places)
    let part = session.pipeline.currentMinute.map { MinutePart($0, reading($0)) }
    store.save(checkpoints: places, part: part)
  }
}

extension WireFailure {
  /// Why stored bytes are not used, for people.
  fileprivate var reason: String {
    if case .unknownVersion = self { return "it was written by another version" }
    return "it is damaged"
  }
}

extension Session {
  /// The places up to which the followed logs were counted, by absolute path, in their stored form.
  var storedCheckpoints: [Name: [UInt8]] {
    var places: [Name: [UInt8]] = [:]
    for (input, checkpoint) in zip(inputs.inputs, pipeline.checkpoints) {
      if let checkpoint { places[input.path.absolute] = checkpoint.encoded }
    }
    return places
  }
}
