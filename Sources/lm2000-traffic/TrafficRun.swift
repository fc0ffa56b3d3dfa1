import AccessLog
import Glibc
import TrafficGenerator

/// One run of the generator, at full speed or at the pace of the clock.
struct TrafficRun {
  /// So much is written at once.
  private static let blockLines = 8192

  private let file: TrafficFile
  private let plan: RatePlan
  private let start: EpochSecond
  /// The last second to be written.
  private let last: EpochSecond
  private let isPaced: Bool
  private var stream: TrafficStream
  private var linesLeft: Int

  init(_ options: TrafficOptions) throws(TrafficFailure) {
    let now = EpochSecond(Int64(time(nil)))
    let start = options.start ?? (options.realtime ? now : Scenario.start)
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
    linesLeft = options.lines ?? Int.max
    isPaced = options.realtime
    stream = TrafficStream(
      site: Site(clients: options.clients), plan: plan, start: start, seed: options.seed,
      format: options.format, zone: options.zone, header: options.header,
      disorder: options.disorder)
    file = try TrafficFile(path: options.output)
  }

  mutating func run() throws(TrafficFailure) {
    if isPaced { try runPaced() } else { _ = try write(through: last, atMost: Int.max) }
  }

  /// - Returns: whether there is more before the end of `second`.
  private mutating func write(
    through second: EpochSecond, atMost limit: Int
  ) throws(TrafficFailure) -> Bool {
    var room = min(limit, linesLeft)
    var block: [UInt8] = []
    var more = true
    while more && room > 0 {
      block.removeAll(keepingCapacity: true)
      let before = stream.lines
      more = stream.append(to: &block, through: second, atMost: min(room, Self.blockLines))
      let written = stream.lines - before
      room -= written
      linesLeft -= written
      try file.write(block)
    }
    return more
  }

  /// Writes the lines of each second over the course of it, in tenths.
  private mutating func runPaced() throws(TrafficFailure) {
    let beginning = Self.monotonicNanoseconds()
    var second = start
    while second <= last && linesLeft > 0 {
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
