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

/// Lines that do not match the log format.
package struct FailedLines: Equatable, Sendable {
  /// The number of lines examined.
  package var lines: Int
  /// The format that the lines do not match; `nil` if they match none.
  package var format: String?
  /// The first line that does not match.
  package var first: RejectedLine?
  /// Another format that accepts the lines.
  package var alternative: String?

  package init(
    lines: Int, format: String? = nil, first: RejectedLine? = nil, alternative: String? = nil
  ) {
    self.lines = lines
    self.format = format
    self.first = first
    self.alternative = alternative
  }
}

/// A line of a source at which a notice about matching begins or ceases to apply.
package struct MatchChange: Equatable, Sendable {
  /// The line number in its source, from 1.
  package var line: Int
  /// The notice from this line on; `nil` if the lines match again.
  package var notice: Notice?

  package init(line: Int, notice: Notice?) {
    self.line = line
    self.notice = notice
  }
}
