import AccessLog
import EventOutput
import Messages
import TrafficAnalysis

/// The alerts, in the order in which they were reported.
enum AlertTable {
  /// What a row takes in the file besides its texts, in bytes.
  private static let overhead = 112
  /// The size of a row with its entry in the index, in bytes, about.
  private static let size = """
    \(overhead) + 2 * length(CAST(rule AS BLOB)) + 2 * ifnull(length(CAST(key AS BLOB)), 0)
    + length(CAST(changes AS BLOB)) + length(exact)
    """
  private static let joined = "alerts JOIN alert_details USING(id)"

  /// Adds a change of an alert, unless it is there.
  ///
  /// - Returns: the bytes that it takes; 0 if it was there.
  static func add(
    _ transition: AlertTransition, _ connection: Connection
  ) throws(DatabaseError) -> Int {
    var duration = SQLValue.null
    if case .recovered(let since) = transition.change {
      duration = .integer(transition.second.seconds(since: since))
    }
    let row = try connection.row(
      """
      INSERT OR IGNORE INTO alerts(rule, key, state, time, value, hits, duration, changes)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """,
      [
        .text(transition.rule.name), transition.key.map { .name($0) } ?? .null,
        .text(transition.change == .triggered ? "triggered" : "recovered"),
        .integer(transition.second), .real(Double(transition.value.shortText) ?? 0),
        .integer(transition.hits), duration,
        .text(EventJSON.changes(of: transition)),
      ])
    guard let id = row?.first else { return 0 }
    try connection.run(
      "INSERT OR REPLACE INTO alert_details(id, definition, exact) VALUES(?, ?, ?)",
      [
        id, .integer(try RuleTable.number(of: transition.rule, connection)),
        .blob(AlertDetails(transition).bytes),
      ])
    return try connection.row("SELECT \(size) FROM \(joined) WHERE id = ?", [id])?.first?.count ?? 0
  }

  /// Removes the oldest alerts.
  ///
  /// - Parameter excess: how many bytes they are to take at least.
  /// - Returns: how many they took.
  static func prune(_ excess: Int, _ connection: Connection) throws(DatabaseError) -> Int {
    var removed = 0
    while removed < excess {
      var last: Int64?
      let before = removed
      try connection.rows("SELECT id, \(size) FROM \(joined) ORDER BY id LIMIT 500") { row in
        guard removed < excess else { return }
        last = row[0].integer
        removed += row[1].count
      }
      guard let last, removed > before else { break }
      try connection.run("DELETE FROM alerts WHERE id <= ?", [.integer(last)])
      try connection.run("DELETE FROM alert_details WHERE id <= ?", [.integer(last)])
    }
    return removed
  }
}

extension RuleValue {
  /// As events write it: with at most two decimals, or a latency in seconds.
  fileprivate var shortText: String {
    switch self {
    case .ratio(let rate): rate.shortText
    case .latency(let microseconds): LatencyText.seconds(microseconds)
    }
  }
}
