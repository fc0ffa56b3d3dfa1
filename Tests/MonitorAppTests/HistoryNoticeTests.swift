import AccessLog
import Foundation
import History
import Testing

@testable import MonitorApp

/// The notice about a history in the dashboard.
@Suite struct HistoryNoticeTests {
  private let folder =
    FileManager.default.temporaryDirectory.path() + "/lm2000-" + UUID().uuidString
  private var path: String { folder + "/h.db" }

  private func store() throws -> HistoryStore {
    try HistoryStore(
      path, HistoryContext(monotonic: Clocks.monotonic, wall: { EpochSecond(1_700_000_000) }))
  }

  @Test func whatHasHappenedIsShownForAMinute() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try #require(mkdir(folder, 0o700) == 0)
    try Data("no database".utf8).write(to: URL(filePath: path))
    let store = try store()
    var notice = TimedHistoryNotice(store)
    let text =
      "history was damaged; it is kept as h.db.corrupt-1700000000, and a new history begins"
    #expect(notice.current(now: 100) == text)
    #expect(notice.current(now: 159.9) == text)
    #expect(notice.current(now: 160) == nil)
    #expect(store.finish(within: 30) == nil)
    #expect(notice.current(now: 161) == nil)
  }
}
