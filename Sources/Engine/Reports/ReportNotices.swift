import AccessLog

/// The notices about reports that are missing or cannot be read. They come at most once in some seconds:
/// many servers must not become a flood of notices.
struct ReportNotices: Sendable {
  /// The time between two notices of a kind, in seconds.
  private static let interval = 10.0

  /// The reports that never came, by sender.
  private var missing: [Name: Int] = [:]
  /// Whether there was no room for a sender.
  var hasTooManySenders = false
  /// The messages that are no reports, by the source that they came through, with what is wrong with the
  /// first.
  private var bad: [Name: (count: Int, first: WireFailure)] = [:]
  /// When notices were last emitted, in monotonic seconds.
  private var last = -Double.infinity

  mutating func addMissing(_ count: Int, of sender: Name) {
    missing[sender] = (missing[sender] ?? 0).addingSaturated(count)
  }

  mutating func add(_ failure: WireFailure, of source: Name) {
    bad[source] = ((bad[source]?.count ?? 0) + 1, bad[source]?.first ?? failure)
  }

  private var isEmpty: Bool { missing.isEmpty && bad.isEmpty && !hasTooManySenders }

  /// Returns and removes the notices that are due.
  ///
  /// - Parameter now: the monotonic clock, in seconds; infinite at the end.
  mutating func drain(now: Double) -> [Notice] {
    guard !isEmpty, now - last >= Self.interval else { return [] }
    last = now
    var notices = bad.sorted { $0.key < $1.key }.map { source, bad in
      Notice.about(source, .unreadableReports(bad.count, bad.first))
    }
    if missing.count > 3 {
      notices.append(
        .missingReports(missing.values.reduce(0) { $0.addingSaturated($1) }, senders: missing.count)
      )
    } else {
      notices += missing.sorted { $0.key < $1.key }.map {
        .about($0, .missingReports($1, senders: 1))
      }
    }
    if hasTooManySenders { notices.append(.tooManySenders(SentReport.senderCountLimit)) }
    bad = [:]
    missing = [:]
    hasTooManySenders = false
    return notices
  }
}
