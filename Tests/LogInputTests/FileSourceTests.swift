import AccessLog
import Glibc
import Testing

@testable import LogInput

struct FileSourceTests {
  @Test(arguments: [1, 3, 1 << 16])
  func givesTheWholeFileAndEnds(block: Int) throws {
    let bench = Workbench()
    bench.append("one\ntwo\nhalf", to: "log")
    let source = try FileSource(path: bench.path("log"))
    #expect(source.size == 12)
    #expect(try source.drain(block: block) == "one\ntwo\nhalf$")
    #expect(source.position == 12)
    #expect(source.state.phase == .ended)
  }
}
