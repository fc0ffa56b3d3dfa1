import Foundation
import Testing

/// What following costs while nothing is written.
@Suite(.ownThreads, .serialized) struct IdleLogsTests {
  /// The time over which is counted, in seconds.
  private static let period = 5.0

  /// Follows some logs that are not written to.
  ///
  /// - Returns: the number of wake-ups, and the processor time in seconds, both per second.
  private func cost(ofLogs count: Int) throws -> (wakeUps: Double, processor: Double) {
    let folder = try Folder()
    let names = (0..<count).map { folder.path("\($0).log") }
    let hourAgo = Date().addingTimeInterval(-3_600)
    for number in 0..<count {
      try folder.append(FollowedLog.lines(number..<number + 1, at: hourAgo), to: "\(number).log")
    }
    let watcher = try Watcher(
      "--follow --output ndjson " + names.map { "'\($0)'" }.joined(separator: " "))
    try watcher.wait(forHits: count)
    // Reading them for the first time is not what is measured.
    sleep(2)
    let (start, before) = (Date(), try watcher.activity())
    usleep(UInt32(Self.period * 1e6))
    let (elapsed, after) = (Date().timeIntervalSince(start), try watcher.activity())
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == count)
    return (
      Double(after.wakeUps - before.wakeUps) / elapsed,
      (after.processor - before.processor) / elapsed
    )
  }

  /// Three times as much as is promised, since other programs run on the machine.
  @Test func idleLogsCostLittleHoweverManyThereAre() throws {
    let ten = try cost(ofLogs: 10)
    let hundred = try cost(ofLogs: 100)
    print("wake-ups and processor seconds per second: ten logs \(ten), a hundred \(hundred)")
    #expect(ten.wakeUps <= 30)
    #expect(ten.processor <= 0.03)
    // What a timer adds by chance does not count.
    #expect(hundred.wakeUps <= 2 * ten.wakeUps + 1)
    // It is running.
    #expect(ten.wakeUps > 0)
  }
}
