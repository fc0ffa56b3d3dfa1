/// How much is sent, how often and for how long it is tried. Durations are in seconds.
package struct DeliveryLimits: Equatable, Sendable {
  /// The most notifications that wait for one action.
  package var capacity = 1_000
  /// The most alerts sent in any minute, besides one summary of those that exceed it; likewise for
  /// intervals, which no summary counts.
  package var perMinute = 10
  package var minute = 60.0
  /// How often a notification is tried.
  package var attempts = 3
  /// The time before the second attempt, half as much to half as much again; the third waits three
  /// times as long.
  package var backoff = 1.0
  /// The time until alerts that are active are sent again, to receivers that forget them otherwise.
  package var refresh = 60.0
  /// Whether there is a limit by the minute at all.
  package var isPaced = true
  package var connectTimeout = 3.0
  package var totalTimeout = 10.0
  /// The time that a program has to end once it was asked to.
  package var terminationGrace = 2.0

  package init() {}
}

/// The times at which something that is limited by the minute happened.
struct PaceWindow: Equatable, Sendable {
  private let limit: Int
  private let length: Double
  /// At most `limit` times, oldest first.
  private var times: [Double] = []

  init(limit: Int, length: Double) {
    self.limit = limit
    self.length = length
  }

  /// The earliest time at which it may happen again.
  var nextTime: Double { times.count < limit ? -.infinity : (times.first ?? 0) + length }

  mutating func record(at now: Double) {
    if times.count >= limit, !times.isEmpty { times.removeFirst() }
    times.append(now)
  }
}
