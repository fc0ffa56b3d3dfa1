import AccessLog
import SafeText
import TrafficAnalysis

/// The state of the run, as far as it is displayed: how far the log is read, and what went wrong.
package struct RunStatus: Equatable, Sendable {
  /// The state of a replay.
  package struct Replay: Equatable, Sendable {
    /// `x60`, `max`.
    package var speed: String
    /// The fraction of the log that has been replayed.
    package var position: Double
    /// The known periods with an alert, as fractions of the log.
    package var alerts: [ClosedRange<Double>]

    package init(speed: String, position: Double, alerts: [ClosedRange<Double>]) {
      self.speed = speed
      self.position = position
      self.alerts = alerts
    }
  }

  /// What the only source is called that is shown.
  package struct ShownName: Equatable, Sendable {
    /// Its name in the list of sources.
    package var name: SafeString
    /// Whether it is a machine, and not a log.
    package var isServer: Bool

    package init(name: SafeString, isServer: Bool) {
      self.name = name
      self.isServer = isServer
    }
  }

  /// The state of the log, or of all logs together.
  package var source: SourceState
  /// The state of each source.
  package var sources: [SourceState]
  /// What the conditions of the sources depend on.
  package var clocks: SourceClocks {
    var clocks = senderClocks
    clocks.wall = wall
    return clocks
  }
  /// The same without the wall clock.
  package var senderClocks = SourceClocks()
  /// The only source that is shown, if the figures are not those of all: `source` is its state.
  package var shownSource: ShownName?
  /// The log may still grow, or its replay has not ended.
  package var isLive: Bool
  /// The display is frozen, or the replay is paused.
  package var isPaused = false
  /// How fast the log is loaded; `nil` if it is not, or not yet known.
  package var loading: LoadingPace.Figures?
  /// `nil` if the log is not replayed.
  package var replay: Replay?
  /// The progress of a seek, as a fraction of the log; `nil` if none is in progress.
  package var seekPosition: Double?
  /// A temporary message.
  package var message: String?
  /// Why reading the log failed, if it did.
  package var failure: InputFailure?
  /// Notices about reading the log.
  package var notices: [Notice] = []
  /// Whether a listener has lost messages recently: how many, its figures say.
  package var hasRecentLoss = false
  /// A notice about how the terminal is treated.
  package var terminalNotice: String?
  /// Notices about the history, and about stores that figures are sent to.
  package var storeNotices: [SafeString] = []
  /// The second up to which the history is saved; `nil` if nothing is, or there is a problem.
  package var historySaved: EpochSecond?
  /// The wall clock; `nil` where it does not matter, because the log is replayed.
  package var wall: EpochSecond?
  /// The traffic is simulated.
  package var isSimulated = false
  /// The filter as it was written; `nil` if all records count.
  package var filter: SafeString?
  /// The rate of all traffic, whether it passes the filter or not; `nil` if it is not known.
  package var allTraffic: Rate?
  /// What became of the notifications of each alert; `nil` if nobody is notified.
  package var deliveries: [AlertKey: [Delivery]]?

  /// The phase of the source, or the failure that ended reading.
  var phase: SourceState.Phase { failure.map { .failed($0) } ?? source.phase }

  /// The status of a run without anything to report.
  package init(source: SourceState, isLive: Bool) {
    self.source = source
    sources = [source]
    self.isLive = isLive
  }
}
