import AccessLog

/// A log that never ends, line by line: the same for the same seed.
package struct TrafficStream: Sendable {
  private let plan: RatePlan
  private let disorder: Disorder
  private var writer: LineWriter
  private var visits: Visits
  /// The second that is being written, and what is left of it.
  private var second: EpochSecond
  private var rest: RatePlan.Load
  private var headerIsDue: Bool
  /// Lines written, the header left out.
  package private(set) var lines = 0

  /// - Parameter zone: how far the clock in the lines is ahead of UTC, in minutes.
  package init(
    site: Site = Site(), plan: RatePlan, start: EpochSecond, seed: UInt64, format: LineFormat,
    zone: Int = 0, header: Bool = true, disorder: Disorder = Disorder()
  ) {
    self.plan = plan
    self.disorder = disorder
    writer = LineWriter(format: format, zone: zone)
    visits = Visits(site: site, seed: seed)
    second = start
    rest = plan.load(at: start)
    headerIsDue = header && format == .csv
  }

  /// Writes the next lines, as long as they are not past `last`.
  ///
  /// - Returns: whether there is more before the end of `last`.
  package mutating func append(
    to bytes: inout [UInt8], through last: EpochSecond, atMost limit: Int = .max
  ) -> Bool {
    if headerIsDue {
      bytes += LineWriter.header
      headerIsDue = false
    }
    var room = limit
    while second <= last {
      guard room > 0 else { return true }
      if rest.hits > 0 {
        appendLine(to: &bytes)
        room -= 1
      } else {
        second = second.advanced(by: 1)
        rest = plan.load(at: second)
      }
    }
    return false
  }

  private mutating func appendLine(to bytes: inout [UInt8]) {
    let surging = visits.chance(of: rest.surge, in: rest.hits)
    if surging { rest.surge -= 1 } else { rest.base -= 1 }
    lines &+= 1
    if falls(on: disorder.garbageEvery) {
      bytes += visits.garbage()
      return
    }
    var time = second
    if disorder.jitter > 0 { time = time.advanced(by: -visits.delay(upTo: disorder.jitter)) }
    if falls(on: disorder.lateEvery) { time = time.advanced(by: -30) }
    let serial = falls(on: disorder.uniqueEvery) ? lines : nil
    writer.append(visits.hit(at: time, surging: surging, serial: serial), to: &bytes)
  }

  private func falls(on every: Int) -> Bool {
    every > 0 && lines % every == 0
  }
}

// MARK: - Demonstration

extension TrafficStream {
  /// How much of the past a demonstration begins with, in seconds.
  package static let demoHistory: Int64 = 3600

  /// Traffic that has been going on for an hour and goes on: within two minutes from `now` an alert
  /// with the usual threshold and window triggers and recovers.
  package static func demo(now: EpochSecond, seed: UInt64 = 2000) -> TrafficStream {
    TrafficStream(
      plan: .waves(seed: seed, origin: now), start: now.advanced(by: -demoHistory), seed: seed,
      format: .combined)
  }
}
