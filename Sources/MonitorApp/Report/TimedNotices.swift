import AccessLog
import TerminalCanvas

/// The notices about reading the log and drawing on the terminal. Most of them expire.
struct TimedNotices {
  /// How long a notice is displayed.
  private static let seconds = 60.0

  /// The latest fault that was overcome, and when its notice expires.
  private var resolved: (notice: Notice, until: Double)?
  /// The messages that listeners had lost when it was last asked, and when the notice expires.
  private var loss: (count: Int, until: Double) = (0, -.infinity)
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
    for latest in inputs.drainNotices() where !latest.isLoss {
      resolved = (latest, now + Self.seconds)
    }
    let isRecent = resolved.map { now < $0.until } ?? false
    let source = isRecent ? resolved?.notice : inputs.watch?.refusal
    return ([source].compactMap { $0 }, now < terminalEnd ? screen.notice : nil)
  }

  /// Whether listeners have lost messages since a notice about that would have expired.
  ///
  /// - Parameters:
  ///   - count: the messages that they have lost so far.
  ///   - now: the monotonic clock, in seconds.
  mutating func hasRecentLoss(_ count: Int, now: Double) -> Bool {
    if count > loss.count { loss = (count, now + Self.seconds) }
    return now < loss.until
  }
}

extension Notice {
  /// Whether it reports lost messages, which the figures of their listener do as well.
  fileprivate var isLoss: Bool {
    switch self {
    case .about(_, let notice): notice.isLoss
    case .input(.lostMessages): true
    default: false
    }
  }
}
