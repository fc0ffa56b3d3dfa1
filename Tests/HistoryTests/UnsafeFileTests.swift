import Foundation
import Testing

@testable import History

/// Files and folders that must not be used, and what becomes of rights.
@Suite struct UnsafeFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func failure(_ path: String) -> HistoryFailure? {
    do throws(HistoryFailure) {
      _ = try HistoryStore(path, context()).finish()
      return nil
    } catch {
      return error
    }
  }

  /// Somebody has put a link where the file belongs.
  @Test(arguments: ["history.db", "history.db-lock"])
  func aSymbolicLinkIsRefusedAndItsTargetStaysAsItIs(name: String) throws {
    try folder.write("victim", to: "victim")
    symlink(folder.path("victim"), folder.path(name))
    let reason = failure(folder.history)?.reason
    #expect(reason == "is a symbolic link" || reason == "Too many levels of symbolic links")
    #expect(name != "history.db" || reason == "is a symbolic link")
    #expect(folder.text("victim") == "victim")
    #expect(folder.names().count == 2)
  }

  /// Everybody may write to the folder.
  @Test func aFolderThatOthersMayChangeIsRefused() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("open"), withIntermediateDirectories: false)
    chmod(folder.path("open"), 0o777)
    #expect(failure(folder.path("open/h.db"))?.reason.hasPrefix("unsafe directory") == true)
    #expect(failure(folder.path("open/new/h.db"))?.reason.hasPrefix("unsafe directory") == true)
    #expect(folder.names("open").isEmpty)
    symlink(folder.path(""), folder.path("link"))
    #expect(failure(folder.path("link/h.db"))?.reason.contains("is a symbolic link") == true)
  }

  /// Its owner could replace the file.
  @Test(.enabled(if: Shell.isRoot, "only root can give a folder away"))
  func aFolderOfSomebodyElseIsRefused() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("theirs"), withIntermediateDirectories: false)
    chown(folder.path("theirs"), 65_534, 65_534)
    #expect(failure(folder.path("theirs/h.db"))?.reason.hasPrefix("unsafe directory") == true)
    try folder.write("", to: "h.db")
    chown(folder.path("h.db"), 65_534, 65_534)
    #expect(failure(folder.path("h.db")) == .refused("belongs to somebody else"))
  }

  @Test func whatIsNoFileOfThisProgramIsRefused() throws {
    #expect(failure("/") == .refused("is not the path of a file"))
    #expect(failure(folder.path("")) == .refused("is not the path of a file"))
    try FileManager.default.createDirectory(
      atPath: folder.history, withIntermediateDirectories: false)
    #expect(failure(folder.history) == .refused("is not a regular file"))
    try folder.write("x", to: "x")
    link(folder.path("x"), folder.path("y"))
    #expect(failure(folder.path("x"))?.reason.contains("hard link") == true)
    _ = try folder.sqlite("CREATE TABLE t(a)", "positions.db")
    let before = FileManager.default.contents(atPath: folder.path("positions.db"))
    #expect(failure(folder.path("positions.db")) == .refused("is a database of another program"))
    #expect(FileManager.default.contents(atPath: folder.path("positions.db")) == before)
  }

  /// A second one is refused, and says who has it.
  @Test func oneInstanceHasTheFile() throws {
    let first = try HistoryStore(folder.history, context())
    #expect(failure(folder.history) == .refused("in use by pid \(getpid())"))
    #expect(first.finish(within: 30) == nil)
    #expect(failure(folder.history) == nil)
  }

  /// With the mask of the program in `HistoryRunTests`.
  @Test func whoMightReadAnOldFileLosesThatRight() throws {
    #expect(failure(folder.history) == nil)
    chmod(folder.history, 0o666)
    let store = try HistoryStore(folder.history, context())
    store.add(alert: alert())
    #expect(store.drained())
    for name in folder.names() { #expect(try folder.mode(name) == 0o600, "\(name)") }
    #expect(folder.names().count == 4)
    #expect(store.finish(within: 30) == nil)
    #expect(folder.names() == ["history.db", "history.db-lock"])
  }

  /// Nothing can be written there.
  @Test(.enabled(if: Shell.isRoot, "only root can mount"))
  func aFileOnAReadOnlyMountIsNoReasonToStop() throws {
    let mounted = try folder.mount("size=1m")
    defer { folder.unmount(mounted) }
    #expect(failure(mounted + "/h.db") == nil)
    try Shell.run("mount -o remount,ro '\(mounted)'")
    #expect(failure(mounted + "/h.db") == .unavailable("Read-only file system"))
    #expect(failure(mounted + "/new.db") == .unavailable("Read-only file system"))
  }
}

extension Folder {
  /// Mounts a file system in memory, of which `unmount` makes an end.
  func mount(_ options: String) throws -> String {
    let target = path("mounted")
    mkdir(target, 0o700)
    let (output, status) = try Shell.run("mount -t tmpfs -o \(options),mode=700 none '\(target)'")
    if status != 0 { throw CocoaError(.fileNoSuchFile, userInfo: ["output": output]) }
    return target
  }

  func unmount(_ target: String) { _ = try? Shell.run("umount -l '\(target)'") }
}
