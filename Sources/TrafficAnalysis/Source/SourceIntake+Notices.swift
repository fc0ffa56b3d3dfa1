import AccessLog

// What is said of the times of a source, and which of its records were rejected.

extension SourceIntake {
  /// Whether it has no record in the range so far.
  var isEmpty: Bool { clock.greatest == nil && clockGuard.isQuarantineEmpty }

  /// Posts a notice for immediate delivery.
  mutating func post(_ notice: Notice) { pendingNotices.append(notice) }

  /// The notice for an open run of records ahead of the wall clock; `nil` if there is no such run.
  func notice(ofFutureRun run: UInt32) -> Notice? {
    futureRuns[run].map { .futureTimes(first: $0) }
  }

  /// Removes and returns the rejected records kept for display since the last call.
  mutating func drainRejectedLines() -> [RejectedLine] {
    defer { rejectedLines.removeAll() }
    return rejectedLines
  }

  /// Removes and returns the notices posted since the last call.
  mutating func drainNotices() -> [Notice] {
    defer { pendingNotices.removeAll() }
    return pendingNotices
  }
}
