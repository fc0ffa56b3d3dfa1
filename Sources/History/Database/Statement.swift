import CSQLite

/// A prepared statement of a connection.
final class Statement {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// - Returns: a result code, as `sqlite3_step` does.
  func step() -> Int32 { sqlite3_step(handle) }

  /// - Parameter index: from 1.
  /// - Returns: a result code.
  func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .real(let number): return sqlite3_bind_double(handle, index, number)
    case .text(let bytes):
      guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
      return withBase(bytes) { lm2000_sqlite_bind_text(handle, index, $0, count) }
    case .blob(let bytes):
      guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
      return withBase(bytes) { lm2000_sqlite_bind_blob(handle, index, $0, count) }
    }
  }

  /// The address of the bytes, which exists even if there are none: without one, SQLite binds NULL.
  private func withBase(_ bytes: [UInt8], _ body: (UnsafeRawPointer?) -> Int32) -> Int32 {
    bytes.isEmpty
      ? withUnsafeBytes(of: UInt8(0)) { body($0.baseAddress) }
      : bytes.withUnsafeBytes { body($0.baseAddress) }
  }

  /// The values of the current row.
  var row: [SQLValue] { (0..<sqlite3_column_count(handle)).map(value(ofColumn:)) }

  private func value(ofColumn column: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(handle, column)
      let count = Int(sqlite3_column_bytes(handle, column))
      return .text(start.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? [])
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(handle, column)
      let count = Int(sqlite3_column_bytes(handle, column))
      return .blob(start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) } ?? [])
    default: return .null
    }
  }
}
