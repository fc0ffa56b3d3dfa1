/// A rejected line, for the eyes of the operator.
package struct RejectedLine: Equatable, Sendable {
  /// Counted from 1 in its source.
  package var number: Int
  package var rejection: Rejection
  /// The first bytes of the line; empty where they are no longer at hand.
  package var excerpt: [UInt8]
  /// The format that rejected it; where none is known, the one that got furthest with it.
  package var format: String?
  /// What that format could not read; `nil` where that is not known.
  package var field: LogField?
  /// The time it bears, where it was rejected for that.
  package var time: EpochSecond?

  package init(number: Int, rejection: Rejection, excerpt: [UInt8] = []) {
    self.number = number
    self.rejection = rejection
    self.excerpt = excerpt
  }
}

/// What every format has to find in a line.
package enum LogField: String, CaseIterable, Sendable {
  case client, time, request, status, bytes
}

/// Lines that do not match a format.
package struct FailedLines: Equatable, Sendable {
  /// How many were looked at.
  package var lines: Int
  /// The format that they do not match; `nil` where they match none.
  package var format: String?
  /// The first of them.
  package var first: RejectedLine?
  /// Another format, which does accept them.
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

/// From this line of a source on there is something to say of how its lines match, or no longer.
package struct MatchChange: Equatable, Sendable {
  package var line: Int
  /// `nil`: lines match again.
  package var notice: Notice?

  package init(line: Int, notice: Notice?) {
    self.line = line
    self.notice = notice
  }
}
