import AccessLog
import Glibc
import Testing

@testable import LogInput

struct FollowedFileTests {
  let bench = Workbench()
  let clock = HandClock()

  func follow(_ name: String = "log", tail: Int? = nil) -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path(name), tail: tail) { clock.now }
  }

  @Test func givesWhatIsAdded() throws {
    bench.append("a\n", to: "log")
    let log = follow()
    try log.start()
    #expect(try log.drain() == "a\n")
    #expect(log.state.phase == .following)
    bench.append("b\nha", to: "log")
    #expect(try log.drain() == "b\n")
    bench.append("lf\n", to: "log")
    #expect(try log.drain() == "half\n")
  }

  @Test func f03ReadsTheOldFileToItsEndThenTheNewOne() throws {
    bench.append("1\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.append("2\n", to: "log")
    bench.rotate("log", keep: 3)
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "2\n|3\n")
    #expect(log.state.rotations == 1)
    #expect(log.state.missedGenerations == 0)
  }
}
