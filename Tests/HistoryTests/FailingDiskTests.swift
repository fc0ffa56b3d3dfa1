import AccessLog
import Foundation
import Testing

@testable import History

/// Disks that are full, files that are locked, damaged or removed.
@Suite struct FailingDiskTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func store(_ limits: HistoryLimits? = nil) throws -> HistoryStore {
    try HistoryStore(folder.history, context(limits: limits))
  }

  private func alerts(_ path: String? = nil) throws -> Int {
    try HistoryReader(path ?? folder.history).alerts(last: 1_000_000).count
  }

  /// Full from the start, or later.
  @Test(.enabled(if: Shell.isRoot, "only root can mount"), arguments: ["64k", "400k"])
  func whatAFullDiskKeepsWaitingIsSavedSoonAfter(size: String) throws {
    let mounted = try folder.mount("size=\(size)")
    defer { folder.unmount(mounted) }
    let store = try HistoryStore(mounted + "/h.db", context(limits: HistoryLimits()))
    var count: Int64 = 0
    let isFull = poll {
      for _ in 0..<200 {
        store.add(alert: alert("r", key: Name("/a/long/name/that/takes/room"), at: start + count))
        count += 1
      }
      return store.state.failure != nil
    }
    #expect(isFull)
    #expect(store.state.problem == "history not saved: No space left on device")
    let waiting = store.state.waiting
    #expect(waiting > 0)
    try Shell.run("mount -o remount,size=64m '\(mounted)'")
    let begin = ContinuousClock.now
    #expect(store.drained())
    #expect(begin.duration(to: .now) < .seconds(30), "the limit on an idle machine is 5 s")
    #expect(store.finish(within: 30) == nil)
    #expect(try alerts(mounted + "/h.db") == Int(count))
  }

  /// Another program writes for a while (30 s with LM2000_LOCKED_SECONDS=30).
  @Test(.enabled(if: Folder.hasSQLite, "sqlite3 is not installed"))
  func nothingIsLostWhileAnotherProgramWrites() throws {
    let text = ProcessInfo.processInfo.environment["LM2000_LOCKED_SECONDS"]
    let seconds = text.flatMap(Double.init) ?? 1
    let store = try store()
    store.add(alert: alert(at: start))
    #expect(store.drained())
    let holder = try Shell.Holder(folder.history)
    let begin = ContinuousClock.now
    var count: Int64 = 1
    while begin.duration(to: .now) < .seconds(seconds) {
      store.add(alert: alert(at: start + count))
      count += 1
      usleep(1_000)
    }
    #expect(store.state.waiting == Int(count) - 1)
    #expect(poll { store.state.failure == "database is locked" })
    #expect(try alerts() == 1)
    holder.release()
    #expect(store.drained())
    #expect(store.finish(within: 30) == nil)
    #expect(try alerts() == Int(count))
  }

  /// The file is damaged when the program starts.
  @Test(arguments: ["empty", "text", "page", "header"])
  func aDamagedFileIsKeptAsideAndANewOneBegins(damage: String) throws {
    let first = try store()
    first.add(alert: alert())
    #expect(first.finish(within: 30) == nil)
    try spoil(damage)
    let spoiled = FileManager.default.contents(atPath: folder.history)
    let store = try store()
    let kept = "history.db.corrupt-\(start + 3_600)"
    #expect(store.drainNotices() == [.damaged(keptAs: kept)])
    store.add(alert: alert(at: start + 1))
    #expect(store.finish(within: 30) == nil)
    #expect(FileManager.default.contents(atPath: folder.path(kept)) == spoiled)
    #expect(try alerts() == 1)
  }

  /// The file is too large to be checked at the start.
  @Test func damageThatIsMetLaterDoesNotEndSaving() throws {
    let first = try store()
    first.add(alert: alert())
    #expect(first.finish(within: 30) == nil)
    try spoil("later")
    var limits = HistoryLimits()
    limits.checkedSize = 0
    let store = try store(limits)
    #expect(store.drainNotices().isEmpty)
    for second in 1...3 { store.add(alert: alert(at: start + Int64(second))) }
    #expect(store.drained())
    #expect(store.drainNotices() == [.damaged(keptAs: "history.db.corrupt-\(start + 3_600)")])
    #expect(store.finish(within: 30) == nil)
    #expect(try alerts() == 3)
  }

  private func spoil(_ damage: String) throws {
    let page = "bs=4096 conv=notrunc status=none of='\(folder.history)'"
    switch damage {
    case "empty": try folder.write("", to: "history.db")
    case "text": try folder.write("this is a log\n", to: "history.db")
    case "page": try Shell.run("dd if=/dev/urandom seek=1 count=1 \(page)")
    case "later": try Shell.run("dd if=/dev/urandom seek=1 count=2 \(page)")
    default: try Shell.run("dd if=/dev/urandom count=1 \(page)")
    }
  }

  /// The file is removed or replaced while the program runs.
  @Test(arguments: [
    "rm history.db*", "rm history.db", "mv history.db old.db",
    "cp old.db history.db.x; mv history.db.x history.db",
  ])
  func aNewFileReplacesOneThatIsGone(command: String) throws {
    let store = try store()
    store.add(alert: alert())
    #expect(store.drained())
    try Shell.run("cd '\(folder.path(""))'; echo x > old.db; \(command)")
    var notices: [HistoryNotice] = []
    #expect(
      poll {
        notices += store.drainNotices()
        return notices.contains(.gone)
      })
    store.add(alert: alert(at: start + 1))
    #expect(store.drained())
    #expect(store.finish(within: 30) == nil)
    #expect(try alerts() == 1)
  }

  @Test func theEndDoesNotWaitForAFileThatIsLocked() throws {
    let store = try store()
    #expect(store.drained())
    let other = try Connection(folder.history, .write)
    try other.run("BEGIN IMMEDIATE")
    store.add(alert: alert())
    let unsaved = store.finish(within: 0.3)
    #expect(unsaved == UnsavedHistory(count: 1, reason: "database is locked"))
    #expect(unsaved?.text == "1 alert or minute is not saved: database is locked")
    try other.run("ROLLBACK")
  }
}
