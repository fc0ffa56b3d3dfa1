import AccessLog
import Glibc
import Testing

@testable import LogInput

/// Logs whose path several files had between two checks.
struct MissedFileTests {
  let bench = Workbench()
  let clock = HandClock()

  func follow(watch: FileWatch? = nil) -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path("log"), watch: watch) { clock.now }
  }

  func lines(_ generation: Int) -> String {
    (0..<100).map { "\(generation).\($0)\n" }.joined()
  }

  @Test(arguments: [true, false])
  func missedFilesAreReadFromTheRotatedFiles(notified: Bool) throws {
    bench.append(lines(0), to: "log")
    let log = follow(watch: notified ? FileWatch() : nil)
    #expect(try log.drain() == lines(0))
    for generation in 1...3 {
      bench.rotate("log", keep: 5)
      bench.append(lines(generation), to: "log")
    }
    #expect(try log.drain() == "|" + (1...3).map(lines).joined(separator: "|"))
    #expect(log.state.rotations == 3)
    #expect(log.state.unreadFiles == 0)
  }

  @Test(arguments: [0, 1, 2, 3])
  func filesThatAreGoneAreCounted(kept: Int) throws {
    bench.append(lines(0), to: "log")
    let log = follow(watch: FileWatch())
    #expect(try log.drain() == lines(0))
    bench.append("rest\n", to: "log")
    for generation in 1...4 {
      bench.rotate("log", keep: kept)
      bench.append(lines(generation), to: "log")
    }
    let left = ((4 - kept)...4).map(lines).joined(separator: "|")
    #expect(try log.drain() == "rest\n|" + left)
    #expect(log.state.unreadFiles == 3 - kept)
  }

  @Test func aLossIsAssumedIfNothingIsWatched() throws {
    bench.append(lines(0), to: "log")
    let log = follow()
    _ = try log.drain()
    for generation in 1...4 {
      bench.rotate("log", keep: 1)
      bench.append(lines(generation), to: "log")
    }
    #expect(try log.drain() == "|" + lines(3) + "|" + lines(4))
    #expect(log.state.unreadFiles >= 1)
  }

  @Test func anOldFileUnpackedBesideTheLogIsNotRead() throws {
    bench.append("1\n", to: "log")
    let log = follow(watch: FileWatch())
    _ = try log.drain()
    bench.append("of old\n", to: "log.7")
    bench.setTimes("log.7", to: 1_000_000_000)
    bench.rotate("log", keep: 2)
    bench.append("2\n", to: "log")
    #expect(try log.drain() == "|2\n")
    #expect(log.state.unreadFiles == 0)
  }

  @Test func rotatedFilesThatExistAtTheStartAreNotRead() throws {
    bench.append("older\n", to: "log.1")
    let log = follow()
    #expect(try log.drain() == "")
    bench.append("1\n", to: "log")
    #expect(try log.drain() == "1\n")
  }

  @Test func aFileRenamedAwayAndBackIsContinued() throws {
    bench.append("1\n", to: "log")
    let watch = FileWatch()
    let log = follow(watch: watch)
    _ = try log.drain()
    bench.rename("log", "log.1")
    #expect(try log.drain() == "")
    bench.rename("log.1", "log")
    bench.append("2\n", to: "log")
    #expect(watch.drain())
    #expect(try log.drain() == "2\n")
    bench.rotate("log", keep: 1)
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "|3\n")
    #expect(log.state.unreadFiles == 0)
    #expect(log.state.rotations == 1)
  }

  @Test(
    arguments: [
      ("access.log.1", -1), ("access.log.12", -12), ("access.log-20260314", 20_260_314),
      ("access-20260314.log", 20_260_314), ("access.3.log", -3), ("access.log.old", -1),
      ("access.log-2026-03-14_08:00", 202_603_140_800), ("access.log", nil),
      ("access.log.1.gz", nil),
      ("access-1.log", nil), ("access.log.", nil), ("access.logs.1", nil), ("error.log.1", nil),
      ("access.log.tmp", nil), ("access.log.99999999999999999999", nil),
    ] as [(String, Int64?)])
  func theNamesOfRotatedFilesAreRecognized(name: String, rank: Int64?) {
    #expect(RotatedName.rank(of: Array(name.utf8), base: Array("access.log".utf8)) == rank)
  }
}
