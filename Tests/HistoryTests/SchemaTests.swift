import Foundation
import Testing

@testable import History

@Suite struct SchemaTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private var bytes: Data? { FileManager.default.contents(atPath: folder.history) }

  /// An older program meets a file of the future.
  @Test func aFileOfANewerVersionIsShownAndNotTouched() throws {
    let first = try HistoryStore(folder.history, context())
    first.add(alert: alert())
    first.save(checkpoints: ["a": [1]].reduce(into: [:]) { $0[.init($1.key)] = $1.value })
    #expect(first.finish(within: 30) == nil)
    _ = try folder.sqlite("PRAGMA user_version = 999; ALTER TABLE alerts ADD COLUMN more")
    let before = bytes
    let store = try HistoryStore(folder.history, context())
    #expect(store.state.isReadOnly && store.drainNotices() == [.newer])
    #expect(store.state.problem?.contains("newer version") == true)
    #expect(store.checkpoints.isEmpty)
    store.add(alert: alert(at: start + 1))
    store.save(checkpoints: [.init("a"): [2]])
    store.waitForRoom()
    #expect(try HistoryReader(folder.history).alerts(last: 9).count == 1)
    #expect(store.finish(within: 30) == nil)
    #expect(bytes == before)
  }

  private static let old = Schema(versions: ["CREATE TABLE a(x)"])
  private static let new = Schema(versions: [
    "CREATE TABLE a(x)", "CREATE TABLE b(y); INSERT INTO b SELECT x + 1 FROM a; DROP TABLE a",
  ])

  /// The files as they are after each statement of a migration, as a crash would leave them.
  @Test func aMigrationHappensAsAWholeOrNotAtAll() throws {
    let connection = try Connection(folder.history, .create)
    try connection.run("PRAGMA journal_mode = WAL")
    try Self.old.migrate(connection, from: 0)
    try connection.run("INSERT INTO a VALUES(1)")
    try connection.run("PRAGMA cache_size = 1; BEGIN IMMEDIATE")
    var copies: [String] = []
    for statement in (Self.new.versions[1] + ";PRAGMA user_version = 2").split(separator: ";") {
      try connection.run(String(statement))
      copies.append("copy\(copies.count).db")
      try Shell.run(
        "cd '\(folder.path(""))'; for s in '' -wal; do cp history.db$s \(copies.last ?? "")$s; done"
      )
    }
    try connection.run("ROLLBACK")
    for copy in copies {
      let copied = try Connection(folder.path(copy), .write)
      #expect(try Schema.state(of: copied) == .version(1))
      #expect(try copied.row("SELECT x FROM a") == [.integer(1)])
      try Self.new.migrate(copied, from: 1)
      #expect(try Schema.state(of: copied) == .version(2))
      #expect(try copied.row("SELECT y FROM b") == [.integer(2)])
    }
    let failing = Schema(versions: Self.old.versions + ["DROP TABLE a; DROP TABLE nothing"])
    #expect(throws: DatabaseError.self) { try failing.migrate(connection, from: 1) }
    #expect(try Schema.state(of: connection) == .version(1))
    #expect(try connection.row("SELECT x FROM a") == [.integer(1)])
  }

  @Test func theFileCannotRunAnything() throws {
    let first = try HistoryStore(folder.history, context())
    first.add(alert: alert())
    #expect(first.finish(within: 30) == nil)
    _ = try folder.sqlite(
      """
      CREATE TRIGGER t BEFORE INSERT ON alerts BEGIN DELETE FROM alerts; END;
      """)
    let store = try HistoryStore(folder.history, context())
    store.add(alert: alert(at: start + 1))
    #expect(store.finish(within: 30) == nil)
    #expect(try HistoryReader(folder.history).alerts(last: 9).count == 2)
    let connection = try Connection(folder.history, .write)
    for statement in [
      "SELECT load_extension('x')", "ATTACH 'other.db' AS other",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'x'",
    ] {
      #expect(throws: DatabaseError.self, "\(statement)") { try connection.run(statement) }
    }
    #expect(throws: DatabaseError.self) { try Connection("file:x.db", .create) }
  }
}
