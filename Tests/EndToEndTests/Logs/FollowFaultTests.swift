import Foundation
import Testing

/// What happens to a log while the built program follows it.
@Suite(.serialized) struct FollowFaultTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private var log: String { folder.path("access.log") }

  private static func lines(_ numbers: Range<Int>, at date: Date = Date()) -> String {
    let time = LogTime.text(date)
    return numbers.map {
      "10.0.0.1 - - [\(time)] \"GET /a/\(1_000_000 + $0) HTTP/1.1\" 200 512\n"
    }.joined()
  }

  private func append(_ numbers: Range<Int>, to name: String = "access.log") throws {
    try folder.append(Self.lines(numbers), to: name)
  }

  private func rotate(keep: Int) throws {
    var script = "cd '\(folder.path(""))'; "
    for number in stride(from: keep, to: 1, by: -1) {
      script += "mv access.log.\(number - 1) access.log.\(number) 2>/dev/null; "
    }
    _ = try Ended.running(script + "mv access.log access.log.1")
  }

  private func follow(_ options: String = "") throws -> Watcher {
    try Watcher("--follow --output ndjson \(options) '\(log)'")
  }

  private func expectEnd(_ watcher: Watcher, hits: Int) throws {
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == hits)
    #expect(try watcher.end["lines"] as? Int == hits)
  }

  /// All files are kept, so that nothing depends on how busy the machine is.
  @Test(arguments: ["rotations 100 --lines 500 --keep 100", "copytruncates 100 --keep 100"])
  func f01f11NothingIsLostOrReadTwiceWhileALogIsRotated(bench: String) throws {
    let ended = try Ended.running("\(Built.folder)/lm2000-bench \(bench)")
    #expect(ended.output.contains("lost 0, read twice 0, out of order 0, torn 0"))
    #expect(ended.output.contains(", 0 files missed"))
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
  }

  @Test func f02ALogThatIsAwayIsWaitedFor() throws {
    let watcher = try follow("--verbose")
    try poll("it is waited for") {
      watcher.errors.contains("access.log: waiting for it to appear\n") ? true : nil
    }
    try append(0..<10)
    try watcher.wait(forHits: 10)
    #expect(watcher.errors.contains("access.log: following it\n"))
    _ = try Ended.running("mv '\(log)' '\(log).1'")
    try append(10..<15, to: "access.log.1")
    try watcher.wait(forHits: 15)
    try append(15..<20)
    try watcher.wait(forHits: 20)
    try expectEnd(watcher, hits: 20)
    #expect(watcher.errors.hasSuffix("access.log: 1 rotation\n"))
  }

  /// With one kept, the first is deleted, but its descriptor is held.
  @Test(arguments: [5, 1])
  func f05GenerationsThatPassWhileItIsStoppedAreRead(keep: Int) throws {
    try append(0..<1)
    let watcher = try follow()
    try watcher.wait(forHits: 1)
    try watcher.signal("STOP")
    for generation in 0..<3 {
      try append(1 + generation * 100..<101 + generation * 100)
      if generation < 2 { try rotate(keep: keep) }
    }
    try watcher.signal("CONT")
    try watcher.wait(forHits: 301)
    try expectEnd(watcher, hits: 301)
    #expect(watcher.errors == "")
  }

  @Test func f05AGenerationThatNobodyHasAnyMoreIsCounted() throws {
    try append(0..<1)
    let watcher = try follow()
    try watcher.wait(forHits: 1)
    try watcher.signal("STOP")
    for generation in 1...3 {
      try rotate(keep: 1)
      try append(generation * 100..<generation * 100 + 100)
    }
    try watcher.signal("CONT")
    try watcher.wait(forHits: 201)
    try expectEnd(watcher, hits: 201)
    #expect(watcher.errors.contains("access.log: 1 rotated file came and went unread\n"))
  }

  /// A second of the log closes once a later one is read, and never because time goes by, so what is
  /// reported tells how much was read: all but the line that closed the second before it.
  @Test func f09BatchesThatReplaceEachOtherAreAllRead() throws {
    try append(0..<0)
    let watcher = try follow("--idle-grace 86400")
    let file = try #require(FileHandle(forUpdatingAtPath: log))
    var date = Date().addingTimeInterval(-3_600)
    for batch in 0..<40 {
      let last = batch * 500 + 499
      let text =
        Self.lines(batch * 500..<last, at: date)
        + Self.lines(last..<last + 1, at: date.addingTimeInterval(4))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: Data(text.utf8))
      try watcher.wait(forHits: last)
      date += 5
    }
    try expectEnd(watcher, hits: 20_000)
    #expect(watcher.errors.hasSuffix("access.log: 39 truncations\n"))
  }

  @Test func f12AHalfLineCountsOnceItIsWhole() throws {
    try append(0..<1)
    let watcher = try follow()
    try watcher.wait(forHits: 1)
    let line = Self.lines(1..<2)
    try append(2..<3)
    try folder.append(String(line.prefix(40)), to: "access.log")
    try watcher.wait(forHits: 2)
    try folder.append(String(line.dropFirst(40)), to: "access.log")
    // That one may be late by now.
    try append(3..<4)
    try poll("all are read") {
      let hits = watcher.events("interval").compactMap { $0["hits"] as? Int }.reduce(0, +)
      return hits >= 3 ? true : nil
    }
    try expectEnd(watcher, hits: 4)
  }

  /// Not every machine has all the devices.
  static let objects = [
    ("socket", "socket"), ("/dev/mem", "device"), ("/dev/zero", "device"), ("/dev/full", "device"),
  ].filter { !$0.0.hasPrefix("/") || FileManager.default.fileExists(atPath: $0.0) }

  @Test(arguments: objects)
  func f23WhatIsNoLogIsRefused(object: String, kind: String) throws {
    let path = object.hasPrefix("/") ? object : folder.path(object)
    let listener = object == "socket" ? try Listener(path) : nil
    for mode in ["--no-follow", "--follow"] {
      let ended = try Ended.running("\(Built.program) --output text \(mode) '\(path)'")
      #expect(ended.status == 1)
      #expect(ended.errors == "lm2000: \(path): not a readable log: \(kind)\n")
    }
    withExtendedLifetime(listener) {}
  }

  @Test func f24AFIFOIsReadFromOneWriterAfterAnotherAndQuitsWithNone() throws {
    _ = try Ended.running("mkfifo '\(log)'")
    let terminal = try Terminal("\(Built.program) '\(log)'")
    try terminal.wait(for: "0 hits")
    for (writer, hits) in [(0..<3, "3 hits"), (3..<5, "5 hits")] {
      try append(writer, to: "writer")
      _ = try Ended.running("cd '\(folder.path(""))'; cat writer > access.log; rm writer")
      try terminal.wait(for: hits)
    }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func f25AFileThatMayBeReadLaterIsRead() throws {
    // Root may read everything: somebody else is needed.
    let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    _ = try Ended.running("chmod 755 '\(folder.path(""))'")
    try append(0..<2)
    let refused = try Ended.running(
      "chmod 000 '\(log)'; \(asNobody)\(Built.program) --follow --output text '\(log)'")
    #expect(refused.status == 1)
    #expect(refused.errors == "lm2000: \(log): Permission denied\n")
    _ = try Ended.running("chmod 644 '\(log)'")
    let terminal = try Terminal("\(asNobody)\(Built.program) '\(log)'")
    try terminal.wait(for: "2 hits")
    try append(2..<5, to: "new")
    _ = try Ended.running("chmod 000 '\(folder.path("new"))'; mv '\(folder.path("new"))' '\(log)'")
    try terminal.wait(for: "Permission denied")
    _ = try Ended.running("chmod 644 '\(log)'")
    try terminal.wait(for: "5 hits")
    try terminal.wait("the row is gone") { !$0.contains("Permission denied") }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test(arguments: [
    ("'acc\\377.log'", "acc\\xFF.log"), ("'a\\033[31m.log'", "a\\x1B[31m.log"),
    ("-x.log", "-x.log"), (String(repeating: "a", count: 255), "aaaaaaaa"),
  ])
  func f30ALogOfAnyNameIsFollowedAndDrawnHarmlessly(name: String, drawn: String) throws {
    let place = "cd '\(folder.path(""))'; n=$(printf -- \(name))"
    try append(0..<3)
    _ = try Ended.running("\(place); mv access.log \"./$n\"")
    let terminal = try Terminal("\(place); \(Built.program) -- \"$n\"")
    let screen = try terminal.wait(for: "3 hits")
    #expect(screen.contains(drawn), "\(screen)")
    try append(3..<4)
    _ = try Ended.running("\(place); cat access.log >> \"./$n\"")
    try terminal.wait(for: "4 hits")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
    let missing = try Ended.running("\(place); \(Built.program) --no-follow -- \"$n.2\"")
    #expect(missing.errors.hasPrefix("lm2000: \(drawn)"), "\(missing.errors)")
    #expect(!missing.errors.contains("\u{1B}"))
  }

  @Test func f31ALogBeyondFourGigabytesIsReadAndFollowed() throws {
    _ = try Ended.running("truncate -s 5G '\(log)'")
    try append(0..<3)
    let ended = try Ended.running("\(Built.program) --output ndjson --tail 2 '\(log)'")
    #expect(ended.output.contains("\"lines\":2,\"hits\":2"), "\(ended.output)")
    let watcher = try follow("--tail 2")
    try watcher.wait(forHits: 2)
    try append(3..<7)
    try watcher.wait(forHits: 6)
    try expectEnd(watcher, hits: 6)
  }

  @Test func f32StandardInputMayBeClosedEmptyOrATerminal() throws {
    let closed = try Ended.running("\(Built.program) --output text - <&-")
    #expect(closed.status == 1)
    #expect(closed.errors == "lm2000: -: Bad file descriptor\n")
    let empty = try Ended.running("\(Built.program) --output text - </dev/null")
    #expect(empty.status == 0)
    #expect(empty.output.contains("0 lines"), "\(empty.output)")
    let terminal = try Ended.running(
      "script -qec '\(Built.program) --output text' /dev/null",
      environment: ["LANG": "C.UTF-8", "TERM": "xterm"])
    #expect(terminal.status == 2)
    #expect(terminal.output.contains("lm2000: FILE: missing"), "\(terminal.output)")
  }

  @Test func r03FewDescriptorsAreEnoughForManyRotations() throws {
    try append(0..<10)
    // So many beside those that it inherits.
    let watcher = try Watcher(
      "--follow --output ndjson '\(log)'", limits: "ulimit -n $(($(ls /proc/$$/fd | wc -l) + 21))")
    try watcher.wait(forHits: 10)
    for generation in 1...12 {
      try rotate(keep: 3)
      try append(generation * 10..<generation * 10 + 10)
      // Only three are kept: on a busy machine the next rotations might delete it unread.
      try poll("it has the new file") { try watcher.waits(for: log) }
    }
    try watcher.wait(forHits: 130)
    try expectEnd(watcher, hits: 130)
    #expect(!watcher.errors.contains("unread"))
    let tooFew = try Ended.running("ulimit -n 16; \(Built.program) --follow --output text '\(log)'")
    #expect(tooFew.status == 1)
    #expect(tooFew.errors.hasPrefix("lm2000: ulimit -n 16: Too many open files; "))
  }

  @Test func r04QuietLogsCostNextToNothing() throws {
    // The figures are the bench's; here it is only asked whether it can tell them.
    let ended = try Ended.running("\(Built.folder)/lm2000-bench idle 1")
    #expect(ended.output.hasPrefix("10 quiet logs for 1 s: processor "))
  }
}

/// A socket that listens under a path, for as long as it lives.
private final class Listener {
  private let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)

  init(_ path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
  }

  deinit { close(descriptor) }
}
