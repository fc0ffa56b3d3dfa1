import AccessLog
import Glibc
import Testing

@testable import LogInput

/// Logs that are truncated, with or without a copy.
struct TruncationTests {
  let bench = Workbench()
  let clock = HandClock()

  func follow(
    watch: FileWatch? = nil, calls: FileSystemCalls = FileSystemCalls()
  ) -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path("log"), watch: watch, calls: calls) { clock.now }
  }

  /// An action that is performed between two system calls.
  private final class Interruption: @unchecked Sendable {
    private var callsLeft = 0
    private var action: (() -> Void)?

    /// Schedules an action before the `call`-th system call from now on, counted from 1.
    func schedule(before call: Int, _ action: @escaping () -> Void) {
      callsLeft = call
      self.action = action
    }

    /// Performs the action now, unless it was performed already.
    func performIfPending() {
      let action = action
      self.action = nil
      action?()
    }

    private func countCall() {
      callsLeft -= 1
      if callsLeft == 0 { performIfPending() }
    }

    var calls: FileSystemCalls {
      var calls = FileSystemCalls()
      let real = calls
      calls.readAt = { (descriptor, parts, count, offset) throws(SystemError) in
        self.countCall()
        return try real.readAt(descriptor, parts, count, offset)
      }
      calls.names = { (path) throws(SystemError) in
        self.countCall()
        return try real.names(path)
      }
      calls.open = { (path, flags) throws(SystemError) in
        self.countCall()
        return try real.open(path, flags)
      }
      return calls
    }
  }

  @Test func batchesThatReplaceEachOtherAreReadCompletely() throws {
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
  func aRewrittenFileIsDetectedWhateverItsSize(before: String, after: String) throws {
    bench.append(before, to: "log")
    let log = follow()
    #expect(try log.drain() == before)
    bench.truncate("log")
    bench.append(after, to: "log")
    #expect(try log.drain() == "|" + after)
    #expect(log.state.truncations == 1)
    #expect(log.state.rotations == 0)
  }

  @Test func aHoleLeftByATruncationIsSkipped() throws {
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

  @Test func unreadLinesAreReadFromTheCopy() throws {
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

  @Test func severalTruncationsBetweenTwoChecksAreReadFromTheirCopies() throws {
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

  @Test func anIncompleteCopyIsNotReadBesideTheLog() throws {
    bench.append("1\n", to: "log")
    let log = follow(watch: FileWatch())
    _ = try log.drain()
    bench.append("2\n", to: "log")
    bench.copy("log", "log.1")
    bench.truncate("log")
    bench.append("3\n4\n", to: "log")
    // The first part of the next copy exists.
    bench.rename("log.1", "log.2")
    bench.append("3\n", to: "log.1")
    #expect(try log.drain() == "2\n|3\n4\n")
    bench.append("5\n", to: "log")
    bench.append("4\n5\n", to: "log.1")
    bench.truncate("log")
    bench.append("6\n", to: "log")
    #expect(try log.drain() == "5\n|6\n")
    #expect(log.state.truncations == 2)
  }

  /// The log is copied before each possible system call.
  @Test(arguments: 1...24)
  func aLogCopiedAndTruncatedDuringTheSearchIsReadOnceAndInOrder(call: Int) throws {
    bench.append("1\n", to: "log")
    let interruption = Interruption()
    let log = follow(watch: FileWatch(), calls: interruption.calls)
    _ = try log.drain()
    func copyAndTruncate(_ next: String) {
      bench.rename("log.2", "log.3")
      bench.rename("log.1", "log.2")
      bench.copy("log", "log.1")
      bench.truncate("log")
      bench.append(next, to: "log")
    }
    bench.append("2\n", to: "log")
    copyAndTruncate("3\n4\n")
    interruption.schedule(before: call) { copyAndTruncate("5\n6\n") }
    var seen = try log.drain()
    interruption.performIfPending()
    bench.append("7\n", to: "log")
    seen += try log.drain()
    #expect(seen.filter { $0 != "|" } == "2\n3\n4\n5\n6\n7\n")
    #expect(log.state.truncations == 2)
  }

  @Test func aRotatedFileThatIsTruncatedIsReadFromItsBeginning() throws {
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
