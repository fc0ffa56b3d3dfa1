import Foundation
import Testing

/// The output and the exit status of a program that has ended.
struct Ended {
  var output: String
  var errors: String
  var status: Int32

  /// The longest time that a command may take, in seconds: more than a busy machine needs.
  private static let timeout: Double = 300

  /// Runs a shell command. One that does not end is killed, and the test fails. (timeout(1))
  static func running(
    _ command: String, environment: [String: String] = ["TZ": "UTC", "LANG": "C.UTF-8"],
    path: String = "/usr/bin:/bin"
  ) throws -> Ended {
    let folder = try Folder()
    let out = folder.path("out")
    let err = folder.path("err")
    // For programs built with the address sanitizer: exit(3) within a handler keeps weak references,
    // whose tables the leak check reports.
    let usual = ["PATH": path, "ASAN_OPTIONS": "detect_leaks=0"]
    let variables = environment.merging(usual) { own, _ in own }
      .map { $0.key + "=" + $0.value }
    let words =
      ["/usr/bin/timeout", "--kill-after=5", "\(timeout)", "/usr/bin/env", "-i"] + variables
      + ["/bin/sh", "-c", "exec </dev/null >'\(out)' 2>'\(err)'; " + command]
    let start = Date()
    let status = try spawn(words)
    try #require(-start.timeIntervalSinceNow < timeout, "did not end: \(command)")
    return Ended(
      output: try String(contentsOfFile: out, encoding: .utf8),
      errors: try String(contentsOfFile: err, encoding: .utf8), status: status)
  }
}

/// Runs a program and waits for it, but not for processes that inherit its descriptors, such as a
/// terminal server. (posix_spawn(3), waitpid(2))
private func spawn(_ words: [String]) throws -> Int32 {
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
  arguments.append(nil)
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  // Test threads block signals. A terminal server that inherited that could not be ended.
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
