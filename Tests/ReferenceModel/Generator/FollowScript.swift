/// A followed log that is generated from a seed: what is written, how time passes, what the wall
/// clock shows, and how it ends.
package struct FollowScript: Sendable {
  package var options: ModelOptions
  package var polls: [Poll] = []
  package var endsByItself: Bool

  private var writer: LineWriter
  private var wrapping: LogWrapping
  private let jitter: Int64
  /// Whether nothing is written after the start except lines that are not records.
  private var isQuiet = false
  /// How far the log's clock is ahead of the true time, in seconds.
  private var lead: Int64
  /// How long a server that writes in blocks collects lines, in seconds.
  private var blockLength: Int64 = 30
  /// The true time in quarters of a second since the start.
  private var quarters: Int64 = 0
  /// How far the wall clock is ahead of the true time.
  private var wallError: Int64 = 0
  /// The beginning of a line that ends at a later poll.
  private var partialLine: [UInt8] = []

  package init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    for _ in 0..<4 { _ = random.next() }
    let format = GeneratedLog.format(&random)
    var options = GeneratedLog.options(format: format, &random)
    options.isFollowing = true
    options.idleGrace = random.pick([0, 1, 2, 5, 10, 10, 10, 10, 60])
    options.idleGraceIsExplicit = random.chance(300)
    if random.chance(500) { options.lateness = random.pick([0, 1, 2, 2, 5]) }
    if random.chance(500) { options.maxJump = random.pick([5, 60, 60, 300]) }
    self.options = options
    endsByItself = random.chance(150)
    writer = LineWriter(format: format, zone: options.logZone, &random)
    wrapping = LogWrapping(keepsOrder: writer.isStrict, &random)
    jitter = random.pick([0, 0, 1, 3])
    lead = random.pick([
      0, 0, 0, -1, 1, -options.maxJump, 30, -86_400, -31_536_000, 100, 31_536_000,
    ])
    lead = min(max(lead, -100_000_000), 100_000_000)
    if random.chance(300) { wallError = random.pick([-3600, -61, -1, 1, 61, 3600, 31_536_000]) }
    isQuiet = random.chance(200)
    if random.chance(800) { poll(history(&random), &random) }
    let writesBlocks = random.chance(250)
    for _ in 0..<random.number(1...24) {
      if writesBlocks && random.chance(900) {
        writeBlock(&random)
      } else {
        advance(&random)
      }
    }
  }

  private var now: Int64 { options.wallClock + quarters / 4 + lead }

  private mutating func poll(_ lines: [[UInt8]], _ random: inout RandomSource) {
    let physical = lines.flatMap { wrapping.wrap($0, &random) }
    var bytes = partialLine + physical.flatMap { $0 + [10] }
    partialLine = []
    if random.chance(100) && !bytes.isEmpty {
      let cut = random.number(0...(bytes.count - 1))
      partialLine = Array(bytes[cut...])
      bytes = Array(bytes[..<cut])
    }
    polls.append(
      Poll(
        monotonic: 5000 + Double(quarters) / 4,
        wallClock: options.wallClock + quarters / 4 + wallError, bytes: bytes))
  }

  /// The lines that exist when the program starts.
  private mutating func history(_ random: inout RandomSource) -> [[UInt8]] {
    let length = random.number(Int64(1)...60)
    var times = (0..<length).map { now - (length - $0) / 2 - random.number(0...jitter) }
    if random.chance(200) { times.insert(now + options.maxJump.clamped + 1, at: 0) }
    if random.chance(200) { times.append(now + options.maxJump.clamped + 50) }
    return times.flatMap { writer.lines(at: $0, &random) }
  }

  /// Lets time pass, then writes lines or none.
  private mutating func advance(_ random: inout RandomSource) {
    quarters += random.pick([1, 1, 2, 4, 4, 4, 8, 20, 40, 41, 44, 60, 160, 520])
    if random.chance(60) {
      wallError = random.pick([-3600, -61, -1, 0, 1, 61, 3600, -31_536_000, 31_536_000])
    }
    if random.chance(30) { lead += random.pick([-90, 90, 3600, 100_000]) }
    let previous = polls.last.map { Int64(($0.monotonic - 5000).rounded(.down)) } ?? 0
    let times = isQuiet ? [] : times(since: previous, &random)
    var lines = times.flatMap { writer.lines(at: $0, &random) }
    if random.chance(100) { lines.append(random.chance(500) ? [] : writer.oddLine(&random)) }
    poll(lines, &random)
  }

  /// Writes nothing for a while, then all lines of that time at once or in a few pieces.
  private mutating func writeBlock(_ random: inout RandomSource) {
    let start = now
    if random.chance(200) {
      blockLength = random.pick([3, 11, 14, 20, 30, 45, 100, 290, 310, 400])
    }
    quarters += max(1, blockLength * 4 + random.number(-3...3))
    if random.chance(900) { poll([], &random) }
    quarters += random.pick([0, 1, 1, 2, 5])
    let times = Array(start..<now).suffix(random.pick([8, 9, 10, 11, 300, 300, 300, 300, 300]))
    var lines = times.flatMap { time in
      let late = random.number(0...jitter)
      return writer.lines(at: time - late, &random)
    }
    while random.chance(300) && lines.count > 1 {
      let count = random.number(1...lines.count)
      poll(Array(lines.prefix(count)), &random)
      lines.removeFirst(count)
      quarters += random.pick([0, 1, 4, 20])
    }
    poll(lines, &random)
    // Then line by line for a while, so that only a small share is late.
    guard random.chance(100) else { return }
    for _ in 0..<random.number(1...100) {
      quarters += 4
      poll(writer.lines(at: now, &random), &random)
    }
  }

  private func times(since previous: Int64, _ random: inout RandomSource) -> [Int64] {
    let jump = options.maxJump.clamped
    let few = Int64(0)..<random.number(Int64(1)...8)
    switch random.number(0...19) {
    case 0...6: return []
    case 7...11: return few.map { _ in now - random.number(0...jitter) }
    case 12: return (0..<random.number(Int64(10)...60)).map { _ in now }
    // Written in one block, all since the previous poll.
    case 13...14: return Array((options.wallClock + lead + previous)...now).suffix(300).map { $0 }
    case 15: return few.map { now - $0 * 7 }
    case 16: return few.map { _ in now + jump + 1 }
    case 17: return [now + jump + random.number(Int64(1)...20), now + jump, now]
    case 18: return (0..<random.pick([Int64(99), 100, 101])).map { now + jump + 1 + $0 / 50 }
    default: return [polls.last.map { $0.wallClock + random.number(-2...jump + 2) } ?? now]
    }
  }
}

extension Int64 {
  /// Small enough not to overflow in sums.
  fileprivate var clamped: Int64 { Swift.min(self, 1_000_000) }
}
