import AccessLog
import Glibc
import TrafficGenerator

/// One run of the generator, at full speed or in real time.
struct TrafficRun {
  /// The greatest number of lines in one write.
  private static let blockLines = 8192

  private let file: TrafficFile
  private let plan: RatePlan
  private let start: EpochSecond
  /// The last second of the log.
  private let last: EpochSecond
  private let isPaced: Bool
  private var stream: TrafficStream
  private var remainingLines: Int

  /// Opens the output file.

  init(_ options: TrafficOptions) throws(TrafficFailure) {
    let now = EpochSecond(Int64(time(nil)))
    let start =
      options.start
      ?? (options.realtime ? now : options.scenario?.firstSecond ?? Scenario.start)
    self.start = start
    let end = options.seconds.map { start.advanced(by: $0 - 1) }
    if let scenario = options.scenario {
      plan = scenario.plan(from: start)
      last = min(end ?? scenario.last(from: start), scenario.last(from: start))
    } else {
      plan =
        options.waves
        ? .waves(scale: options.rate / 10, seed: options.seed, origin: start.advanced(by: 60))
        : .steady(rate: options.rate, origin: start)
      last = end ?? EpochSecond(253_402_300_799)
    }
    remainingLines = options.lines ?? Int.max
    isPaced = options.realtime
    stream = TrafficStream(
      site: Site(clients: options.clients, hasLongAgents: options.hasLongAgents), plan: plan,
      start: start, seed: options.seed, format: options.format, zone: options.zone,
      header: options.header, irregularities: options.irregularities, wrappers: options.wrappers)
    file = try TrafficFile(path: options.output)
  }

  /// Writes the whole log.
  mutating func run() throws(TrafficFailure) {
    if isPaced { try runPaced() } else { _ = try write(through: last, atMost: Int.max) }
  }

  /// Writes the lines up to the end of `second`, at most `limit` of them.
  ///
  /// - Returns: whether further lines remain before the end of `second`.
  private mutating func write(
    through second: EpochSecond, atMost limit: Int
  ) throws(TrafficFailure) -> Bool {
    var remaining = min(limit, remainingLines)
    var block: [UInt8] = []
    var hasMore = true
    while hasMore && remaining > 0 {
      block.removeAll(keepingCapacity: true)
      let before = stream.lines
      hasMore = stream.append(
        to: &block, through: second, atMost: min(remaining, Self.blockLines))
      let written = stream.lines - before
      remaining -= written
      remainingLines -= written
      try file.write(block)
    }
    return hasMore
  }

  /// Writes the lines of each second in ten portions, distributed over the second.
  private mutating func runPaced() throws(TrafficFailure) {
    let beginning = Self.monotonicNanoseconds()
    var second = start
    while second <= last && remainingLines > 0 {
      let share = (plan.load(at: second).hits + 9) / 10
      for tenth in 0..<10 {
        let elapsed = second.seconds(since: start) * 10 + Int64(tenth)
        Self.sleep(until: beginning + elapsed * 100_000_000)
        guard share > 0, try write(through: second, atMost: share) else { break }
      }
      second = second.advanced(by: 1)
    }
  }

  /// (clock_gettime(2))
  private static func monotonicNanoseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }

  /// (nanosleep(2))
  private static func sleep(until nanoseconds: Int64) {
    while true {
      let missing = nanoseconds - monotonicNanoseconds()
      guard missing > 0 else { return }
      var pause = timespec(
        tv_sec: Int(missing / 1_000_000_000), tv_nsec: Int(missing % 1_000_000_000))
      nanosleep(&pause, nil)
    }
  }
}
