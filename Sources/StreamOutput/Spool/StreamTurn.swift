import AccessLog

/// What is sent together: either all of it or nothing is kept.
package struct StreamTurn: Equatable, Sendable {
  /// Reports, which are numbered when they are kept.
  package var reports: [SecondReport] = []
  /// Messages that are not numbered. Each counts as one when it is lost.
  package var messages: [StreamMessage] = []
  /// The places up to which the logs are reported with it, by absolute path, in their stored form; `nil`
  /// if they are not known.
  package var checkpoints: [Name: [UInt8]]?
  /// The number of reports before it that were dropped. They are left out of the numbers, so that
  /// everybody sees that they are missing.
  var skipped: UInt64 = 0

  package init(reports: [SecondReport] = [], checkpoints: [Name: [UInt8]]? = nil) {
    self.reports = reports
    self.checkpoints = checkpoints
  }

  package init(messages: [StreamMessage]) { self.messages = messages }

  /// The number of things in it.
  var length: Int { reports.count + messages.count }
  /// What is lost with it, in seconds with hits or events.
  var count: Int { messages.count + reports.count(where: \.hasHits) }
}

extension SecondReport {
  /// Whether a second with hits closes.
  var hasHits: Bool { closed.traffic.hits > 0 }
}
