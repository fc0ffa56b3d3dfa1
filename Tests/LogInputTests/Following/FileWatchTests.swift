import AccessLog
import Glibc
import Testing

@testable import LogInput

struct FileWatchTests {
  let bench = Workbench()

  func watched(_ name: String = "log") -> FileWatch {
    let watch = FileWatch()
    watch.add(bench.path(name))
    _ = watch.drain()
    return watch
  }

  @Test func onlyEventsOfTheFileAreReported() throws {
    bench.append("1\n", to: "log")
    let watch = watched()
    #expect(watch.names != nil && watch.contents != nil)
    #expect(!watch.needsPolling)
    bench.append("x\n", to: "other")
    bench.remove("other")
    #expect(!watch.drain())
    bench.append("2\n", to: "log")
    #expect(watch.drain())
    #expect(!watch.drain())
    bench.truncate("log")
    #expect(watch.drain())
    bench.rename("log", "log.1")
    #expect(watch.drain())
    bench.append("late\n", to: "log.1")
    #expect(watch.drain())
    bench.append("new\n", to: "log")
    #expect(watch.drain())
    bench.append("more\n", to: "log")
    #expect(watch.drain())
    bench.remove("log")
    #expect(watch.drain())
  }

  @Test func filesThatAppearUnderThePathAreCounted() throws {
    let watch = watched()
    bench.append("1\n", to: "log")
    bench.rotate("log", keep: 1)
    bench.append("2\n", to: "new")
    bench.rename("new", "log")
    watch.processEvents()
    #expect(watch.drainAppearances(of: bench.path("log"))?.count == 2)
    #expect(watch.drainAppearances(of: bench.path("log"))?.count == 0)
  }

  @Test func aDirectoryThatDoesNotExistIsPolledUntilItDoes() throws {
    let path = Name(bench.directory.bytes + Array("/sub/log".utf8))
    let directory = bench.path("sub")
    let watch = FileWatch()
    watch.add(path)
    #expect(watch.needsPolling)
    #expect(watch.drainNotices() == [])
    #expect(mkdir(directory.path, 0o755) == 0)
    #expect(!watch.drain())
    #expect(!watch.needsPolling)
    let writer = LogWriter(path)
    writer.write("1\n")
    #expect(watch.drain())
    #expect(unlink(path.path) == 0)
    #expect(rmdir(directory.path) == 0)
    #expect(watch.drain())
    #expect(watch.needsPolling)
  }

  @Test func anOverflowConcernsEveryFile() throws {
    let fake = FakeNotifications()
    let watch = FileWatch(calls: fake.table())
    watch.add(bench.path("log"))
    _ = watch.drain()
    #expect(!watch.drain())
    fake.events = [(-1, UInt32(IN_Q_OVERFLOW))]
    #expect(watch.drain())
    #expect(watch.drainAppearances(of: bench.path("log"))?.count == nil)
    #expect(watch.drainAppearances(of: bench.path("log"))?.count == 0)
  }

  @Test func anOverflowLosesNoLines() throws {
    let fake = FakeNotifications()
    let watch = FileWatch(calls: fake.table())
    bench.append("0\n", to: "log")
    let log = FollowedFile(path: bench.path("log"), watch: watch) { 0 }
    #expect(try log.drain() == "0\n")
    for number in 1...3 {
      bench.rotate("log", keep: 3)
      bench.append("\(number)\n", to: "log")
    }
    fake.events = [(-1, UInt32(IN_Q_OVERFLOW))]
    #expect(watch.drain())
    #expect(try log.drain() == "|1\n|2\n|3\n")
    #expect(log.state.unreadFiles == 0)
  }

  @Test func aThousandRotationsLeakNoDescriptors() throws {
    let watch = FileWatch()
    bench.append("0\n", to: "log")
    var now = 0.0
    let log = FollowedFile(path: bench.path("log"), watch: watch) { now }
    _ = try log.drain()
    for _ in 0..<1000 {
      bench.rotate("log", keep: 5)
      bench.append("x\n", to: "log")
      #expect(watch.drain())
      #expect(try log.drain() == "|x\n")
      now += 0.01
    }
    #expect(log.logFiles.count <= FollowedFile.maximumRotated + 1)
    #expect(log.closedFiles.count <= 32)
    #expect(log.ignoredSiblings.count <= 6)
    #expect(watch.watchCount <= FollowedFile.maximumRotated + 2)
    #expect(log.state.unreadFiles == 0)
  }
}

extension FileWatch {
  /// The number of files and directories that are watched.
  fileprivate var watchCount: Int {
    watched.reduce(0) { $0 + $1.files.count + ($1.directoryWatch == nil ? 0 : 1) }
  }
}
