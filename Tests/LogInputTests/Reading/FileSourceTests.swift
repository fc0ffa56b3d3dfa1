import AccessLog
import Glibc
import Testing

@testable import LogInput

struct FileSourceTests {
  let bench = Workbench()

  @Test(arguments: [1, 3, 1 << 16])
  func aFileIsReadToItsEnd(block: Int) throws {
    bench.append("one\ntwo\nhalf", to: "log")
    let source = try FileSource(path: bench.path("log"))
    #expect(source.size == 12)
    #expect(try source.drain(block: block) == "one\ntwo\nhalf$")
    #expect(source.position == 12)
    #expect(source.state.phase == .ended)
  }

  @Test func anEmptyFileEndsImmediately() throws {
    bench.truncate("log")
    #expect(try FileSource(path: bench.path("log")).drain() == "$")
  }

  @Test func aRemovedFileCanBeReadAgain() throws {
    bench.append("one\ntwo\nthree\n", to: "log")
    let source = try FileSource(path: bench.path("log"))
    bench.remove("log")
    #expect(try source.drain() == "one\ntwo\nthree\n$")
    source.seek(to: 4)
    #expect(try source.drain() == "two\nthree\n$")
    #expect(source.drainNotices() == [.input(.removedWhileRead)])
  }

  @Test func aReplacedFileIsReported() throws {
    bench.append("one\n", to: "log")
    let source = try FileSource(path: bench.path("log"))
    bench.rotate("log", keep: 1)
    bench.append("two\n", to: "log")
    #expect(try source.drain() == "one\n$")
    #expect(source.drainNotices() == [.input(.replacedWhileRead)])
  }

  /// Without an error, a truncated file would seem to end too soon.
  @Test(arguments: [0, 4, 11])
  func aTruncatedFileIsAnError(left: Int) throws {
    bench.append("one\ntwo\nhalf", to: "log")
    let source = try FileSource(path: bench.path("log"))
    #expect(try source.drain() == "one\ntwo\nhalf$")
    bench.truncate("log", to: left)
    let failure = InputFailure.truncated(remaining: Int64(left), of: 12)
    #expect(throws: failure) { try source.drain() }
    // Reading again from the beginning does not help, because the lines may have changed.
    source.seek(to: 0)
    #expect(throws: failure) { try source.drain() }
  }

  @Test func aFileTruncatedAfterThePositionEndsThere() throws {
    bench.append("one\ntwo\nhalf", to: "log")
    let source = try FileSource(path: bench.path("log"))
    bench.truncate("log", to: 8)
    #expect(try source.drain() == "one\ntwo\n$")
  }

  @Test(arguments: [false, true])
  func anOverwrittenFileIsAnError(isAtEnd: Bool) throws {
    bench.append("one\ntwo\n", to: "log")
    let source = try FileSource(path: bench.path("log"))
    if isAtEnd { _ = try source.drain() }
    bench.truncate("log")
    bench.append("some\nthing\nelse\n", to: "log")
    if isAtEnd { source.seek(to: 0) }
    #expect(throws: InputFailure.overwritten) { try source.drain() }
  }

  @Test(arguments: [
    ("directory", InputFailure.directory), ("socket", .socket), ("/dev/zero", .device),
    ("/dev/full", .device), ("/dev/null", .device), ("missing", .system(code: ENOENT)),
  ])
  func unsupportedKindsOfFilesAreRefused(object: String, failure: InputFailure) throws {
    let path = object.hasPrefix("/") ? Name(object) : bench.path(object)
    if object == "directory" { mkdir(path.path, 0o755) }
    let listener = object == "socket" ? bench.listen(object) : -1
    defer {
      rmdir(path.path)
      if listener >= 0 { close(listener) }
    }
    #expect(throws: failure) { try FileSource(path: path) }
    let followed = FollowedFile(path: path) { 0 }
    if object == "missing" {
      try followed.start()
    } else {
      #expect(throws: failure) { try followed.start() }
      #expect(throws: failure) { try StreamSource(path: path, follow: true) }
    }
    #expect(try followed.drain() == "")
  }

  @Test(arguments: [
    (0, ""), (1, "last"), (2, "b\nlast"), (3, "\nb\nlast"), (4, "a\n\nb\nlast"),
    (99, "a\n\nb\nlast"),
  ])
  func readingBeginsWithTheLastLines(lines: Int, expected: String) throws {
    bench.append("a\n\nb\nlast", to: "log")
    let source = try FileSource(path: bench.path("log"))
    try source.seekToLast(lines: lines)
    #expect(try source.drain() == expected + "$")
    bench.append("\n", to: "log")
    let followed = FollowedFile(path: bench.path("log"), tail: lines) { 0 }
    try followed.start()
    let whole = expected.isEmpty ? "" : expected + "\n"
    #expect(try followed.drain() == whole)
    bench.append("new\n", to: "log")
    #expect(try followed.drain() == "new\n")
    #expect(followed.state.truncations == 0)
  }

  @Test(arguments: [(0, "h\n1\n2\n"), (1, "h\n1\n"), (3, ""), (9, "")])
  func theFirstLinesAreKnownIfReadingBeginsAfterThem(lines: Int, heading: String) throws {
    bench.append("h\n1\n2\n", to: "log")
    let source = try FileSource(path: bench.path("log"))
    #expect(source.heading == [])
    try source.seekToLast(lines: lines)
    #expect(source.heading == Array(heading.utf8))
    let followed = FollowedFile(path: bench.path("log"), tail: lines) { 0 }
    try followed.start()
    #expect(followed.heading == Array(heading.utf8))
  }

  @Test func theHeadingIsLimitedAndHasOnlyCompleteLines() throws {
    let line = String(repeating: "x", count: 999) + "\n"
    bench.append(String(repeating: line, count: 100), to: "log")
    let source = try FileSource(path: bench.path("log"))
    try source.seekToLast(lines: 1)
    #expect(source.heading.count == 65_000)
  }

  @Test func theRemainingBytesAreCountedFromThePosition() throws {
    bench.append("0123456789\nab\ncd\n", to: "log")
    let followed = FollowedFile(path: bench.path("log"), tail: 2) { 0 }
    try followed.start()
    #expect(followed.state.phase == .loading(read: 0, total: 6))
    #expect(try followed.drain() == "ab\ncd\n")
    #expect(followed.length == 6)
    bench.append("ef\n", to: "log")
    #expect(followed.length == 9)
    bench.rotate("log", keep: 1)
    bench.append("gh\n", to: "log")
    #expect(try followed.drain() == "ef\n|gh\n")
    bench.append("ij\n", to: "log")
    #expect(followed.length == 15)
  }

  @Test func withNoLinesRequestedAnIncompleteLineIsReadOnceItIsComplete() throws {
    bench.append("a\nhal", to: "log")
    let followed = FollowedFile(path: bench.path("log"), tail: 0) { 0 }
    #expect(try followed.drain() == "")
    bench.append("f\n", to: "log")
    #expect(try followed.drain() == "half\n")
  }

  @Test func theLastLinesOfALargeFileAreFoundFromItsEnd() throws {
    let faults = Faults()
    let line = String(repeating: "x", count: 99) + "\n"
    bench.truncate("log", to: 5 << 30)
    bench.append("\n" + String(repeating: line, count: 5000), to: "log")
    let source = try FileSource(path: bench.path("log"), calls: faults.table())
    try source.seekToLast(lines: 1500)
    #expect(try source.drain() == String(repeating: line, count: 1500) + "$")
    #expect(faults.calls["read"]! < 20)
  }

  @Test func filesLargerThanFourGigabytesAreRead() throws {
    bench.truncate("log", to: 5 << 30)
    bench.append("one\n", to: "log")
    let source = try FileSource(path: bench.path("log"))
    source.seek(to: 5 << 30)
    #expect(try source.drain() == "one\n$")
    #expect(source.position == 5 << 30 + 4)
    let followed = FollowedFile(path: bench.path("log")) { 0 }
    #expect(try followed.drain() == "one\n")
    #expect(followed.position == 5 << 30 + 4)
    bench.append("two\n", to: "log")
    #expect(try followed.drain() == "two\n")
    #expect(followed.position == 5 << 30 + 8)
  }

  static let names: [[UInt8]] = [
    Array("acc".utf8) + [0xFF] + Array(".log".utf8), Array("a\u{1B}[31m.log".utf8),
    Array("-x.log".utf8), [UInt8](repeating: 0x61, count: 255), Array("with space\n.log".utf8),
  ]

  @Test(arguments: names)
  func filesWithAnyNameAreFollowed(name: [UInt8]) throws {
    let path = bench.path(name)
    LogWriter(path).write("1\n")
    let watch = FileWatch()
    let followed = FollowedFile(path: path, watch: watch) { 0 }
    try followed.start()
    #expect(try followed.drain() == "1\n")
    #expect(!watch.needsPolling)
    LogWriter(path).write("2\n")
    #expect(watch.drain())
    #expect(try followed.drain() == "2\n")
    #expect(followed.state.path == path)
    #expect(try FileSource(path: path).drain() == "1\n2\n$")
  }
}
