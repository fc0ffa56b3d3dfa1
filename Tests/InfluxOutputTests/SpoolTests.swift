import AccessLog
import Glibc
import PrivateFiles
import ReceiverKit
import Spooling
import Testing

@testable import InfluxOutput

@Suite struct SpoolTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("spool")
  }

  private func batch(_ text: String, through: Int64? = nil) -> Batch {
    Batch(bytes: Array(text.utf8), points: 1, through: through.map { EpochSecond($0) })
  }

  private func spool(_ limits: InfluxLimits = InfluxLimits()) -> InfluxSpool {
    InfluxSpool(limits.spool, tags: "0123")
  }

  private func drain(_ spool: InfluxSpool) -> [String] {
    var texts: [String] = []
    while let (_, bytes) = spool.next() {
      texts.append(String(decoding: bytes, as: UTF8.self))
      spool.finish(isDone: true)
    }
    return texts
  }

  @Test func whatIsLeftIsFoundInOrderByTheNextRun() {
    var first: InfluxSpool? = spool()
    #expect(first?.open(path, key: "k") == nil)
    for text in ["a", "b", "c"] { first?.append(batch(text), through: nil) }
    _ = first?.next()
    first?.finish(isDone: false)
    first = nil
    let second = spool()
    _ = second.open(path, key: "k")
    second.append(batch("d"), through: nil)
    #expect(second.points == 4 && second.size == 4 && second.problem == nil)
    #expect(drain(second) == ["a", "b", "c", "d"])
    #expect(folder.names("spool/k.0").isEmpty && second.points == 0)
  }

  @Test func theNextRunKnowsHowFarTheFormerOneHasCome() throws {
    var first: InfluxSpool? = spool()
    _ = first?.open(path, key: "k")
    first?.append(batch("a", through: 20), through: EpochSecond(20))
    _ = first.map(drain)
    first = nil
    #expect(spool().open(path, key: "k") == EpochSecond(20))
    // The end may come between writing a batch and the mark.
    try folder.write("x", to: "spool/k.0/0000000000000009.1.30.0123")
    try folder.write("x", to: "spool/k.0/0000000000000010.1.90.other")
    #expect(spool().open(path, key: "k") == EpochSecond(30))
    #expect(InfluxSpool(SpoolLimits(), tags: "other").open(path, key: "k") == EpochSecond(90))
  }

  @Test func theOldestAreDroppedWhereThereIsNoRoom() {
    var limits = InfluxLimits()
    limits.spool.capacity = 10
    let spool = spool(limits)
    _ = spool.open(path, key: "k")
    spool.append(batch("aaaa"), through: nil)
    // What is being sent stays.
    _ = spool.next()
    for text in ["bbbb", "cccc", "dd", "eeee"] { spool.append(batch(text), through: nil) }
    #expect(spool.lost == 2 && spool.size == 10)
    spool.finish(isDone: false)
    #expect(drain(spool) == ["aaaa", "dd", "eeee"])
    #expect(folder.names("spool/k.0").isEmpty)
  }

  @Test func twoProcessesDoNotSendTheSame() throws {
    var first: InfluxSpool? = spool()
    _ = first?.open(path, key: "k")
    first?.append(batch("a"), through: nil)
    var second: InfluxSpool? = spool()
    _ = second?.open(path, key: "k")
    second?.append(batch("b"), through: nil)
    #expect(second?.points == 1)
    #expect(folder.names("spool") == ["k.0", "k.1", "k.sent"])
    (first, second) = (nil, nil)
    let third = spool()
    _ = third.open(path, key: "k")
    #expect(drain(third) == ["a", "b"])
    #expect(folder.names("spool/k.0") == [] && folder.names("spool/k.1") == [])
  }

  @Test func damagedFilesAreLeftOut() throws {
    var first: InfluxSpool? = spool()
    _ = first?.open(path, key: "k")
    first?.append(batch("a"), through: nil)
    first = nil
    let names = [
      "0000000000000002.1.none.t", "nonsense", "2.1.none.t", "0000000000000004.9999999999.none.t",
      ".new-x",
    ]
    for name in names {
      try folder.write(name == "nonsense" ? "x" : "", to: "spool/k.0/" + name)
    }
    try folder.write("b", to: "spool/k.0/0000000000000003.1.none.t")
    let second = spool()
    _ = second.open(path, key: "k")
    #expect(drain(second) == ["a", "b"])
    #expect(second.damaged == 4)
  }

  /// Links and folders that others may write to.
  @Test func anUnsafeFolderIsNotUsed() throws {
    try folder.write("victim", to: "victim")
    #expect(symlink(folder.path("victim"), folder.path("spool")) == 0)
    let linked = spool()
    _ = linked.open(path, key: "k")
    #expect(linked.problem?.contains("is a symbolic link") == true)
    linked.append(batch("a"), through: nil)
    #expect(drain(linked) == ["a"] && folder.text("victim") == "victim")
    #expect(mkdir(folder.path("open"), 0o777) == 0 && chmod(folder.path("open"), 0o777) == 0)
    let open = spool()
    _ = open.open(folder.path("open"), key: "k")
    #expect(open.problem?.contains("unsafe directory") == true)
  }

  /// Points hold names from the log.
  @Test func onlyItsOwnerMayReadIt() throws {
    let spool = spool()
    _ = spool.open(path, key: "k")
    spool.append(batch("a", through: 10), through: EpochSecond(10))
    #expect(try folder.mode("spool") == 0o700)
    #expect(try folder.mode("spool/k.0") == 0o700)
    for name in folder.names("spool/k.0") {
      #expect(try folder.mode("spool/k.0/" + name) == 0o600)
      #expect(name == "0000000000000001.1.10.0123")
    }
  }

  @Test func withoutADiskTheLatestAreInMemory() {
    var limits = InfluxLimits()
    limits.spool.memoryCapacity = 8
    let spool = spool(limits)
    _ = spool.open(nil, key: "k")
    for text in ["aaaa", "bbbb", "cccc"] { spool.append(batch(text), through: nil) }
    #expect(spool.lost == 1 && spool.problem != nil)
    #expect(drain(spool) == ["bbbb", "cccc"])
    spool.append(batch("d"), through: nil)
    spool.saveRest()
    #expect(spool.lost == 2 && spool.points == 0)
  }
}
