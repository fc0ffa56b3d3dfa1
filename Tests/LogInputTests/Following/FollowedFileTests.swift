import AccessLog
import Glibc
import Testing

@testable import LogInput

/// Following a log through everything that may happen to its file. In expected output, `|` marks
/// the boundary between two files.
struct FollowedFileTests {
  let bench = Workbench()
  let clock = HandClock()

  func follow(
    _ name: String = "log", tail: Int? = nil, calls: FileSystemCalls = FileSystemCalls()
  ) -> FollowedFile {
    let clock = clock
    return FollowedFile(path: bench.path(name), tail: tail, calls: calls) { clock.now }
  }

  @Test func appendedLinesAreRead() throws {
    bench.append("a\n", to: "log")
    let log = follow()
    try log.start()
    #expect(log.state.phase == .loading(read: 0, total: 2))
    #expect(try log.drain() == "a\n")
    #expect(log.state.phase == .following)
    bench.append("b\n", to: "log")
    #expect(try log.drain() == "b\n")
    #expect(try log.drain() == "")
    #expect(log.position == 4)
    #expect(log.consumed == 4)
  }

  @Test func aLineIsReadOnceItIsComplete() throws {
    bench.append("0123456789", to: "log")
    let log = follow()
    #expect(try log.drain() == "")
    clock.now += 1.5
    #expect(try log.drain() == "")
    bench.append("rest\n", to: "log")
    #expect(try log.drain() == "0123456789rest\n")
  }

  @Test func aCharacterWrittenByteByByteIsReadWhole() throws {
    let log = follow()
    var seen = ""
    for byte in "a€b\n".utf8 {
      let writer = LogWriter(bench.path("log"))
      writer.write([byte])
      clock.now += 0.01
      seen += try log.drain()
    }
    #expect(seen == "a€b\n")
  }

  @Test func aLineLongerThanTheBufferIsReadInParts() throws {
    bench.append(String(repeating: "x", count: 100), to: "log")
    let log = follow()
    #expect(try log.drain(block: 32).count == 100)
    bench.append("yyyy\nz\n", to: "log")
    #expect(try log.drain(block: 32) == "yyyy\nz\n")
  }

  @Test(arguments: [1, 2, 7, 64])
  func theSizeOfTheBufferDoesNotMatter(block: Int) throws {
    bench.append("one\ntwo\n", to: "log")
    let log = follow()
    var seen = try log.drain(block: block)
    bench.append("three\nfo", to: "log")
    seen += try log.drain(block: block)
    bench.rotate("log", keep: 1)
    bench.append("five\n", to: "log")
    clock.now += 10
    seen += try log.drain(block: block)
    clock.now += 10
    seen += try log.drain(block: block)
    let lines = seen.split { $0 == "\n" || $0 == "|" }.sorted()
    #expect(lines == ["five", "fo", "one", "three", "two"])
    #expect(seen.filter { $0 == "\n" }.count == 4)
  }

  @Test func anAbsentFileIsAwaited() throws {
    bench.append("1\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.rename("log", "log.1")
    bench.append("2\n", to: "log.1")
    clock.now += 1.5
    #expect(try log.drain() == "2\n")
    #expect(log.state.phase == .waiting)
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "|3\n")
    #expect(log.state.phase == .following)
    #expect(log.state.rotations == 1)
  }

  @Test func aFileThatDoesNotExistYetIsAwaited() throws {
    let log = follow()
    try log.start()
    #expect(log.state.phase == .waiting)
    #expect(try log.drain() == "")
    bench.append("1\n", to: "log")
    #expect(try log.drain() == "1\n")
    #expect(log.state.phase == .following)
    #expect(log.state.rotations == 0)
  }

  @Test func aRotatedFileIsReadToItsEndBeforeTheNewOne() throws {
    bench.append("1\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.append("2\n", to: "log")
    bench.rotate("log", keep: 3)
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "2\n|3\n")
    #expect(log.state.rotations == 1)
    #expect(log.state.unreadFiles == 0)
  }

  @Test func linesAppendedToARotatedFileAreRead() throws {
    let writer = LogWriter(bench.path("log"))
    writer.write("old1\n")
    let log = follow()
    #expect(try log.drain() == "old1\n")
    bench.rotate("log", keep: 1)
    bench.append("new1\n", to: "log")
    var seen = try log.drain()
    for step in 2...20 {
      clock.now += 0.1
      writer.write("old\(step)\n")
      bench.append("new\(step)\n", to: "log")
      seen += try log.drain()
    }
    let lines = seen.dropFirst().split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("old") } == (2...20).map { "old\($0)" })
    #expect(lines.filter { $0.hasPrefix("new") } == (1...20).map { "new\($0)" })
  }

  @Test func aRotatedFileIsClosedAMinuteAfterItsLastLine() throws {
    let writer = LogWriter(bench.path("log"))
    let log = follow()
    #expect(try log.drain() == "")
    bench.rotate("log", keep: 1)
    bench.append("new\n", to: "log")
    #expect(try log.drain() == "|new\n")
    clock.now += 59
    writer.write("late\n")
    #expect(try log.drain() == "late\n")
    clock.now += 59
    #expect(try log.drain() == "")
    #expect(log.logFiles.count == 2)
    clock.now += 1
    #expect(try log.drain() == "")
    #expect(log.logFiles.count == 1)
  }

  @Test func theRestOfAFileThatWasCompressedAndRemovedIsRead() throws {
    bench.append("1\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "1\n")
    bench.append("2\n", to: "log")
    bench.rename("log", "log.1")
    bench.append("\u{1F}gzip of 1 and 2\n", to: "log.1.gz")
    bench.remove("log.1")
    bench.append("3\n", to: "log")
    #expect(try log.drain() == "2\n|3\n")
  }

  @Test func aNewlyCreatedFileIsReadFromItsBeginning() throws {
    bench.append("long enough\n", to: "log")
    let log = follow()
    #expect(try log.drain() == "long enough\n")
    bench.remove("log")
    bench.append("short\n", to: "log")
    #expect(try log.drain() == "|short\n")
    #expect(log.state.truncations == 0)
    #expect(log.state.rotations == 1)
  }

  @Test func anIncompleteLineOfARotatedFileIsReadAfterFiveQuietSeconds() throws {
    bench.append("half", to: "log")
    let log = follow()
    #expect(try log.drain() == "")
    bench.rotate("log", keep: 1)
    bench.append("L\n", to: "log")
    #expect(try log.drain() == "|L\n")
    clock.now += 4.5
    #expect(try log.drain() == "")
    clock.now += 0.5
    #expect(try log.drain() == "half|")
    bench.append("M\n", to: "log")
    #expect(try log.drain() == "M\n")
  }

  @Test func anIncompleteLineCompletedInTheRotatedFileIsOneLine() throws {
    let writer = LogWriter(bench.path("log"))
    writer.write("ha")
    let log = follow()
    #expect(try log.drain() == "")
    bench.rotate("log", keep: 1)
    bench.append("L\nnew ha", to: "log")
    #expect(try log.drain() == "|L\n")
    writer.write("lf\n")
    bench.append("lf\n", to: "log")
    #expect(try log.drain() == "half\nnew half\n")
  }

  @Test func aSymbolicLinkIsFollowedToAnotherFileAndBack() throws {
    bench.append("a1\n", to: "a.log")
    bench.append("b1\n", to: "b.log")
    bench.link("current", to: "a.log")
    let log = follow("current")
    #expect(try log.drain() == "a1\n")
    bench.append("a2\n", to: "a.log")
    bench.link("current", to: "b.log")
    #expect(try log.drain() == "a2\n|b1\n")
    bench.append("a3\n", to: "a.log")
    bench.append("b2\n", to: "b.log")
    bench.link("current", to: "a.log")
    #expect(try log.drain() == "a3\nb2\n|")
    clock.now += 100
    bench.append("a4\n", to: "a.log")
    #expect(try log.drain() == "a4\n")
    bench.link("current", to: "b.log")
    bench.append("b3\n", to: "b.log")
    #expect(try log.drain() == "|b3\n")
  }

  @Test(arguments: ["", "0123456789"])
  func emptyAndTinyFilesAreFollowed(start: String) throws {
    let names = (0..<40).map { "log\($0)" }
    for name in names { bench.append(start, to: name) }
    let logs = names.map { follow($0) }
    for log in logs { #expect(try log.drain() == "") }
    for name in names { bench.append("x\n", to: name) }
    for log in logs { #expect(try log.drain() == start + "x\n") }
  }
}
