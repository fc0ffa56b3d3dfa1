import AccessLog
import TrafficAnalysis

/// Reads the file of a history, also while an instance writes to it. One thread uses it at a time.
package struct HistoryReader: Sendable {
  /// A name in a minute.
  package struct RankedMinute: Equatable, Sendable {
    package var time: EpochSecond
    package var name: Name
    package var hits: Int
    package var bytes: Int64
    /// Responses with a status of 400-599.
    package var errors: Int
  }

  let connection: Connection
  private let condition: @Sendable (String) -> Condition?

  /// - Parameters:
  ///   - path: absolute.
  ///   - condition: parses the condition of a rule.
  /// - Throws: if there is no such file, or it is no history.
  package init(
    _ path: String, condition: @escaping @Sendable (String) -> Condition? = Self.unparsed
  ) throws(HistoryFailure) {
    self.condition = condition
    do throws(DatabaseError) {
      connection = try Connection(path, .read)
      try connection.run("PRAGMA query_only = ON; PRAGMA busy_timeout = 2000")
      guard try Schema.state(of: connection) != .foreign else {
        throw DatabaseError(.other, "is a database of another program")
      }
    } catch {
      throw .unavailable(error.reason)
    }
  }

  /// A condition of which only the text is known.
  package static func unparsed(_ text: String) -> Condition? { Condition(text: text, .any([])) }

  // MARK: - Alerts

  private static let alertColumns = "key, state, time, hits, duration, definition, exact"
  private static let alertTables = "alerts JOIN alert_details USING(id)"

  /// The latest changes of alerts, in the order in which they were reported.
  package func alerts(last count: Int) throws(HistoryFailure) -> [AlertTransition] {
    let newest = try transitions(
      "SELECT \(Self.alertColumns) FROM \(Self.alertTables) ORDER BY id DESC LIMIT ?",
      [.integer(max(0, count))])
    return newest.reversed()
  }

  /// The changes of alerts in a range of time, in the order in which they were reported.
  package func alerts(in range: TimeRange) throws(HistoryFailure) -> [AlertTransition] {
    try transitions(
      """
      SELECT \(Self.alertColumns) FROM \(Self.alertTables) WHERE time >= ? AND time < ? ORDER BY id
      """, Self.bounds(range))
  }

  /// The alerts that were active when the last change was saved: their triggers, the oldest first.
  package func activeAlerts() throws(HistoryFailure) -> [AlertTransition] {
    try transitions(
      """
      SELECT \(Self.alertColumns) FROM \(Self.alertTables) WHERE state = 'triggered' AND id IN
        (SELECT max(id) FROM alerts GROUP BY rule, ifnull(key, 0)) ORDER BY id
      """, [])
  }

  /// Some changes of alerts in a range of time with their numbers, in the order of these; `nil` for a row
  /// that this program has not written.
  func alerts(
    in range: TimeRange, after id: Int64, limit: Int
  ) throws(HistoryFailure) -> [(id: Int64, transition: AlertTransition?)] {
    let sql = """
      SELECT \(Self.alertColumns), id FROM \(Self.alertTables) WHERE id > ? AND time >= ? AND time < ?
      ORDER BY id LIMIT ?
      """
    let values = [.integer(id)] + Self.bounds(range) + [.integer(limit)]
    return try read { () throws(DatabaseError) in
      let rules = try RuleTable.all(connection, condition)
      var rows: [(id: Int64, transition: AlertTransition?)] = []
      try connection.rows(sql, values) { row in
        rows.append((row[7].integer ?? .max, Self.transition(row, rules)))
      }
      return rows
    }
  }

  private func transitions(
    _ sql: String, _ values: [SQLValue]
  ) throws(HistoryFailure) -> [AlertTransition] {
    try read { () throws(DatabaseError) in
      let rules = try RuleTable.all(connection, condition)
      var transitions: [AlertTransition] = []
      try connection.rows(sql, values) { row in
        if let transition = Self.transition(row, rules) { transitions.append(transition) }
      }
      return transitions
    }
  }

  /// - Returns: `nil` if the row is not one that this program has written.
  private static func transition(
    _ row: [SQLValue], _ rules: [Int64: RuleDefinition]
  ) -> AlertTransition? {
    guard let rule = row[5].integer.flatMap({ rules[$0] }), let time = row[2].integer,
      let details = try? AlertDetails(row[6].bytes)
    else { return nil }
    let second = EpochSecond(time)
    var change = AlertTransition.Change.triggered
    if row[1].string == "recovered" {
      change = .recovered(since: second.advanced(by: -Int64(row[4].count)))
    }
    var transition = AlertTransition(
      rule: rule, key: row[0] == .null ? nil : Name(row[0].bytes), change: change, second: second,
      hits: row[3].count, value: details.value)
    (transition.peak, transition.changes) = (details.peak, details.changes)
    return transition
  }

  // MARK: - Minutes

  /// The minutes with hits that begin in a range of time, the oldest first.
  ///
  /// - Parameter limit: how many at most.
  package func minutes(
    in range: TimeRange, limit: Int = .max
  ) throws(HistoryFailure) -> [HistoryMinute] {
    try read { () throws(DatabaseError) in
      var minutes: [HistoryMinute] = []
      try connection.rows(
        """
        SELECT \(HistoryMinute.columns) FROM minutes WHERE time >= ? AND time < ? ORDER BY time
        LIMIT ?
        """, Self.bounds(range) + [.integer(limit)]
      ) { minutes.append(HistoryMinute($0)) }
      return minutes
    }
  }

  /// The first second of the newest minute; `nil` if there is none.
  package func newestMinute() throws(HistoryFailure) -> EpochSecond? {
    try read { () throws(DatabaseError) in
      try connection.row("SELECT max(time) FROM minutes")?.first?.integer.map { EpochSecond($0) }
    }
  }

  /// The time of the latest change of an alert; `nil` if there is none.
  package func newestAlert() throws(HistoryFailure) -> EpochSecond? {
    try read { () throws(DatabaseError) in
      try connection.row("SELECT max(time) FROM alerts")?.first?.integer.map { EpochSecond($0) }
    }
  }

  /// The names of a dimension in the minutes of a range of time, the oldest minute first and in it the
  /// name with the most hits.
  package func names(
    of dimension: Dimension, in range: TimeRange
  ) throws(HistoryFailure) -> [RankedMinute] {
    try read { () throws(DatabaseError) in
      var rows: [RankedMinute] = []
      try connection.rows(
        """
        SELECT time, name, hits, bytes, errors FROM names WHERE time >= ? AND time < ?
        AND dimension = ? ORDER BY time, hits DESC, CAST(name AS BLOB)
        """, Self.bounds(range) + [.text("\(dimension.profile.name)")]
      ) { row in
        rows.append(
          RankedMinute(
            time: EpochSecond(row[0].integer ?? 0), name: Name(row[1].bytes), hits: row[2].count,
            bytes: max(0, row[3].integer ?? 0), errors: row[4].count))
      }
      return rows
    }
  }

  static func bounds(_ range: TimeRange) -> [SQLValue] {
    [.integer(range.since?.value ?? .min), .integer(range.until?.value ?? .max)]
  }

  func read<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(HistoryFailure) -> Result {
    do throws(DatabaseError) {
      return try body()
    } catch {
      throw .unavailable(error.reason)
    }
  }
}
