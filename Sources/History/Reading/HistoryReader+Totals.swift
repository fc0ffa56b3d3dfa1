import AccessLog
import TrafficAnalysis

// The minutes of a chart, which needs little of each and many of them.

extension HistoryReader {
  /// The totals of a minute.
  package struct MinuteTotals: Equatable, Sendable {
    /// Its first second.
    package var time: EpochSecond
    package var totals: SecondTotals
    /// Whether the run that counted it was stopped within it.
    package var isOpen: Bool
  }

  /// Makes the reader see the file as it is now, whatever is written from now on.
  package func freeze() throws(HistoryFailure) {
    try read { () throws(DatabaseError) in
      try connection.run("BEGIN")
      // The transaction begins with the first reading.
      _ = try connection.row("SELECT max(time) FROM minutes")
    }
  }

  /// Calls the body for each minute with hits that begins in a range of time, the oldest first.
  package func totals(
    in range: TimeRange, _ body: (MinuteTotals) -> Void
  ) throws(HistoryFailure) {
    try read { () throws(DatabaseError) in
      try connection.rows(
        """
        SELECT time, hits, status_4xx, status_5xx, time IN (SELECT time FROM open_minutes)
        FROM minutes WHERE time >= ? AND time < ? ORDER BY time
        """, Self.bounds(range)
      ) { row in
        body(
          MinuteTotals(
            time: EpochSecond(row[0].integer ?? 0),
            totals: SecondTotals(
              hits: row[1].count, clientErrors: row[2].count, serverErrors: row[3].count),
            isOpen: row[4].count > 0))
      }
    }
  }

  /// What was counted of the minute in which the last run was stopped; `nil` if there is nothing.
  package func part() throws(HistoryFailure) -> MinuteTotals? {
    try read { () throws(DatabaseError) in
      let sql = "SELECT time, hits, status_4xx, status_5xx FROM minute_parts"
      guard let row = try connection.row(sql) else { return nil }
      return MinuteTotals(
        time: EpochSecond(row[0].integer ?? 0),
        totals: SecondTotals(
          hits: row[1].count, clientErrors: row[2].count, serverErrors: row[3].count),
        isOpen: true)
    }
  }
}
