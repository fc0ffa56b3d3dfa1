import AccessLog
import History

/// The notice about a history in the dashboard: a problem as long as it lasts, and an event for a
/// minute.
struct TimedHistoryNotice {
  /// How long a notice is displayed, in seconds.
  private static let seconds = 60.0
  /// A failure that lasts no longer is not displayed: another program may be writing.
  private static let patience = 1.0

  let store: HistoryStore
  private var latest: (text: String, until: Double)?
  private var failedSince: Double?

  init(_ store: HistoryStore) { self.store = store }

  /// The second up to which everything is saved; `nil` if nothing is, or not all can be.
  var saved: EpochSecond? {
    let state = store.state
    return state.problem == nil ? state.lastSaved : nil
  }

  /// The notice to display now; `nil` for none.
  ///
  /// - Parameter now: the monotonic clock, in seconds.
  mutating func current(now: Double) -> String? {
    for notice in store.drainNotices() {
      latest = ("history " + notice.text.text, now + Self.seconds)
    }
    let problem = store.state.problem
    failedSince = problem == nil ? nil : failedSince ?? now
    if let problem, let failedSince, now - failedSince >= Self.patience { return problem }
    guard let latest, now < latest.until else { return nil }
    return latest.text
  }
}
