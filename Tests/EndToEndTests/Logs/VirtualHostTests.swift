import Foundation
import Testing

/// The built program with the logs of several virtual hosts of a real nginx under load, rotated by the
/// real logrotate.
@Suite(.ownThreads, .serialized, .enabled(if: WebServer.isExpected))
struct VirtualHostTests {
  /// The duration of the load in seconds.
  private static let seconds =
    ProcessInfo.processInfo.environment["LM2000_HOSTS_SECONDS"].flatMap(Double.init) ?? 10
  /// The time between two rotations in seconds. A program that is built for a sanitizer reads slowly:
  /// what is rotated and compressed twice meanwhile is lost to it.
  private static let pause = 2.5

  @Test(arguments: VirtualHosts.Recipe.allCases)
  func everyAnsweredRequestIsAHitOfItsHostWhileAllLogsAreRotated(
    recipe: VirtualHosts.Recipe
  ) throws {
    let server = try VirtualHosts(["a", "b", "c"], recipe)
    let watcher = try Watcher(
      "--follow --output ndjson --lateness 3 --idle-grace 3 "
        + server.logs.map { "'\($0)'" }.joined(separator: " "))
    for log in server.logs { try poll("it has opened \(log)") { try watcher.waits(for: log) } }
    var answered = Dictionary(uniqueKeysWithValues: server.hosts.map { ($0, 0) })
    let end = Date().addingTimeInterval(Self.seconds)
    var next = Date().addingTimeInterval(Self.pause)
    var rotations = 0
    repeat {
      // Requests continue while logrotate runs.
      let loads = server.hosts.enumerated().map { index, host in
        (host, server.load(host, requests: 300 * (index + 1)))
      }
      if Date() >= next {
        try server.rotate()
        rotations += 1
        next = Date().addingTimeInterval(Self.pause)
      }
      for (host, load) in loads { answered[host, default: 0] += try load.answered }
    } while Date() < end || rotations < 3
    try expectHits(of: answered, watcher)
    print(
      "\(recipe): \(rotations) rotations, answered \(answered.sorted { $0.key < $1.key }.map(\.value)),",
      "hits \(try watcher.end["hits"] ?? ""), late \(try watcher.end["late"] ?? "")")
    let rotated = try server.rotatedLogs(compressed: recipe != .plain)
    #expect(rotated == (recipe == .compressedLater ? rotations - 1 : rotations) * 3)
  }

  private func expectHits(of answered: [String: Int], _ watcher: Watcher) throws {
    let sum = answered.values.reduce(0, +)
    try watcher.wait(forHits: sum)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == sum)
    #expect(try watcher.end["lines"] as? Int == sum)
    #expect(try watcher.end["late"] as? Int == 0)
    let hits = watcher.sum("sections").map { (String($0.key.dropFirst()), $0.value) }
    #expect(Dictionary(uniqueKeysWithValues: hits) == answered)
    #expect(!watcher.errors.contains("unread"), "\(watcher.errors)")
  }
}
