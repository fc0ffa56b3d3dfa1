/// How much of a minute a run has read, which decides what becomes of a row that is there already.
package enum MinuteReading: Equatable, Sendable {
  /// All of it, as far as the run knows. The row with more hits stays, so that a log that is read twice
  /// counts once.
  case whole
  /// All of it, once more, because the run goes on from a position before it: the row is replaced.
  case again
  /// Only what a former run has not read. It is added to the row if that run was stopped within the
  /// minute; otherwise the row with more hits stays.
  case rest
  /// Only the seconds after the last one that a former run had counted, because the run goes on from a
  /// position within it. It is added to what that run had saved of the minute with the position, and
  /// replaces the row.
  case continued
}
