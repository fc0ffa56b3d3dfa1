import AccessLog
import Glibc
import Testing

@testable import LogInput

struct StreamSourceTests {
  let bench = Workbench()

  /// Both ends of a pipe. The writing end is closed when the object is released.
  final class Pipe {
    let reading: Int32
    private var writing: Int32

    init() {
      var ends: [Int32] = [0, 0]
      _ = pipe(&ends)
      (reading, writing) = (ends[0], ends[1])
    }

    deinit {
      finish()
      close(reading)
    }

    func write(_ text: String) {
      let bytes = Array(text.utf8)
      _ = Glibc.write(writing, bytes, bytes.count)
    }

    func finish() {
      if writing >= 0 { close(writing) }
      writing = -1
    }
  }

  @Test func readingAPipeNeverBlocks() throws {
    let pipe = Pipe()
    let source = try StreamSource(descriptor: pipe.reading)
    #expect(source.state == SourceState(path: Name("-"), phase: .loading(read: 0, total: nil)))
    #expect(try source.drain() == "")
    pipe.write("one\ntw")
    #expect(try source.drain() == "one\ntw")
    #expect(source.state.phase == .following)
    pipe.write("o\n")
    pipe.finish()
    #expect(try source.drain(block: 1) == "o\n$")
    #expect(source.state.phase == .ended)
    #expect(source.consumed == 8)
  }

  @Test func aPipeIsNotSwitchedToNonBlockingMode() throws {
    let pipe = Pipe()
    let before = fcntl(pipe.reading, F_GETFL)
    let source = try StreamSource(descriptor: pipe.reading)
    _ = try source.drain()
    #expect(fcntl(pipe.reading, F_GETFL) == before)
  }

  @Test func aClosedDescriptorIsAnErrorAndAnEmptyInputEnds() throws {
    let pipe = Pipe()
    pipe.finish()
    #expect(try StreamSource(descriptor: pipe.reading).drain() == "$")
    #expect(throws: InputFailure.system(code: EBADF)) { try StreamSource(descriptor: 9999) }
    let nothing = open("/dev/null", O_RDONLY)
    defer { close(nothing) }
    #expect(try StreamSource(descriptor: nothing).drain() == "$")
  }

  @Test func aStandardInputThatIsNotALogIsRefused() throws {
    for (path, failure) in [("/tmp", InputFailure.directory), ("/dev/zero", .device)] {
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      #expect(throws: failure) {
        try StreamSource(descriptor: descriptor)
      }
    }
  }

  @Test func aFIFOIsReadFromSuccessiveWriters() throws {
    let path = bench.path("fifo")
    #expect(mkfifo(path.path, 0o644) == 0)
    let source = try StreamSource(path: path, follow: true)
    #expect(try source.drain() == "")
    for text in ["first\n", "second\n"] {
      let writer = LogWriter(path)
      writer.write(text)
      #expect(try source.drain() == text)
    }
    #expect(try source.drain() == "")
    #expect(try source.drain() == "")
  }

  @Test func withoutFollowingAFIFOEndsWithItsWriters() throws {
    let path = bench.path("fifo")
    #expect(mkfifo(path.path, 0o644) == 0)
    let source = try StreamSource(path: path, follow: false)
    #expect(try source.drain() == "")
    for text in ["1\n", "2\n$"] {
      let writer = LogWriter(path)
      writer.write(String(text.prefix(2)))
      if text == "1\n" { #expect(try source.drain() == text) }
      withExtendedLifetime(writer) {}
    }
    #expect(try source.drain() == "2\n$")
  }

  @Test func aFIFOIsNotAFile() throws {
    let path = bench.path("fifo")
    #expect(mkfifo(path.path, 0o644) == 0)
    #expect(throws: InputFailure.notRegular) {
      try FileSource(path: path)
    }
  }

  @Test(arguments: [
    (0, "", "ne"), (1, "ne", "ne"), (2, "c\nne", "c\nne"), (3, "b\nc\nne", "b\nc\nne"),
    (99, "a\nb\nc\nne", "a\nb\nc\nne"),
  ])
  func aPipeCanBeReadFromItsLastLines(lines: Int, ended: String, followed: String) throws {
    for follow in [false, true] {
      let pipe = Pipe()
      let clock = HandClock()
      let tail = StreamTail(
        try StreamSource(descriptor: pipe.reading), lines: lines, follow: follow
      ) { clock.now }
      pipe.write("a\nb\n")
      #expect(try tail.drain() == "")
      pipe.write("c\nne")
      #expect(try tail.drain() == "")
      clock.now += 1
      if !follow { pipe.finish() }
      #expect(try tail.drain(block: 3) == (follow ? followed : ended + "$"))
      guard follow else { continue }
      pipe.write("w\n")
      pipe.finish()
      #expect(try tail.drain() == "w\n$")
    }
  }

  @Test func theDiscardedLinesOfAPipeAreItsHeading() throws {
    let pipe = Pipe()
    let tail = StreamTail(try StreamSource(descriptor: pipe.reading), lines: 1, follow: false) { 0 }
    pipe.write("header\na\nb\n")
    #expect(try tail.drain() == "")
    pipe.finish()
    #expect(try tail.drain() == "b\n$")
    #expect(tail.heading == Array("header\na\n".utf8))
  }

  @Test func theBufferOfAPipeIsLimited() throws {
    let path = bench.path("long")
    let line = String(repeating: "x", count: 1023) + "\n"
    let writer = LogWriter(path)
    for _ in 0..<8 { writer.write(String(repeating: line, count: 1024)) }
    writer.write("last\n")
    let descriptor = open(path.path, O_RDONLY)
    defer { close(descriptor) }
    let tail = StreamTail(
      try StreamSource(descriptor: descriptor), lines: 2, follow: false
    ) { 0 }
    #expect(try tail.drain() == line + "last\n$")
  }
}
