import AccessLog
import TerminalCanvas

/// What there is to say of how the log is read and the terminal is drawn; much of it is worth saying
/// for a while only.
struct TimedNotices {
  private static let seconds = 60.0

  /// What went wrong and was mended, and until when it is shown.
  private var mended: (notice: Notice, until: Double)?
  /// Until when it is said how the terminal is drawn.
  private let terminalEnd: Double

  /// - Parameter start: the monotonic clock, in seconds.
  init(start: Double) {
    terminalEnd = start + Self.seconds
  }

  /// What there is to say now.
  @MainActor
  mutating func current(
    _ input: Input, _ screen: any Screen, now: Double
  ) -> (source: [Notice], terminal: String?) {
    for latest in input.drainNotices() { mended = (latest, now + Self.seconds) }
    let isRecent = mended.map { now < $0.until } ?? false
    let source = isRecent ? mended?.notice : input.watch?.refusal
    return ([source].compactMap { $0 }, now < terminalEnd ? screen.notice : nil)
  }
}
