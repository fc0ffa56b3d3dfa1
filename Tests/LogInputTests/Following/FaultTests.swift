import AccessLog
import Glibc
import Testing

@testable import LogInput

struct FaultTests {
  let bench = Workbench()
  let clock = HandClock()
  let faults = Faults()

  func follow(most: Int = .max, watch: FileWatch? = nil) -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path("log"), watch: watch, calls: faults.table(most: most)) {
      clock.now
    }
  }

  @Test func anUnreadableFileIsTriedAgain() throws {
    bench.append("1\n", to: "log")
    faults.inject("open", EACCES, EACCES)
    let log = follow()
    #expect(throws: InputFailure.system(code: EACCES)) { try log.start() }
    #expect(log.state.phase == .failed(.system(code: EACCES)))
    #expect(try log.drain() == "")
    clock.now += 1
    #expect(try log.drain() == "")
    #expect(log.state.phase == .failed(.system(code: EACCES)))
    clock.now += 1
    #expect(try log.drain() == "1\n")
    #expect(log.state.phase == .following)
  }

  @Test func withoutFollowingAnUnreadableFileIsAnError() throws {
    bench.append("1\n", to: "log")
    faults.inject("open", EACCES)
    #expect(throws: InputFailure.system(code: EACCES)) {
      try FileSource(path: bench.path("log"), calls: faults.table())
    }
    #expect(throws: InputFailure.system(code: ENOENT)) {
      try FileSource(path: bench.path("none"))
    }
  }

  @Test func interruptedCallsAreRepeated() throws {
    bench.append("1\n2\n", to: "log")
    faults.inject("open", EINTR, EINTR)
    faults.inject("status", EINTR)
    let log = follow()
    faults.inject("read", EINTR)
    #expect(try log.drain() == "1\n2\n")
    faults.inject("read", EINTR, EINTR, EINTR)
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "3\n")
    #expect(log.drainNotices() == [])
  }

  @Test func aFileThatIsBrieflyAbsentIsReadWhenItIsBack() throws {
    bench.append("1\n", to: "log")
    faults.inject("open", ENOENT)
    let log = follow()
    try log.start()
    #expect(log.state.phase == .waiting)
    #expect(try log.drain() == "1\n")
  }

  @Test(arguments: [1, 3])
  func shortReadsLoseNothing(most: Int) throws {
    let text = (0..<200).map { "line \($0)\n" }.joined()
    bench.append(text, to: "log")
    let log = follow(most: most)
    #expect(try log.drain() == text)
    bench.append("more\n", to: "log")
    #expect(try log.drain() == "more\n")
    bench.truncate("log")
    bench.append(text, to: "log")
    #expect(try log.drain() == "|" + text)
    let source = try FileSource(path: bench.path("log"), calls: faults.table(most: most))
    #expect(try source.drain() == text + "$")
  }

  @Test(arguments: [EIO, ESTALE])
  func anErrorOfTheDiskIsReportedOnceAndTheFileIsReopened(code: Int32) throws {
    bench.append("1\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.append("2\n", to: "log")
    faults.inject("read", code)
    #expect(try log.drain() == "2\n")
    #expect(log.drainNotices() == [.input(.reopened(code: code, offset: 2))])
    #expect(log.drainNotices() == [])
    #expect(log.state.phase == .following)
    let source = try FileSource(path: bench.path("log"), calls: faults.table())
    faults.inject("read", code)
    #expect(try source.drain() == "1\n2\n$")
    #expect(source.drainNotices() == [.input(.reopened(code: code, offset: 0))])
  }

  @Test func aPersistentErrorIsReportedAndReadingIsTriedAgain() throws {
    bench.append("1\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.append("2\n", to: "log")
    faults.inject("read", EIO, EIO, EIO)
    #expect(try log.drain() == "")
    #expect(log.state.phase == .failed(.system(code: EIO)))
    #expect(try log.drain() == "")
    #expect(try log.drain() == "2\n")
    #expect(log.state.phase == .following)
  }

  @Test func withoutFollowingADiskErrorEndsReading() throws {
    bench.append("1\n", to: "log")
    let source = try FileSource(path: bench.path("log"), calls: faults.table())
    faults.inject("read", EIO, EIO)
    #expect(throws: InputFailure.system(code: EIO)) { try source.drain() }
  }

  @Test func ifNoDescriptorIsFreeTheCurrentFileIsKept() throws {
    let writer = LogWriter(bench.path("log"))
    writer.write("1\n")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.rotate("log", keep: 1)
    bench.append("3\n", to: "log")
    faults.inject("open", EMFILE)
    #expect(try log.drain() == "")
    #expect(log.state.phase == .failed(.system(code: EMFILE)))
    writer.write("2\n")
    #expect(try log.drain() == "2\n")
    clock.now += 1
    #expect(try log.drain() == "|3\n")
    #expect(log.state.phase == .following)
  }

  @Test(arguments: ["inotify_init", "add_watch"])
  func aLogThatCannotBeWatchedIsPolled(call: String) throws {
    let code = call == "add_watch" ? ENOSPC : EMFILE
    faults.inject(call, code, code)
    let watch = FileWatch(calls: faults.table())
    bench.append("1\n", to: "log")
    let log = follow(watch: watch)
    #expect(try log.drain() == "1\n")
    #expect(watch.needsPolling)
    #expect(watch.drainNotices() == [.input(.watchUnavailable(code: code))])
    bench.append("2\n", to: "log")
    #expect(try log.drain() == "2\n")
    bench.rotate("log", keep: 1)
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "|3\n")
    #expect(watch.drainNotices() == [])
  }
}
