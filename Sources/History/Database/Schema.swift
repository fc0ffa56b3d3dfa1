import CSQLite

/// The tables of a history, and how those of an older version become these.
struct Schema: Sendable {
  /// Tells the file of a history from other databases. (PRAGMA application_id)
  static let application: Int64 = 0x4C4D_3230

  /// The statements of each version, which make the tables of the version before into its own. The first
  /// ones begin with an empty file.
  var versions: [String]

  /// The version that the program writes. (PRAGMA user_version)
  var version: Int64 { Int64(versions.count) }

  /// What a file is.
  enum State: Equatable, Sendable {
    case empty
    /// A history of that version.
    case version(Int64)
    /// A database of another program.
    case foreign
  }

  static func state(of connection: Connection) throws(DatabaseError) -> State {
    func number(_ sql: String) throws(DatabaseError) -> Int64 {
      try connection.row(sql)?.first?.integer ?? 0
    }
    let version = try number("PRAGMA user_version")
    let application = try number("PRAGMA application_id")
    if application == Self.application { return .version(version) }
    let tables = try number("SELECT count(*) FROM sqlite_schema")
    if tables == 0 { return version == 0 ? .empty : .version(version) }
    return .foreign
  }

  /// Brings a file up to date, as a whole or not at all.
  ///
  /// - Throws: `DatabaseError`; the file is then as it was before.
  func migrate(_ connection: Connection, from version: Int64) throws(DatabaseError) {
    guard version < self.version else { return }
    try connection.transaction { () throws(DatabaseError) in
      for statements in versions[Int(max(0, version))...] { try connection.run(statements) }
      try connection.run(
        "PRAGMA application_id = \(Self.application); PRAGMA user_version = \(self.version)")
    }
  }

  /// The only one so far.
  static let current = Schema(versions: [first])

  private static func tables(minutes: String, names: String) -> String {
    """
    CREATE TABLE \(minutes)(
      time INTEGER PRIMARY KEY,
      hits INTEGER NOT NULL, bytes INTEGER NOT NULL,
      status_1xx INTEGER NOT NULL, status_2xx INTEGER NOT NULL, status_3xx INTEGER NOT NULL,
      status_4xx INTEGER NOT NULL, status_5xx INTEGER NOT NULL, status_other INTEGER NOT NULL,
      unique_clients INTEGER NOT NULL, p50 REAL, p95 REAL, p99 REAL);
    CREATE TABLE \(names)(
      time INTEGER NOT NULL, dimension TEXT NOT NULL, name NOT NULL,
      hits INTEGER NOT NULL, bytes INTEGER NOT NULL, errors INTEGER NOT NULL,
      PRIMARY KEY(time, dimension, name)) WITHOUT ROWID;
    """
  }

  private static let first = """
    CREATE TABLE alerts(
      id INTEGER PRIMARY KEY,
      rule TEXT NOT NULL, key, state TEXT NOT NULL, time INTEGER NOT NULL, value REAL NOT NULL,
      hits INTEGER NOT NULL, duration INTEGER, changes TEXT NOT NULL);
    CREATE TABLE alert_details(
      id INTEGER PRIMARY KEY, definition INTEGER NOT NULL, exact BLOB NOT NULL);
    CREATE UNIQUE INDEX alerts_once ON alerts(time, rule, state, ifnull(key, 0));
    CREATE TABLE rules(
      id INTEGER PRIMARY KEY,
      rule TEXT NOT NULL, metric TEXT NOT NULL, comparison TEXT NOT NULL, threshold TEXT NOT NULL,
      window INTEGER NOT NULL, delay INTEGER NOT NULL, clear TEXT NOT NULL,
      least_hits INTEGER NOT NULL, condition TEXT NOT NULL, subject TEXT NOT NULL,
      UNIQUE(rule, metric, comparison, threshold, window, delay, clear, least_hits, condition,
        subject));
    \(tables(minutes: "minutes", names: "names"))
    CREATE TABLE open_minutes(time INTEGER PRIMARY KEY);
    \(tables(minutes: "minute_parts", names: "name_parts"))
    CREATE TABLE checkpoints(
      source BLOB PRIMARY KEY, data BLOB NOT NULL, sum BLOB NOT NULL, time INTEGER NOT NULL);
    CREATE TABLE rejected_checkpoints(
      id INTEGER PRIMARY KEY, source BLOB NOT NULL, data BLOB, reason TEXT NOT NULL,
      time INTEGER NOT NULL);
    CREATE TABLE totals(name TEXT PRIMARY KEY, value INTEGER NOT NULL);
    """
}
