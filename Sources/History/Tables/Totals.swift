/// Numbers that change with each transaction.
enum Totals {
  /// What the alerts take in the file, in bytes, about.
  static let alertBytes = "alert_bytes"
  /// The batch that was saved last.
  static let batch = "batch"

  static func value(_ name: String, _ connection: Connection) throws(DatabaseError) -> Int64 {
    let row = try connection.row("SELECT value FROM totals WHERE name = ?", [.text(name)])
    return row?.first?.integer ?? 0
  }

  static func set(
    _ name: String, _ value: Int64, _ connection: Connection
  ) throws(DatabaseError) {
    try connection.run(
      "INSERT OR REPLACE INTO totals(name, value) VALUES(?, ?)",
      [.text(name), .integer(value)])
  }
}
