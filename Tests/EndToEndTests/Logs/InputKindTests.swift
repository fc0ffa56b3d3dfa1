import Foundation
import Testing

/// Logs of any name, size and kind of file, and what is not a log.
@Suite(.ownThreads, .serialized) struct InputKindTests {
  private let log: FollowedLog

  init() throws { log = try FollowedLog() }

  /// Not every machine has all the devices.
  static let objects = [
    ("socket", "socket"), ("/dev/mem", "device"), ("/dev/zero", "device"), ("/dev/full", "device"),
  ].filter { !$0.0.hasPrefix("/") || FileManager.default.fileExists(atPath: $0.0) }

  @Test(arguments: objects)
  func otherObjectsAreRefused(object: String, kind: String) throws {
    let path = object.hasPrefix("/") ? object : log.folder.path(object)
    let listener = object == "socket" ? try Listener(path) : nil
    for mode in ["--no-follow", "--follow"] {
      let ended = try Ended.running("\(Built.program) --output text \(mode) '\(path)'")
      #expect(ended.status == 1)
      #expect(ended.errors == "lm2000: \(path): not a readable log: \(kind)\n")
    }
    withExtendedLifetime(listener) {}
  }

  @Test func aFIFOIsReadFromOneWriterAfterAnotherAndQuitsWithNone() throws {
    _ = try Ended.running("mkfifo '\(log.path)'")
    let terminal = try Terminal("\(Built.program) '\(log.path)'")
    try terminal.wait(for: "0 hits")
    for (writer, hits) in [(0..<3, "3 hits"), (3..<5, "5 hits")] {
      try log.append(writer, to: "writer")
      _ = try Ended.running("cd '\(log.folder.path(""))'; cat writer > access.log; rm writer")
      try terminal.wait(for: hits)
    }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func aFileThatBecomesReadableIsRead() throws {
    // Root may read every file: another user is needed.
    let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    _ = try Ended.running("chmod 755 '\(log.folder.path(""))'")
    try log.append(0..<2)
    let refused = try Ended.running(
      "chmod 000 '\(log.path)'; \(asNobody)\(Built.program) --follow --output text '\(log.path)'")
    #expect(refused.status == 1)
    #expect(refused.errors == "lm2000: \(log.path): Permission denied\n")
    _ = try Ended.running("chmod 644 '\(log.path)'")
    let terminal = try Terminal("\(asNobody)\(Built.program) '\(log.path)'")
    try terminal.wait(for: "2 hits")
    try log.append(2..<5, to: "new")
    _ = try Ended.running(
      "chmod 000 '\(log.folder.path("new"))'; mv '\(log.folder.path("new"))' '\(log.path)'")
    try terminal.wait(for: "Permission denied")
    _ = try Ended.running("chmod 644 '\(log.path)'")
    try terminal.wait(for: "5 hits")
    try terminal.wait("the notice is gone") { !$0.contains("Permission denied") }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test(arguments: [
    ("'acc\\377.log'", "acc\\xFF.log"), ("'a\\033[31m.log'", "a\\x1B[31m.log"),
    ("-x.log", "-x.log"), (String(repeating: "a", count: 255), "aaaaaaaa"),
  ])
  func aLogOfAnyNameIsFollowedAndDrawnHarmlessly(name: String, drawn: String) throws {
    let setup = "cd '\(log.folder.path(""))'; n=$(printf -- \(name))"
    try log.append(0..<3)
    _ = try Ended.running("\(setup); mv access.log \"./$n\"")
    let terminal = try Terminal("\(setup); \(Built.program) -- \"$n\"")
    let screen = try terminal.wait(for: "3 hits")
    #expect(screen.contains(drawn), "\(screen)")
    try log.append(3..<4)
    _ = try Ended.running("\(setup); cat access.log >> \"./$n\"")
    try terminal.wait(for: "4 hits")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
    let missing = try Ended.running("\(setup); \(Built.program) --no-follow -- \"$n.2\"")
    #expect(missing.errors.hasPrefix("lm2000: \(drawn)"), "\(missing.errors)")
    #expect(!missing.errors.contains("\u{1B}"))
  }

  @Test func aLogOfOverFourGigabytesIsReadAndFollowed() throws {
    _ = try Ended.running("truncate -s 5G '\(log.path)'")
    try log.append(0..<3)
    let ended = try Ended.running("\(Built.program) --output ndjson --tail 2 '\(log.path)'")
    #expect(ended.output.contains("\"lines\":2,\"hits\":2"), "\(ended.output)")
    let watcher = try log.follow("--tail 2")
    try watcher.wait(forHits: 2)
    try log.append(3..<7)
    try watcher.wait(forHits: 6)
    try log.expectEnd(watcher, hits: 6)
  }

  @Test func standardInputMayBeClosedEmptyOrATerminal() throws {
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
}

/// A socket that listens at a path as long as the object exists.
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
