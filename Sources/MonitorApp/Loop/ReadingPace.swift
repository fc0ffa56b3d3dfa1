/// How often a log is looked at, as it goes: what is told of it wakes a program that sleeps, but a
/// log that is written to on and on is read at the tick, or being told would cost more than reading.
///
/// All times are seconds of a clock that never jumps.
struct ReadingPace: Equatable, Sendable {
  /// Seconds that lie at least between two looks at what a log gained.
  static let spacing = 0.02
  /// For how long the ticks stay close together after the last bytes.
  static let wakefulness = 1.0
  /// For how long a log must have grown without a pause to be read at the tick alone.
  static let steadiness = 1.0
  /// For how long a log that was begun anew is not left to the tick: it may be begun anew again, and
  /// what was not read by then is gone.
  static let caution = 60.0
  /// Seconds between two ticks while anything goes on.
  static let awake = 0.1
  /// Seconds between two ticks while nothing happens and everything that could is told.
  static let quiet = 0.5

  private var lastBytes = -Double.infinity
  private var listensSince = -Double.infinity
  private var growsSince: Double?
  private var lastBegun = -Double.infinity
  /// The log grows without a pause: the tick is enough.
  private(set) var isSteady = false

  /// It was told that the log has grown.
  mutating func grew(at now: Double) {
    // Told at once after nobody had listened, it grew meanwhile.
    if growsSince == nil || now - listensSince > Self.spacing / 2 { growsSince = now }
    isSteady =
      now - (growsSince ?? now) >= Self.steadiness && now - lastBegun >= Self.caution
  }

  /// From now on it is listened again.
  mutating func listens(at now: Double) { listensSince = now }

  /// It was looked at.
  mutating func looked(bytes: Int64, at now: Double) {
    if bytes > 0 { lastBytes = now }
  }

  /// It was rotated or cut short.
  mutating func begunAnew(at now: Double) { lastBegun = now }

  /// It was looked at by the tick.
  ///
  /// - Returns: whether a steady log came to rest or was begun anew: it is to be listened to again.
  mutating func ticked(bytes: Int64, at now: Double) -> Bool {
    looked(bytes: bytes, at: now)
    guard isSteady, bytes == 0 || now - lastBegun < Self.caution else { return false }
    isSteady = false
    growsSince = nil
    return true
  }

  /// Seconds until the next tick.
  ///
  /// - Parameter polls: not everything that could happen is told.
  func tick(at now: Double, polls: Double?) -> Double {
    if now - lastBytes < Self.wakefulness { return Self.awake }
    return polls ?? Self.quiet
  }
}
