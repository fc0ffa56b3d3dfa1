import CSQLite

/// A connection to a database file. Only one thread uses it at a time.
final class Connection: @unchecked Sendable {
  enum Access {
    case read, write
    /// A file that does not exist yet.
    case create
  }

  /// How long a call waits while somebody else writes, in milliseconds.
  private static let patience: Int32 = 250
  /// The largest value that is read or written, in bytes.
  private static let largestValue: Int32 = 16 << 20

  private let database: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// - Parameter path: absolute, so that it is never taken for a URI.
  init(_ path: String, _ access: Access) throws(DatabaseError) {
    var flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX
    switch access {
    case .read: flags |= SQLITE_OPEN_READONLY
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    }
    guard path.hasPrefix("/") else { throw DatabaseError(.other, "is not an absolute path") }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let error = DatabaseError(code: code, opened)
      sqlite3_close_v2(opened)
      throw error
    }
    let result = Self.configure(opened)
    guard result == SQLITE_OK else {
      let error = DatabaseError(code: result, opened)
      sqlite3_close_v2(opened)
      throw error
    }
    database = opened
  }

  /// - Returns: a result code.
  private static func configure(_ database: OpaquePointer) -> Int32 {
    sqlite3_busy_timeout(database, patience)
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, largestValue)
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0)
    // What a file brings along must not act: it may come from anybody.
    let switches: [(Int32, Int32)] = [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
      (SQLITE_DBCONFIG_ENABLE_VIEW, 0),
    ]
    for (option, value) in switches {
      let code = lm2000_sqlite_switch(database, option, value)
      guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(database)
  }

  /// Runs statements without parameters.
  func run(_ sql: String) throws(DatabaseError) {
    try check(sqlite3_exec(database, sql, nil, nil, nil))
  }

  /// Runs a statement, which is kept for the next time.
  func run(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) {
    try rows(sql, values) { _ in }
  }

  /// Runs a statement, and calls the body for each row of the result.
  func rows(
    _ sql: String, _ values: [SQLValue] = [], _ body: ([SQLValue]) -> Void
  ) throws(DatabaseError) {
    let statement = try statement(sql)
    defer { statement.reset() }
    for (index, value) in values.enumerated() {
      try check(statement.bind(value, at: Int32(index + 1)))
    }
    while true {
      let code = statement.step()
      guard code == SQLITE_ROW else { return try check(code == SQLITE_DONE ? SQLITE_OK : code) }
      body(statement.row)
    }
  }

  /// The first row of the result; `nil` if there is none.
  func row(_ sql: String, _ values: [SQLValue] = []) throws(DatabaseError) -> [SQLValue]? {
    var first: [SQLValue]?
    try rows(sql, values) { if first == nil { first = $0 } }
    return first
  }

  /// The number of rows that the last statement has changed.
  var changes: Int { Int(sqlite3_changes(database)) }

  /// Whether the file was renamed or removed since it was opened. (SQLITE_FCNTL_HAS_MOVED)
  var hasMoved: Bool {
    var moved: Int32 = 0
    sqlite3_file_control(database, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
    return moved != 0
  }

  /// Runs the body in a transaction, which is undone if the body fails.
  func transaction(_ body: () throws(DatabaseError) -> Void) throws(DatabaseError) {
    try run("BEGIN IMMEDIATE")
    do throws(DatabaseError) {
      try body()
      try run("COMMIT")
    } catch {
      // After some errors there is none any more.
      if sqlite3_get_autocommit(database) == 0 { try? run("ROLLBACK") }
      throw error
    }
  }

  private func statement(_ sql: String) throws(DatabaseError) -> Statement {
    if let known = statements[sql] { return known }
    var prepared: OpaquePointer?
    try check(
      sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil))
    guard let prepared else { throw DatabaseError(.other, "is no statement") }
    let statement = Statement(prepared)
    statements[sql] = statement
    return statement
  }

  private func check(_ code: Int32) throws(DatabaseError) {
    if code != SQLITE_OK { throw DatabaseError(code: code, database) }
  }
}
