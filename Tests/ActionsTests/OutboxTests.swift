import Foundation
import ReceiverKit
import Testing

@testable import Actions

@Suite struct OutboxTests {
  private let folder: Folder
  private var path: String { folder.path("state/outbox") }

  init() throws { folder = try Folder() }

  @Test func keepsNotificationsForTheNextRun() throws {
    let first = Outbox(path: path)
    #expect(first.save(sample(key: "/\u{1}\"é", at: 2), for: "hook"))
    #expect(first.save(sample(at: 1, message: "m"), for: "hook"))
    #expect(first.save(sample(at: 3), for: "other"))
    #expect(first.save(sample(at: 4), for: "hook"))
    first.remove(sample(at: 4).id, of: "hook")
    #expect(try folder.mode("state/outbox") == 0o700)
    #expect(
      try folder.names("state/outbox").allSatisfy { try folder.mode("state/outbox/\($0)") == 0o600 }
    )

    let kept = try Outbox(path: path).load(actions: ["hook"])
    #expect(kept.damaged == 0)
    #expect(kept.notifications.map(\.action) == ["hook", "hook"])
    #expect(
      kept.notifications.map(\.notification.id) == [
        sample(at: 1).id, sample(key: "/\u{1}\"é", at: 2).id,
      ])
    #expect(kept.notifications[0].notification.message == "m")
    #expect(kept.notifications.allSatisfy { $0.notification.isFromFormerRun })
  }

  @Test func keepsSummariesToo() throws {
    var excess = ExcessAlerts()
    excess.add(sample(), isDropped: true)
    let summary = excess.summary(action: "hook", time: sample().time)
    #expect(Outbox(path: path).save(summary, for: "hook"))
    let kept = try Outbox(path: path).load(actions: ["hook"]).notifications
    #expect(kept.map(\.notification.message) == [summary.message])
  }

  @Test func setsAsideWhatItCannotRead() throws {
    #expect(Outbox(path: path).save(sample(), for: "hook"))
    for name in ["00.hook", "11.hook", "22.hook"] {
      try folder.write("{", to: "state/outbox/" + name)
    }
    symlink("/etc/passwd", path + "/33.hook")
    let kept = try Outbox(path: path).load(actions: ["hook"])
    #expect(kept.damaged == 4)
    #expect(kept.notifications.count == 1)
    #expect(folder.names("state/outbox").count { $0.hasSuffix(".bad") } == 4)
  }

  @Test func onlyOneProcessSendsAgain() throws {
    let first = Outbox(path: path)
    #expect(first.save(sample(), for: "hook"))
    #expect(try first.load(actions: ["hook"]).notifications.count == 1)
    #expect(try Outbox(path: path).load(actions: ["hook"]).notifications.isEmpty)
  }

  @Test func theNumberOfFilesIsLimited() throws {
    let outbox = Outbox(path: path, capacity: 2)
    #expect(outbox.save(sample(at: 1), for: "hook") && outbox.save(sample(at: 2), for: "hook"))
    #expect(!outbox.save(sample(at: 3), for: "hook"))
    #expect(outbox.problem == "2 are kept already")
    outbox.remove(sample(at: 1).id, of: "hook")
    #expect(outbox.save(sample(at: 3), for: "hook"))
  }

  @Test func anUnsafeFolderIsRefused() throws {
    #expect(Outbox(path: path).save(sample(), for: "hook"))
    chmod(path, 0o777)
    #expect(throws: OutboxFailure.self) { try Outbox(path: path).load(actions: ["hook"]) }
    rename(path, folder.path("elsewhere"))
    chmod(folder.path("elsewhere"), 0o700)
    symlink(folder.path("elsewhere"), path)
    #expect(throws: OutboxFailure.self) { try Outbox(path: path).load(actions: ["hook"]) }
    #expect(!Outbox(path: path).save(sample(at: 9), for: "hook"))
  }

  @Test func aFolderBelowAnUnsafeOneIsRefused() throws {
    #expect(Outbox(path: path).save(sample(), for: "hook"))
    chmod(folder.path("state"), 0o777)
    #expect(throws: OutboxFailure.self) { try Outbox(path: path).load(actions: ["hook"]) }
    let outbox = Outbox(path: path)
    #expect(!outbox.save(sample(), for: "hook"))
    #expect(outbox.problem?.hasSuffix("others may write to \(folder.path("state"))") == true)
    chmod(folder.path("state"), 0o700)
    symlink(folder.path("state"), folder.path("link"))
    let linked = folder.path("link/outbox")
    #expect(throws: OutboxFailure.self) { try Outbox(path: linked).load(actions: ["hook"]) }
    #expect(!Outbox(path: linked).save(sample(), for: "hook"))
    #expect(try Outbox(path: path).load(actions: ["hook"]).notifications.count == 1)
  }

  @Test func aMissingFolderHoldsNothingAndIsNotCreated() throws {
    #expect(try Outbox(path: path).load(actions: ["hook"]) == Outbox.Remainder())
    #expect(folder.names().isEmpty)
  }
}
