import Foundation
import Testing

/// The built program beside a real nginx under real requests, its log rotated by the real logrotate:
/// the recipes of the README.
@Suite(.serialized, .enabled(if: WebServer.isExpected))
struct WebServerTests {
  /// Seconds of load where somebody asks for them; the program must then keep up, or what is rotated
  /// away is gone.
  private static let seconds =
    ProcessInfo.processInfo.environment["LM2000_SERVER_SECONDS"].flatMap(Double.init)
  /// Otherwise so many rotations, all of which logrotate keeps: a program that is slow, being built
  /// for a sanitizer, can still find everything.
  private static let rotations = WebServer.kept - 4

  @Test func hitsAreTheRequestsThatWereAnsweredWhateverRotates() throws {
    let server = try WebServer()
    let watcher = try Watcher("--follow --output ndjson '\(server.log)'")
    // What was rotated away before the program began is not its business.
    var answered = try server.load(1, path: "/first").answered
    try watcher.wait(forHits: answered)
    let end = Self.seconds.map { Date().addingTimeInterval($0) }
    var rotations = 0
    while end.map({ Date() < $0 }) ?? (rotations < Self.rotations) {
      // Requests come while logrotate is at work.
      let load = server.load(2000, path: "/shop/\(rotations)")
      try server.rotate("create")
      rotations += 1
      answered += try load.answered
    }
    #expect(rotations >= 4)
    try watcher.wait(forHits: answered)
    // What is written between the copy and the truncation nobody can have: no requests meanwhile.
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

  @Test func aPipeFromTailBringsWhatWasAnswered() throws {
    let server = try WebServer()
    let watcher = try Watcher(
      "--follow --output ndjson -", from: "tail -n +1 -F '\(server.log)'")
    let answered = try server.load(2000, path: "/pipe/x").answered
    try watcher.wait(forHits: answered)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == answered)
  }
}
