import AccessLog
import SafeText

/// What became of a notification.
package enum DeliveryOutcome: Equatable, Sendable {
  /// It is still to be sent, perhaps again.
  case waiting
  case sent(at: EpochSecond)
  /// The reason is safe to show.
  case failed(String)
  /// There was no room for it.
  case dropped
  /// It was one of those that a summary counts.
  case inSummary

  /// Whether nothing more becomes of the notification.
  var isFinal: Bool { self != .waiting }

  /// A few words: `sent 21:12:37`, `failed: connection refused`.
  ///
  /// - Parameter time: formats the time of day.
  package func text(time: (EpochSecond) -> String) -> SafeString {
    switch self {
    case .waiting: "waiting"
    case .sent(let second): SafeString("sent \(time(second))")
    case .failed(let reason): SafeString("failed: \(reason)")
    case .dropped: "dropped"
    case .inSummary: "in summary"
    }
  }
}

/// The result of one attempt to send a notification.
enum SendResult: Equatable, Sendable {
  case sent
  /// Another attempt may succeed. The reason holds no secret.
  case failed(String)
  /// Another attempt would fail too.
  case refused(String)
}
