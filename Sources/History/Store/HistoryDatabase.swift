import AccessLog
import PrivateFiles

/// Opens the file of a history, whatever state it is in.
struct HistoryDatabase: Sendable {
  /// A file that is open.
  struct Opened: Sendable {
    var connection: Connection
    /// Whether a newer version has written it, so that it is only read.
    var isReadOnly = false
    /// What was found.
    var notices: [HistoryNotice] = []
  }

  let file: HistoryFile
  let context: HistoryContext
  var schema = Schema.current

  /// Opens the file. One that does not exist is created, and a damaged one is kept aside.
  ///
  /// - Throws: `DatabaseError`, or `HistoryFailure` if the file must not be used.
  func open() throws -> Opened {
    do {
      return try openSound()
    } catch let error as DatabaseError where error.kind == .damaged {
      return try replaceDamaged()
    }
  }

  /// Keeps the damaged file aside, and opens a new one.
  func replaceDamaged() throws -> Opened {
    let name = try file.setAside(at: context.wall())
    var opened = try openSound()
    opened.notices.append(.damaged(keptAs: name))
    return opened
  }

  private func openSound() throws -> Opened {
    guard let size = try file.size() else {
      try create()
      return Opened(connection: try connect())
    }
    // A file of ours never is empty: it gets its name once it has tables.
    guard size > 0 else { throw DatabaseError(.damaged, "is empty") }
    file.tighten()
    let probe = try Connection(file.path, .read)
    let state = try Schema.state(of: probe)
    guard state != .foreign else {
      throw HistoryFailure.refused("is a database of another program")
    }
    if size <= context.limits.checkedSize {
      guard try probe.row("PRAGMA quick_check(1)") == [.text("ok")] else {
        throw DatabaseError(.damaged, "is damaged")
      }
    }
    if case .version(let version) = state, version > schema.version {
      return Opened(connection: probe, isReadOnly: true, notices: [.newer])
    }
    return Opened(connection: try connect())
  }

  /// Makes a file with tables. It has another name until it is complete.
  private func create() throws {
    let name = file.name + ".new"
    for suffix in ["", "-wal", "-shm", "-journal"] { file.folder.remove(name + suffix) }
    file.removeCompanions()
    do throws(FileProblem) {
      try file.folder.write([], to: name)
    } catch {
      let isForbidden = HistoryFile.isForbidden(error.code)
      throw DatabaseError(isForbidden ? .forbidden : .other, error.reason)
    }
    do {
      let connection = try Connection(file.path + ".new", .write)
      try connection.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      try schema.migrate(connection, from: 0)
    }
    guard file.folder.rename(name, to: file.name) else {
      throw DatabaseError(.other, FileProblem.last.reason)
    }
    file.folder.synchronize()
  }

  private func connect() throws(DatabaseError) -> Connection {
    let connection = try Connection(file.path, .write)
    // The log is cut to the first size once all of it stands in the file; that happens about every
    // 4 MB.
    try connection.run(
      """
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 8388608;
      PRAGMA wal_autocheckpoint = 1000
      """)
    if case .version(let version) = try Schema.state(of: connection) {
      try schema.migrate(connection, from: version)
    } else {
      try schema.migrate(connection, from: 0)
    }
    file.tighten()
    return connection
  }
}
