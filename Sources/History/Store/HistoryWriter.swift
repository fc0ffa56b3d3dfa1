import AccessLog

/// Saves batches of what has happened, each as a whole or not at all. One thread uses it at a time.
struct HistoryWriter: Sendable {
  let database: HistoryDatabase
  private var connection: Connection?
  private(set) var isReadOnly = false
  /// The positions that are saved in the file.
  private var positions: [Name: [UInt8]] = [:]
  /// What a former run had counted of the minute in which it was stopped.
  private var base: MinuteBase?
  /// The row of the minute in which a former run has ended in order, which has its last seconds too.
  private var openMinute: MinuteBase?
  /// The number of the batch that is saved next, or was tried last.
  private var batch: Int64 = 0
  /// Whether it was tried, and may be saved although that was reported as a failure.
  private var isRetry = false
  private var prunesNext = true
  /// The number of minutes saved since rows that are too old were removed.
  private var minutes = 0
  private var notices: [HistoryNotice] = []

  /// The number of saved minutes after which rows that are too old are removed.
  private static let minutesBetweenPrunings = 60

  init(_ database: HistoryDatabase) { self.database = database }

  /// What was found since the last call.
  mutating func drainNotices() -> [HistoryNotice] {
    defer { notices = [] }
    return notices
  }

  /// Opens the file unless it is open.
  ///
  /// - Throws: `DatabaseError`, or `HistoryFailure` if the file must not be used.
  mutating func open() throws {
    if let connection {
      guard connection.hasMoved else { return }
      close()
      notices.append(.gone)
    }
    use(try database.open())
  }

  private mutating func use(_ opened: HistoryDatabase.Opened) {
    connection = opened.connection
    isReadOnly = opened.isReadOnly
    notices += opened.notices
    positions = [:]
    prunesNext = true
  }

  mutating func close() { connection = nil }

  /// Looks whether the file is still there, and opens another one if it is not.
  mutating func watch() throws {
    if connection != nil { try open() }
  }

  /// The positions that the file holds.
  ///
  /// - Returns: sound ones, and the sources of those that are damaged.
  mutating func readPositions() throws -> (sound: [Name: [UInt8]], damaged: [Name]) {
    try open()
    guard let connection, !isReadOnly else { return ([:], []) }
    let read = try CheckpointTable.all(connection)
    positions = read.sound
    base = try MinuteTable.parts.newest(connection)
    openMinute = try MinuteTable.closed.newest(isOpen: true, connection)
    batch = try Totals.value(Totals.batch, connection)
    return read
  }

  // MARK: - Saving

  /// Saves all items, or throws.
  ///
  /// - Throws: `DatabaseError`, or `HistoryFailure` if the file must not be used. The items are to be
  ///   saved later, by the next call.
  mutating func save(_ items: [HistoryQueue.Item]) throws {
    try open()
    guard let connection, !isReadOnly, changesAnything(items) else { return }
    if !isRetry { batch += 1 }
    do throws(DatabaseError) {
      try connection.transaction { () throws(DatabaseError) in
        // A failure may have been reported although all was written.
        let saved = isRetry ? try Totals.value(Totals.batch, connection) : nil
        if saved != batch { try write(items, connection) }
      }
    } catch {
      isRetry = true
      try handle(error)
      throw error
    }
    // What went to a file that nobody will ever find is not saved.
    guard !connection.hasMoved else {
      isRetry = true
      throw DatabaseError(.other, "the file was removed")
    }
    isRetry = false
    note(items)
  }

  /// Closes what may not be used any more after an error.
  private mutating func handle(_ error: DatabaseError) throws {
    switch error.kind {
    case .busy: return
    case .damaged:
      close()
      use(try database.replaceDamaged())
    case .forbidden, .other: close()
    }
  }

  private func changesAnything(_ items: [HistoryQueue.Item]) -> Bool {
    items.contains { item in
      guard case .checkpoints(let new, _) = item else { return true }
      return new.contains { positions[$0.key] != $0.value }
    }
  }

  /// What a former run had counted of a minute, to which a part of it is added.
  private func base(of part: MinutePart) -> MinuteBase? {
    guard part.reading == .rest, openMinute?.time == part.report.from else { return base }
    return openMinute
  }

  private func write(
    _ items: [HistoryQueue.Item], _ connection: Connection
  ) throws(DatabaseError) {
    var bytes = 0
    for item in items {
      switch item {
      case .alert(let transition): bytes += try AlertTable.add(transition, connection)
      case .minute(let report, let reading):
        try MinuteTable.closed.add(report, reading, base, connection)
      case .checkpoints(let positions, let part):
        if let part { try MinuteTable.parts.save(part, base(of: part), connection) }
        for (source, data) in positions where self.positions[source] != data {
          try CheckpointTable.save(data, of: source, at: database.context.wall(), connection)
        }
      case .rejection(let source, let reason):
        try CheckpointTable.reject(
          source, reason: reason, at: database.context.wall(), connection)
      }
    }
    if bytes > 0 { try limitAlerts(adding: bytes, connection) }
    try Totals.set(Totals.batch, batch, connection)
  }

  private func limitAlerts(
    adding bytes: Int, _ connection: Connection
  ) throws(DatabaseError) {
    let limit = database.context.limits.alertBytes
    var total = Int(try Totals.value(Totals.alertBytes, connection)) + bytes
    // A little more than needed, so that not every batch has to.
    if total > limit {
      total -= try AlertTable.prune(total - limit + limit / 100, connection)
    }
    try Totals.set(Totals.alertBytes, Int64(max(0, total)), connection)
  }

  private mutating func note(_ items: [HistoryQueue.Item]) {
    for item in items {
      switch item {
      case .alert: break
      case .minute: minutes += 1
      case .checkpoints(let new, _): positions.merge(new) { _, new in new }
      case .rejection(let source, _): positions[source] = nil
      }
    }
    if minutes >= Self.minutesBetweenPrunings {
      minutes = 0
      prunesNext = true
    }
  }

  // MARK: - Between batches

  /// Whether there is something to tidy up.
  var hasRest: Bool { prunesNext && connection != nil && !isReadOnly }

  /// Removes some of what is too old.
  mutating func tidyUp() throws {
    guard let connection, hasRest else { return }
    do throws(DatabaseError) {
      prunesNext = try Retention.prune(now: database.context.wall(), connection)
    } catch {
      try handle(error)
      throw error
    }
  }

  /// Closes the file so that it alone holds everything.
  mutating func finish() {
    if !isReadOnly { try? connection?.run("PRAGMA wal_checkpoint(TRUNCATE)") }
    close()
  }
}
