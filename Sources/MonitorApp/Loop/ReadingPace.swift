/// How often a log is read. inotify wakes an idle program; a log that grows without a pause is read at
/// the tick alone, because notifications would then cost more than reads.
///
/// All times are seconds of a clock that never jumps.
struct ReadingPace: Equatable, Sendable {
  /// The shortest time between two reads for growth, in seconds.
  static let spacing = 0.02
  /// How long ticks stay fast after the last bytes, in seconds.
  static let activePeriod = 1.0
  /// How long a log must grow without a pause before notifications are suspended, in seconds.
  static let steadyPeriod = 1.0
  /// How long notifications stay on after a rotation or truncation, in seconds: another one may follow,
  /// and bytes that were not read by then are lost.
  static let restartPeriod = 60.0
  /// The time between two ticks while anything happens, in seconds.
  static let activeTick = 0.1
  /// The time between two ticks while nothing happens and notifications cover everything, in seconds.
  static let quietTick = 0.5

  private var lastBytes = -Double.infinity
  private var lastResumed = -Double.infinity
  private var growsSince: Double?
  private var lastRestart = -Double.infinity
  /// The log grows without a pause: reading at the tick is enough.
  private(set) var isSteady = false

  /// Records a notification that the log has grown.
  mutating func logGrew(at now: Double) {
    // A notification immediately after the others were resumed means that the log grew meanwhile.
    if growsSince == nil || now - lastResumed > Self.spacing / 2 { growsSince = now }
    isSteady =
      now - (growsSince ?? now) >= Self.steadyPeriod && now - lastRestart >= Self.restartPeriod
  }

  /// Records that notifications of growth are on again.
  mutating func notificationsResumed(at now: Double) { lastResumed = now }

  /// Records a read.
  mutating func logWasRead(bytes: Int64, at now: Double) {
    if bytes > 0 { lastBytes = now }
  }

  /// Records that the log was rotated or truncated.
  mutating func logRestarted(at now: Double) { lastRestart = now }

  /// Records a read at the tick.
  ///
  /// - Returns: whether notifications must be resumed, because a steady log has paused or restarted.
  mutating func logWasReadAtTick(bytes: Int64, at now: Double) -> Bool {
    logWasRead(bytes: bytes, at: now)
    guard isSteady, bytes == 0 || now - lastRestart < Self.restartPeriod else { return false }
    isSteady = false
    growsSince = nil
    return true
  }

  /// The time until the next tick, in seconds.
  ///
  /// - Parameter pollingInterval: the longest time between two reads, where notifications do not cover
  ///   everything.
  func tick(at now: Double, pollingInterval: Double?) -> Double {
    if now - lastBytes < Self.activePeriod { return Self.activeTick }
    return pollingInterval ?? Self.quietTick
  }
}
