import CSQLite
import Glibc

/// Why the database could not do what it was asked for.
struct DatabaseError: Error, Equatable, Sendable {
  /// What can be done about it.
  enum Kind: Equatable, Sendable {
    /// Somebody else writes; it works later.
    case busy
    /// The file is damaged, or no database.
    case damaged
    /// This user may not write there.
    case forbidden
    /// Anything else, such as a full disk: it may work later, on a new connection.
    case other
  }

  /// A file, or a folder on the way to it, is a symbolic link: SQLITE_CANTOPEN_SYMLINK, a macro that Swift
  /// does not see.
  private static let symbolicLink: Int32 = SQLITE_CANTOPEN | 6 << 8

  var kind: Kind
  /// Why, for people: where the system refused, in its words.
  var reason: String

  init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }

  /// The error of the last call on a connection. (sqlite3_system_errno)
  ///
  /// - Parameters:
  ///   - code: what the call returned.
  ///   - database: `nil` if there is no connection.
  init(code: Int32, _ database: OpaquePointer?) {
    let system = database.map { sqlite3_system_errno($0) } ?? 0
    let extended = database.map { sqlite3_extended_errcode($0) } ?? code
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: kind = .busy
    case SQLITE_CORRUPT, SQLITE_NOTADB: kind = .damaged
    case SQLITE_READONLY, SQLITE_PERM: kind = .forbidden
    default: kind = [EACCES, EPERM, EROFS].contains(system) ? .forbidden : .other
    }
    switch code & 0xFF {
    // No system call has failed.
    case SQLITE_CANTOPEN where extended == Self.symbolicLink: reason = "is a symbolic link"
    // SQLite does not keep the number of this error.
    case SQLITE_FULL: reason = String(cString: strerror(system == 0 ? ENOSPC : system))
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      reason =
        system == 0
        ? String(cString: sqlite3_errstr(code)) : String(cString: strerror(system))
    default:
      reason = String(cString: database.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
    }
  }
}
