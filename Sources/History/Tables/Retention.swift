import AccessLog

/// Removes minutes and names that are too old, a few at a time.
enum Retention {
  private static let day: Int64 = 86_400
  private static let minutesKept = 400 * day
  private static let namesKept = 40 * day
  /// What one transaction removes of each table at most, in seconds of the log: it must fit the
  /// write-ahead log.
  private static let step = day / 4

  /// Removes the oldest of what is too old.
  ///
  /// - Parameter now: the time of day. A minute after it does not make the others older: its time is
  ///   wrong.
  /// - Returns: whether there may be more.
  static func prune(now: EpochSecond, _ connection: Connection) throws(DatabaseError) -> Bool {
    guard let newest = try connection.row("SELECT max(time) FROM minutes")?.first?.integer else {
      return false
    }
    let end = min(EpochSecond(newest), now)
    let names = try prune("names", before: end.advanced(by: -namesKept), connection)
    let minutes = try prune("minutes", before: end.advanced(by: -minutesKept), connection)
    return names || minutes
  }

  private static func prune(
    _ table: String, before limit: EpochSecond, _ connection: Connection
  ) throws(DatabaseError) -> Bool {
    let row = try connection.row("SELECT min(time) FROM \(table)")
    guard let oldest = row?.first?.integer, oldest < limit.value else { return false }
    let end = min(EpochSecond(oldest).advanced(by: step), limit)
    try connection.transaction { () throws(DatabaseError) in
      try connection.run("DELETE FROM \(table) WHERE time < ?", [.integer(end)])
      if table == "minutes" {
        try connection.run("DELETE FROM open_minutes WHERE time < ?", [.integer(end)])
      }
    }
    return true
  }
}
