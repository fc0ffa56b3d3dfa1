import Foundation
import Testing

/// The built program with the log of a real nginx under load, rotated by the real logrotate as in the
/// README.
@Suite(.ownThreads, .serialized, .enabled(if: WebServer.isExpected))
struct WebServerTests {
  /// The requested duration of the load, in seconds. The program must then keep up, or rotated lines are
  /// lost.
  private static let seconds =
    ProcessInfo.processInfo.environment["LM2000_SERVER_SECONDS"].flatMap(Double.init)
  /// The number of rotations otherwise. logrotate keeps all of their files, so that a slow program, built
  /// for a sanitizer, can still read everything.
  private static let rotations = WebServer.kept - 4

  @Test func everyAnsweredRequestIsAHitWhileTheLogIsRotated() throws {
    let server = try WebServer()
    let watcher = try Watcher("--follow --output ndjson '\(server.log)'")
    // Lines that are rotated before the program starts are not read.
    var answered = try server.load(1, path: "/first").answered
    try watcher.wait(forHits: answered)
    let end = Self.seconds.map { Date().addingTimeInterval($0) }
    var rotations = 0
    while end.map({ Date() < $0 }) ?? (rotations < Self.rotations) {
      // Requests continue while logrotate runs.
      let load = server.load(2000, path: "/shop/\(rotations)")
      try server.rotate("create")
      rotations += 1
      answered += try load.answered
    }
    #expect(rotations >= 4)
    try watcher.wait(forHits: answered)
    // Lines written between the copy and the truncation are lost to everyone: send no requests meanwhile.
    for part in ["/copy/1", "/copy/2"] {
      try server.rotate("copytruncate")
      answered += try server.load(500, path: part).answered
      try watcher.wait(forHits: answered)
    }
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == answered)
    #expect(try watcher.end["lines"] as? Int == answered)
    #expect(try watcher.end["late"] as? Int == 0)
    #expect(watcher.errors.hasSuffix(": \(rotations) rotations, 2 truncations\n"))
  }

  @Test func everyAnsweredRequestIsAHitThroughAPipeFromTail() throws {
    let server = try WebServer()
    let watcher = try Watcher(
      "--follow --output ndjson -", from: "tail -n +1 -F '\(server.log)'")
    let answered = try server.load(2000, path: "/pipe/x").answered
    try watcher.wait(forHits: answered)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == answered)
  }
}
