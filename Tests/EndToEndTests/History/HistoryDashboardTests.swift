import Foundation
import Testing

/// The dashboard with a history that cannot be saved.
@Suite(.ownThreads) struct HistoryDashboardTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    chmod(folder.path(""), 0o700)
  }

  /// The history lies on a disk that becomes full.
  @Test(.enabled(if: geteuid() == 0, "only root can mount"))
  func aFullDiskIsShownUntilEverythingIsSaved() throws {
    let disk = folder.path("disk")
    mkdir(disk, 0o700)
    let mounted = try Ended.running(
      "mount -t tmpfs -o size=64k,mode=700 none '\(disk)'", path: "/usr/bin:/bin:/usr/sbin:/sbin")
    guard mounted.status == 0 else { return }
    defer { _ = try? Ended.running("umount -l '\(disk)'") }
    let terminal = try Terminal(
      "\(Built.program) --history '\(disk)/h.db' '\(Built.fixture)'", columns: 120)
    let problem = "history not saved: No space left on device"
    try terminal.wait(for: problem)
    try terminal.wait("the log is shown") { $0.contains("4,950") }
    _ = try Ended.running("mount -o remount,size=8m '\(disk)'")
    try terminal.wait("all is saved") { !$0.contains(problem) }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
    let shown = try Ended.running(
      "\(Built.program) --history '\(disk)/h.db' --show-history | grep -c ALERT")
    #expect(shown.output == "2\n")
  }
}
