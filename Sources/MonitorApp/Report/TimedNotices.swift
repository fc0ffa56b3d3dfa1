import AccessLog
import TerminalCanvas

/// The notices about reading the log and drawing on the terminal. Most of them expire.
struct TimedNotices {
  /// How long a notice is displayed.
  private static let seconds = 60.0

  /// The latest fault that was overcome, and when its notice expires.
  private var resolved: (notice: Notice, until: Double)?
  /// When the notice about the terminal expires.
  private let terminalEnd: Double

  /// - Parameter start: the monotonic clock, in seconds.
  init(start: Double) {
    terminalEnd = start + Self.seconds
  }

  /// The notices to display now.
  ///
  /// - Parameter now: the monotonic clock, in seconds.
  @MainActor
  mutating func current(
    _ inputs: InputSet, _ screen: any Screen, now: Double
  ) -> (source: [Notice], terminal: String?) {
    for latest in inputs.drainNotices() { resolved = (latest, now + Self.seconds) }
    let isRecent = resolved.map { now < $0.until } ?? false
    let source = isRecent ? resolved?.notice : inputs.watch?.refusal
    return ([source].compactMap { $0 }, now < terminalEnd ? screen.notice : nil)
  }
}
