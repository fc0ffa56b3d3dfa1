import AccessLog
import Foundation
import ReceiverKit
import Testing

@testable import StreamOutput

/// What a former run, or somebody else, may have left.
@Suite struct DamagedSpoolTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("spool")
  }

  /// The kinds of damage.
  enum Damage: CaseIterable { case empty, cut, changed, nonsense, huge, link }

  private func spoil(_ file: String, _ damage: Damage) throws {
    var bytes = FileManager.default.contents(atPath: file).map { [UInt8]($0) } ?? []
    switch damage {
    case .empty: bytes = []
    case .cut: bytes.removeLast(3)
    case .changed: bytes[bytes.count / 2] ^= 0x10
    case .nonsense: bytes = Array("nonsense".utf8)
    case .huge: bytes = [UInt8](repeating: 1, count: 9 << 20)
    case .link:
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.createSymbolicLink(
        atPath: file, withDestinationPath: folder.path("victim"))
      return
    }
    try Data(bytes).write(to: URL(filePath: file))
  }

  /// Leaves three batches and how far the run has come.
  private func leave() throws {
    let stream = try SpooledStream(context(path), FakeCarrier { $0.isAway = true })
    for second in 1...3 {
      stream.add(turn(Int64(second)))
      #expect(poll { stream.hasNothingQueued })
    }
    stream.finish()
  }

  @Test(arguments: Damage.allCases)
  func aDamagedBatchIsKeptAside(damage: Damage) throws {
    try folder.write("victim", to: "victim")
    try leave()
    try spoil(path + "/\(folder.stream)/\(batchName(2))", damage)
    let carrier = FakeCarrier()
    let stream = try reopened(context(path), carrier)
    stream.add(turn(4))
    #expect(poll { carrier.counted.last == 4 && stream.state.waiting == 0 })
    let state = stream.finish()
    #expect(carrier.counted == [1, 3, 4])
    #expect(state.damaged == 1)
    #expect(state.notice(time: \.iso8601)?.text.contains("1 damaged file of the spool") == true)
    #expect(folder.streamFiles.contains(batchName(2) + ".bad"))
    #expect(folder.text("victim") == "victim")
  }

  @Test(arguments: Damage.allCases)
  func aDamagedStateIsKeptAsideAndAnotherSeriesBegins(damage: Damage) throws {
    try folder.write("victim", to: "victim")
    try leave()
    try spoil(path + "/\(folder.stream)/state", damage)
    let carrier = FakeCarrier()
    let stream = try reopened(context(path), carrier)
    #expect(stream.checkpoints.isEmpty)
    stream.add(turn(4))
    #expect(poll { carrier.reports.count == 4 })
    let state = stream.finish()
    #expect(state.damaged == 1 && state.lost == 0)
    #expect(Set(carrier.reports.map(\.series)).count == 2)
    #expect(carrier.reports.map(\.sequence) == [1, 2, 3, 1])
    #expect(folder.streamFiles == ["lock", "state", "state.bad"])
    #expect(folder.text("victim") == "victim")
  }

  @Test func filesOfOthersAreKeptAsideToo() throws {
    try leave()
    let base = path + "/" + folder.stream
    try folder.write("x", to: "spool/\(folder.stream)/notes")
    #expect(mkdir(base + "/0000000000000002.7", 0o700) == 0)
    let carrier = FakeCarrier()
    let stream = try reopened(context(path), carrier)
    #expect(poll { carrier.reports.count == 3 })
    stream.finish()
    #expect(
      folder.streamFiles == ["0000000000000002.7.bad", "lock", "notes.bad", "state"])
  }

  /// Messages hold names from the log.
  @Test func onlyItsOwnerMayReadIt() throws {
    try leave()
    #expect(try folder.mode("spool") == 0o700)
    #expect(try folder.mode("spool/" + folder.stream) == 0o700)
    #expect(folder.streamFiles.count == 5)
    for name in folder.streamFiles {
      #expect(try folder.mode("spool/\(folder.stream)/\(name)") == 0o600)
    }
  }

  @Test func anUnsafeFolderIsNotUsed() throws {
    try folder.write("victim", to: "victim")
    #expect(symlink(folder.path("victim"), path) == 0)
    let carrier = FakeCarrier()
    let stream = try SpooledStream(context(path), carrier)
    #expect(stream.state.spoolProblem?.contains("is a symbolic link") == true)
    stream.add(turn(1))
    #expect(poll { carrier.counted == [1] })
    stream.finish()
    #expect(folder.text("victim") == "victim")
  }
}
