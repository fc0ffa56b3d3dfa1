/// A rejected line, for display.
package struct RejectedLine: Equatable, Sendable {
  /// The line number in its source, from 1.
  package var number: Int
  /// Why it was rejected.
  package var rejection: Rejection
  /// The first bytes of the line; empty if they are no longer available.
  package var excerpt: [UInt8]
  /// The format that rejected it; if no format is known, the one that parsed most of it.
  package var format: String?
  /// The field that the format could not parse; `nil` if unknown.
  package var field: LogField?
  /// The time on the line, if it was rejected because of it.
  package var time: EpochSecond?

  package init(number: Int, rejection: Rejection, excerpt: [UInt8] = []) {
    self.number = number
    self.rejection = rejection
    self.excerpt = excerpt
  }
}

/// A field that every format must find in a line.
package enum LogField: String, CaseIterable, Sendable {
  case client, time, request, status, bytes
}
