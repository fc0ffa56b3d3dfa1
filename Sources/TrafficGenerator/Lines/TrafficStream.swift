import AccessLog

/// An endless simulated log. The same seed gives the same lines.
package struct TrafficStream: Sendable {
  private let plan: RatePlan
  private let irregularities: Irregularities
  private var writer: LineWriter
  private var wrapping: LineWrapping
  /// A line before it is wrapped.
  private var bareLine: [UInt8] = []
  private var hits: HitGenerator
  /// The current second.
  private var second: EpochSecond
  /// The hits of the current second that are not written yet.
  private var remaining: RatePlan.Load
  /// The number of hits in the current second.
  private var hitsOfSecond: Int
  private var needsHeader: Bool
  /// The number of lines written, without the header.
  package private(set) var lines = 0

  /// Creates a log.
  ///
  /// - Parameters:
  ///   - start: the first second of the log.
  ///   - zone: the offset of the log's time zone from UTC, in minutes.
  ///   - header: whether a csv log begins with a header line.
  ///   - wrappers: what is put around each line, the outermost one first. The lines inside are the
  ///     same as without it.
  package init(
    site: Site = Site(), plan: RatePlan, start: EpochSecond, seed: UInt64, format: LineFormat,
    zone: Int = 0, header: Bool = true, irregularities: Irregularities = Irregularities(),
    wrappers: [LineWrapper] = []
  ) {
    self.plan = plan
    self.irregularities = irregularities
    writer = LineWriter(format: format, zone: zone)
    wrapping = LineWrapping(wrappers, seed: seed, zone: zone)
    hits = HitGenerator(site: site, seed: seed)
    second = start
    remaining = plan.load(at: start)
    hitsOfSecond = remaining.hits
    needsHeader = header && format == .csv
  }

  /// Appends the next lines up to the end of second `last`, and at most `limit` of them.
  ///
  /// - Returns: whether further lines remain before the end of `last`.
  package mutating func append(
    to bytes: inout [UInt8], through last: EpochSecond, atMost limit: Int = .max
  ) -> Bool {
    if needsHeader {
      appendWrapped(to: &bytes) { $1 += LineWriter.header }
      needsHeader = false
    }
    var remainingLines = limit
    while second <= last {
      guard remainingLines > 0 else { return true }
      if remaining.hits > 0 {
        appendWrapped(to: &bytes) { $0.appendLine(to: &$1) }
        remainingLines -= 1
      } else {
        second = second.advanced(by: 1)
        remaining = plan.load(at: second)
        hitsOfSecond = remaining.hits
      }
    }
    return false
  }

  /// Appends a line with the wrappers around it.
  ///
  /// - Parameter append: appends the line, line end included.
  private mutating func appendWrapped(
    to bytes: inout [UInt8], _ append: (inout TrafficStream, inout [UInt8]) -> Void
  ) {
    guard !wrapping.isEmpty else { return append(&self, &bytes) }
    let moment = WrittenMoment(
      second: second, index: hitsOfSecond - remaining.hits,
      count: needsHeader ? .max : hitsOfSecond)
    var line: [UInt8] = []
    swap(&line, &bareLine)
    line.removeAll(keepingCapacity: true)
    append(&self, &line)
    wrapping.append(line.dropLast(), at: moment, to: &bytes)
    swap(&line, &bareLine)
  }

  private mutating func appendLine(to bytes: inout [UInt8]) {
    let isSurge = hits.chance(of: remaining.surge, in: remaining.hits)
    if isSurge { remaining.surge -= 1 } else { remaining.base -= 1 }
    lines &+= 1
    if isDue(every: irregularities.garbageEvery) {
      bytes += hits.garbage()
      return
    }
    var time = second
    if irregularities.jitter > 0 {
      time = time.advanced(by: -hits.delay(upTo: irregularities.jitter))
    }
    if hits.chance(of: irregularities.latePercent, in: 100) { time = time.advanced(by: -1) }
    if isDue(every: irregularities.lateEvery) { time = time.advanced(by: -30) }
    let serial = isDue(every: irregularities.uniqueEvery) ? lines : nil
    let isPopular = isDue(every: irregularities.popularEvery)
    writer.append(
      hits.hit(at: time, isSurge: isSurge, serial: serial, isPopular: isPopular), to: &bytes)
  }

  /// Whether the current line is an N-th one.
  private func isDue(every count: Int) -> Bool {
    count > 0 && lines % count == 0
  }
}

// MARK: - Demonstration

extension TrafficStream {
  /// The time in seconds by which a demonstration begins before the current second.
  package static let demoHistory: Int64 = 3600

  /// A log that begins an hour before `now`. Within two minutes after `now`, an alert with the default
  /// threshold and window triggers and recovers.
  package static func demo(now: EpochSecond) -> TrafficStream {
    let seed: UInt64 = 2000
    return TrafficStream(
      plan: .waves(seed: seed, origin: now), start: now.advanced(by: -demoHistory), seed: seed,
      format: .combined)
  }
}
