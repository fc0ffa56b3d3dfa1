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
