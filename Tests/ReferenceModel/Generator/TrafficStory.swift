/// The times of a generated log in the order of its lines: steady traffic in which clocks are
/// wrong, servers are silent, and lines are late.
struct TrafficStory {
  private(set) var options: ModelOptions
  private(set) var times: [Int64] = []

  private let count: Int
  /// Whether it has enough lines for a thousand to be quarantined. Then no line is damaged.
  var isLong: Bool { count >= 2000 }
  /// The time of the correct clock.
  private var now: Int64 = 0
  /// How far lines may be behind it, in seconds.
  private let jitter: Int64

  init(options: ModelOptions, _ random: inout RandomSource) {
    self.options = options
    count = Self.length(&random)
    jitter = random.pick([0, 0, 0, 1, 2, 3, 5])
    setClocks(&random)
    let calm = random.pick([0, 20, 100, 300])
    if random.chance(100) { for time in rogueTimes(&random) { add(time) } }
    // A thousand records can be quarantined only after the time of the log is known.
    if isLong {
      for _ in 0..<150 { step(&random) }
      contest(&random)
    }
    while times.count < count {
      if random.chance(calm) { incident(&random) } else { step(&random) }
    }
    if random.chance(100) { for time in rogueTimes(&random) { add(time) } }
  }

  /// Mostly few lines; sometimes enough for rules that apply from a hundred or a thousand records
  /// on.
  private static func length(_ random: inout RandomSource) -> Int {
    switch random.number(0...99) {
    case 0...3: 0
    case 4...49: random.number(1...30)
    case 50...79: random.number(30...150)
    case 80...92: random.number(150...500)
    default: random.number(2000...2400)
    }
  }

  private mutating func setClocks(_ random: inout RandomSource) {
    switch random.number(0...19) {
    case 0: now = random.number(-7200...7200)
    case 1: now = random.pick([firstSecond + 100_000, lastSecond - 100_000])
    case 2: now = options.wallClock + random.number(1...10_000)
    case 3...8: now = options.wallClock + random.number(-500...100)
    default: now = options.wallClock - random.number(1_000...100_000_000)
    }
    if random.chance(60) { options.since = now + random.number(-10...60) }
    if random.chance(60) { options.until = now + random.number(-10...200) }
  }

  private mutating func add(_ time: Int64) {
    // Years that the common log format cannot express are excluded.
    times.append(min(max(time, firstSecond + 86_400), lastSecond - 86_400))
  }

  private mutating func step(_ random: inout RandomSource) {
    now += random.pick([0, 0, 0, 0, 1, 1, 1, 2, random.number(0...12)])
    add(now - random.number(0...jitter))
  }

  private mutating func incident(_ random: inout RandomSource) {
    let jump = min(options.maxJump, 1_000_000)
    let lateness = min(options.lateness, 1_000_000)
    switch random.number(0...14) {
    case 10...12: exactLeaps(&random)
    case 13: contest(&random)
    case 14: leapsWithinLeaps(&random)
    case 0: add(now - lateness - random.number(-2...3))
    case 1: add(now - random.number(0...200))
    case 2: for _ in 0..<random.number(1...40) { add(now) }
    case 3: now += random.number(1...300)
    case 4: now += random.pick([3_600, 86_400, 31_536_000, 315_360_000])
    case 5: add(now + jump + random.number(-1...2))
    case 6: for time in rogueTimes(&random) { add(time) }
    case 7: now += jump + random.number(0...100)
    case 8: twoClocks(&random)
    default: add(options.wallClock + jump + random.number(-2...2))
    }
  }

  /// Times of a clock that is far off; they may be enough to be believed, or too few.
  private func rogueTimes(_ random: inout RandomSource) -> [Int64] {
    let jump = min(options.maxJump, 1_000_000)
    let start = random.pick([
      4_102_444_800, 536_457_600, now + 3_600, now - 3_600, now + jump + 1,
      options.wallClock + jump, options.wallClock + jump + 1, lastSecond, firstSecond,
    ])
    let length = random.pick([1, 1, 1, 2, 3, 10, 99, 100, 101, 150])
    let pace = random.pick([0, 0, 1, jump])
    return (0..<Int64(min(length, max(1, count)))).map { start + $0 * pace }
  }

  /// Times at the boundary: one second decides whether they leap.
  private mutating func exactLeaps(_ random: inout RandomSource) {
    let jump = min(options.maxJump, 1_000_000)
    for _ in 0..<random.number(1...3) {
      let time = now + jump + random.number(Int64(0)...1)
      add(time)
      if random.chance(500) { now = time }
      if random.chance(300) { add(now - random.number(Int64(0)...2)) }
    }
  }

  /// Leaps and ordinary times in numbers that just decide which of them are real.
  private mutating func contest(_ random: inout RandomSource) {
    let target = now + min(options.maxJump, 1_000_000) + random.pick([1, 2, 10, 900])
    add(now)
    // Only a long log can have a thousand quarantined records.
    let waiting = isLong ? random.pick([1000, 1000, 1000, 999]) : random.pick([1, 2, 30])
    let lead = random.pick([0, 0, 0, 0, 0, -1, 1, 50, -50, -50, 98, 99, 100, -98, -99, -100])
    var leaps = waiting - 1
    var ordinary = max(0, waiting - lead)
    // Ordinary records are counted from the first leap on.
    add(target)
    while leaps + ordinary > 0 {
      // Nearly alternating: neither side gets far ahead before the end.
      if leaps > ordinary || (leaps == ordinary && random.chance(500)) {
        leaps -= 1
        add(target + (random.chance(20) ? random.number(Int64(0)...3) : 0))
      } else {
        ordinary -= 1
        add(now)
      }
    }
    if random.chance(400) { now = target }
  }

  /// Records that leap, and among them some that leap again: one clock after another, or mixed.
  private mutating func leapsWithinLeaps(_ random: inout RandomSource) {
    let jump = min(options.maxJump, 1_000_000)
    let steps = random.number(2...4)
    let each = random.pick([1, 3, 40, 60, 101])
    var times: [Int64] = []
    for step in 1...steps {
      let time = now + Int64(step) * (jump + random.pick([1, 1, 5, 100]))
      times += [Int64](repeating: time, count: each)
    }
    if random.chance(400) { times.reverse() }
    if random.chance(300) {
      for index in times.indices.dropLast() {
        times.swapAt(index, random.number(index...(times.count - 1)))
      }
    }
    for time in times { add(time) }
    if random.chance(300) { now = times.max() ?? now }
  }

  /// Two servers whose clocks differ write to one log.
  private mutating func twoClocks(_ random: inout RandomSource) {
    let jump = min(options.maxJump, 1_000_000)
    let offset = random.pick([jump + 1, jump + 5, 3_600 + jump, 86_400])
    let share = random.pick([450, 500, 520, 550, 900])
    for _ in 0..<random.number(1...max(2, count)) {
      now += random.pick([0, 0, 0, 0, 0, 1])
      add(random.chance(share) ? now + offset : now)
    }
  }
}
