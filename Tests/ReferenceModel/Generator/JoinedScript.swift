/// Several followed logs that are generated from a seed: what is written to each of them, how time
/// passes, and what the wall clock shows.
package struct JoinedScript: Sendable {
  package var options: ModelOptions
  package var paths: [String]
  /// For each poll, what arrives in each file.
  package var polls: [[Poll]] = []

  private var writers: [LineWriter]
  /// How far the clock of each file is ahead of the true time, in seconds.
  private var leads: [Int64]
  /// Whether each file is written to at present.
  private var isActive: [Bool]
  /// The true time in quarters of a second since the start.
  private var quarters: Int64 = 0
  /// Lines that a server has not written yet.
  private var heldBack: [[[UInt8]]]

  package init(seed: UInt64) {
    var random = RandomSource(seed: seed &* 104_729 &+ 7)
    for _ in 0..<4 { _ = random.next() }
    var options = GeneratedLog.options(format: "common", &random)
    options.format = "auto"
    options.isFollowing = true
    options.idleGrace = random.pick([0, 1, 2, 5, 10, 10, 10])
    options.idleGraceIsExplicit = random.chance(800)
    options.lateness = random.pick([0, 1, 2, 2, 5])
    options.maxJump = random.pick([5, 60, 60, 300])
    self.options = options
    paths = (0..<3).map { "log \($0)" }
    writers = paths.map { _ in
      LineWriter(format: random.pick(formatNames), zone: options.logZone, &random)
    }
    leads = paths.map { _ in
      random.pick([0, 0, 0, 0, -1, 1, -30, -90, -300, -86_400, 90, 3600])
    }
    isActive = paths.map { _ in random.chance(800) }
    heldBack = paths.map { _ in [] }
    if random.chance(800) { poll(paths.indices.map { history(of: $0, &random) }, &random) }
    for _ in 0..<random.number(1...30) { advance(&random) }
  }

  private mutating func advance(_ random: inout RandomSource) {
    quarters += random.pick([1, 2, 4, 4, 4, 8, 12, 40, 41, 60, 200])
    for index in paths.indices where random.chance(60) { isActive[index].toggle() }
    for index in paths.indices where random.chance(20) {
      leads[index] += random.pick([-90, 90, 3600])
    }
    let lines = paths.indices.map { index -> [[UInt8]] in
      guard isActive[index] else { return [] }
      let now = now(index)
      let lines = (0..<random.number(0...6)).flatMap { _ in
        let late = random.number(Int64(0)...2)
        return writers[index].lines(at: now - late, &random)
      }
      // A server that flushes late.
      if random.chance(150) {
        heldBack[index] += lines
        return []
      }
      defer { heldBack[index] = [] }
      return heldBack[index] + lines
    }
    poll(lines, &random)
  }

  private func now(_ index: Int) -> Int64 { options.wallClock + quarters / 4 + leads[index] }

  private mutating func history(of index: Int, _ random: inout RandomSource) -> [[UInt8]] {
    guard random.chance(800) else { return [] }
    let last = now(index)
    let times = (0..<random.number(1...40)).map { _ in last - random.number(0...200) }
    return times.sorted().flatMap { writers[index].lines(at: $0, &random) }
  }

  private mutating func poll(_ lines: [[[UInt8]]], _ random: inout RandomSource) {
    let monotonic = 5000 + Double(quarters) / 4
    let wallClock = options.wallClock + quarters / 4
    polls.append(
      lines.map { lines in
        Poll(
          monotonic: monotonic, wallClock: wallClock,
          bytes: lines.flatMap { $0 + [10] })
      })
  }
}
