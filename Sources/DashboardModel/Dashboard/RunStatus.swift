import AccessLog

/// What the screen must tell that is no figure of the log: where reading stands.
package struct RunStatus: Equatable, Sendable {
  package struct Replay: Equatable, Sendable {
    /// `x60`, `max`.
    package var speed: String
    /// How much of the log has been played, 0 to 1.
    package var position: Double
    /// Where alerts were, as far as they are known, 0 to 1.
    package var alerts: [ClosedRange<Double>]

    package init(speed: String, position: Double, alerts: [ClosedRange<Double>]) {
      self.speed = speed
      self.position = position
      self.alerts = alerts
    }
  }

  package var source: SourceState
  /// A log that still grows; otherwise one that is read or played to its end.
  package var isLive: Bool
  package var isPaused = false
  package var replay: Replay?
  /// A seek that is under way, 0 to 1.
  package var seeking: Double?
  /// Something to say for a moment.
  package var message: String?
  /// Why the log cannot be read any further.
  package var failure: InputFailure?
  /// What there is to say of how the log is read.
  package var notices: [Notice] = []
  /// What there is to say of how the terminal is drawn.
  package var terminalNotice: String?
  /// The rate while the picture is frozen: it still moves.
  package var simulated = false

  /// Where reading stands.
  var phase: SourceState.Phase { failure.map { .failed($0) } ?? source.phase }

  package init(source: SourceState, isLive: Bool) {
    self.source = source
    self.isLive = isLive
  }
}
