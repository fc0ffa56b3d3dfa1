import AccessLog
import Glibc
import Testing

@testable import LogInput

/// A file that is cut short, and what of it a copy still holds.
struct TruncationTests {
  let bench = Workbench()
  let clock = HandClock()

  func follow() -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path("log")) { clock.now }
  }

  @Test func f09LosesNothingOfBatchesThatReplaceEachOther() throws {
    bench.truncate("log")
    let log = follow()
    var seen = 0
    for batch in 0..<40 {
      bench.truncate("log")
      bench.append(
        (0..<500).map { "batch \(batch + 10) line \($0 + 100)\n" }.joined(), to: "log")
      let lines = try log.drain().filter { $0 != "|" }.split(separator: "\n")
      #expect(lines.first == "batch \(batch + 10) line 100")
      seen += lines.count
    }
    #expect(seen == 20_000)
    #expect(log.state.truncations == 39)
  }

  @Test(arguments: [
    ("1\n2\n", "3\n"), ("1\n2\n", "3\n4\n"), ("1\n2\n", "3\n4\n5\n"), ("1\n", ""),
  ])
  func f10SeesAFileBegunAgainWhateverItsSize(before: String, after: String) throws {
    bench.append(before, to: "log")
    let log = follow()
    #expect(try log.drain() == before)
    bench.truncate("log")
    bench.append(after, to: "log")
    #expect(try log.drain() == "|" + after)
    #expect(log.state.truncations == 1)
    #expect(log.state.rotations == 0)
  }

  @Test func aHoleThatTruncationLeavesBeneathItsWriterIsSkipped() throws {
    let text = String(repeating: "0123456789\n", count: 1000)
    bench.append(text, to: "log")
    let log = follow()
    #expect(try log.drain() == text)
    bench.truncate("log")
    bench.truncate("log", to: 1 << 40)
    bench.append("new\n", to: "log")
    let seen = try log.drain()
    #expect(seen == "|new\n")
    #expect(log.position == 1 << 40 + 4)
  }

  @Test func f11ReadsFromTheCopyWhatWasNotReadBefore() throws {
    bench.append("1\n2\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n2\n")
    bench.append("3\nhalf", to: "log")
    bench.copy("log", "log.1")
    bench.append("lost in the window\n", to: "log")
    bench.truncate("log")
    bench.append("4\n", to: "log")
    #expect(try log.drain() == "3\nhalf||4\n")
    #expect(log.state.truncations == 1)
    bench.copy("log", "log.2")
    bench.truncate("log")
    bench.append("5\n", to: "log")
    #expect(try log.drain() == "|5\n")
  }

  @Test func aCopyMadeBeforeTheLastReadIsNotReadAgain() throws {
    bench.append("1\n2\n", to: "log")
    let log = follow()
    _ = try log.drain()
    bench.copy("log", "log.1")
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "3\n")
    bench.truncate("log")
    bench.append("4\n", to: "log")
    #expect(try log.drain() == "|4\n")
  }

  @Test func severalTruncationsBetweenTwoLooksAreReadFromTheirCopies() throws {
    bench.append("1\n", to: "log")
    let log = follow()
    _ = try log.drain()
    for number in 2...4 {
      bench.append("\(number) end\n", to: "log")
      bench.rename("log.2", "log.3")
      bench.rename("log.1", "log.2")
      bench.copy("log", "log.1")
      bench.truncate("log")
    }
    bench.append("5\n", to: "log")
    #expect(try log.drain() == "2 end\n|3 end\n|4 end\n|5\n")
  }

  @Test func aFileTruncatedWhileAnotherHasItsNameIsReadFromItsStart() throws {
    let writer = LogWriter(bench.path("log"))
    writer.write("old\n")
    let log = follow()
    _ = try log.drain()
    bench.rotate("log", keep: 1)
    bench.append("new\n", to: "log")
    #expect(try log.drain() == "|new\n")
    bench.truncate("log.1")
    writer.write("a\n")
    #expect(try log.drain() == "|a\n")
  }
}
