import Foundation
import Testing

/// Where the built programs and the fixtures are.
enum Built {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

  /// The programs lie beside the tests that were built with them, unless others are asked for.
  static let folder: String = {
    if let folder = ProcessInfo.processInfo.environment["LM2000_PROGRAMS"] { return folder }
    let runner = CommandLine.arguments.first ?? ""
    for folder in [
      URL(filePath: runner).deletingLastPathComponent().path(),
      root + ".build/debug/",
    ] where FileManager.default.isExecutableFile(atPath: folder + "/lm2000") {
      return folder
    }
    return root + ".build/debug/"
  }()

  static var program: String { folder + "/lm2000" }
  static var fixture: String { root + "Fixtures/two-alerts.csv" }
}

/// What a program wrote and how it ended.
struct Ended {
  var output: String
  var errors: String
  var status: Int32

  static func running(
    _ command: String, environment: [String: String] = ["TZ": "UTC", "LANG": "C.UTF-8"],
    path: String = "/usr/bin:/bin"
  ) throws -> Ended {
    let folder = try Folder()
    let out = folder.path("out")
    let err = folder.path("err")
    // Where the programs are built with the address sanitizer: what leaves by exit(3) in the middle
    // of a handler keeps weak references, whose tables it takes for leaks.
    let usual = ["PATH": path, "ASAN_OPTIONS": "detect_leaks=0"]
    let variables = environment.merging(usual) { own, _ in own }
      .map { $0.key + "=" + $0.value }
    let words =
      ["/usr/bin/env", "-i"] + variables + ["/bin/sh", "-c"]
      + ["exec </dev/null >'\(out)' 2>'\(err)'; " + command]
    let status = try spawn(words)
    return Ended(
      output: try String(contentsOfFile: out, encoding: .utf8),
      errors: try String(contentsOfFile: err, encoding: .utf8), status: status)
  }
}

/// Runs a program and waits for it, whoever inherits its descriptors: a terminal server lives on.
/// (posix_spawn(3), waitpid(2))
private func spawn(_ words: [String]) throws -> Int32 {
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
  arguments.append(nil)
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  // Test threads block signals, and a child would inherit that: a terminal server could not be ended.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  try #require(posix_spawn(&child, words[0], nil, &attributes, arguments, nil) == 0)
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 { try #require(errno == EINTR) }
  return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
}

/// A folder that goes away with the test.
final class Folder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "lm2000-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  /// Writes lines at the end of a file.
  func append(_ text: String, to name: String) throws {
    let path = path(name)
    if !FileManager.default.fileExists(atPath: path) {
      try Data().write(to: URL(filePath: path))
    }
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }
}

/// A real terminal: tmux, on a server of its own. Without tmux the tests fail.
final class Terminal {
  private let socket = "lm2000-" + UUID().uuidString

  init(_ command: String, columns: Int = 100, rows: Int = 30) throws {
    let script = "\(command); echo \"exit=$?\"; exec cat"
    let started = try tmux(
      "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env LANG=C.UTF-8 TZ=UTC sh -c \(Self.quoted(script))")
    try #require(started.status == 0, "tmux: \(started.errors)")
  }

  deinit { _ = try? tmux("kill-server") }

  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  @discardableResult
  private func tmux(_ words: String...) throws -> Ended {
    try Ended.running((["tmux", "-L", socket] + words.map(Self.quoted)).joined(separator: " "))
  }

  var screen: String {
    get throws { try tmux("capture-pane", "-p").output }
  }

  /// With the escape sequences of its styles.
  var styledScreen: String {
    get throws { try tmux("capture-pane", "-p", "-e").output }
  }

  /// tmux's own variables: `alternate_on`, `cursor_flag`, `pane_pid`.
  func value(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").output.trimmingCharacters(in: .newlines)
  }

  func type(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// Types keys so that they are read together. Ways to other moments add up then, while a key that
  /// comes when one takes long ends it.
  func typeTogether(_ keys: String) throws {
    try tmux("send-keys", "-l", keys)
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Waits until the screen is as wanted.
  ///
  /// - Returns: the screen.
  @discardableResult
  func wait(
    _ what: Comment, location: SourceLocation = #_sourceLocation, until holds: (String) -> Bool
  ) throws -> String {
    let end = Date().addingTimeInterval(60)
    var last = ""
    while Date() < end {
      last = try screen
      if holds(last) { return last }
      usleep(50_000)
    }
    Issue.record("\(what)\n\(last)", sourceLocation: location)
    throw CancellationError()
  }

  @discardableResult
  func wait(
    for text: String, location: SourceLocation = #_sourceLocation
  ) throws -> String {
    try wait("waiting for: \(text)", location: location) { $0.contains(text) }
  }
}
