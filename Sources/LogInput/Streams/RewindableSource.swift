import AccessLog

/// A log that does not change and can be read again from any position.
package protocol RewindableSource: LogSource {
  /// The path as it was given.
  var path: Name { get }

  /// The position of the next byte, counted from the start of the log.
  var position: Int64 { get }

  /// The length of the log in bytes; `nil` while it is unknown.
  var knownSize: Int64? { get }

  /// Continues reading at a position, in bytes from the start of the log.
  func seek(to position: Int64)

  /// Continues reading at the beginning of the last `lines` lines, or at the end for 0. An
  /// incomplete line at the end counts as a line.
  ///
  /// - Throws: `InputFailure` if the log cannot be read.
  func seekToLast(lines: Int) throws(InputFailure)
}
