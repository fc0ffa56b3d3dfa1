import AccessLog

/// The notices that no line of a peer matches a format. They come at most once in some seconds: a
/// flood of senders must not become a flood of notices.
struct PeerNotices: Sendable {
  /// The time between two notices, in seconds.
  private static let interval = 10.0

  /// The peers that have not been reported, and the notice about the first of them.
  private var waiting: (count: Int, first: Notice)?
  /// When the last notice was emitted, in monotonic seconds.
  private var last = -Double.infinity

  mutating func add(_ notice: Notice) {
    waiting = ((waiting?.count ?? 0) + 1, waiting?.first ?? notice)
  }

  /// Returns and removes the notice that is due.
  ///
  /// - Parameter now: the monotonic clock, in seconds; infinite at the end.
  mutating func drain(now: Double) -> Notice? {
    guard let (count, first) = waiting, now - last >= Self.interval else { return nil }
    waiting = nil
    last = now
    return count == 1 ? first : .unmatchedPeers(count)
  }
}

extension Notice {
  /// Whether it reports that no line of a source matches a format.
  var isAboutUnmatchedLines: Bool {
    switch self {
    case .unknownFormat: true
    case .about(_, let notice): notice.isAboutUnmatchedLines
    default: false
    }
  }
}
