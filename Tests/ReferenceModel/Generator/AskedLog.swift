/// A small log that is generated from a seed, with a filter or rules that fit it.
package struct AskedLog: Sendable {
  package var bytes: [UInt8]
  package var options: ModelOptions

  /// A log of any kind and a filter.
  package init(filterSeed seed: UInt64) {
    var random = RandomSource(seed: seed &* 104_729 &+ 7)
    for _ in 0..<4 { _ = random.next() }
    let log = GeneratedLog(seed: random.next())
    (bytes, options) = (log.bytes, log.options)
    options.filter = FilterWriter(Self.records(bytes, options)).filter(&random)
  }

  /// A log with rules, and sometimes a filter.
  package init(ruleSeed seed: UInt64) {
    var random = RandomSource(seed: seed &* 224_737 &+ 11)
    for _ in 0..<4 { _ = random.next() }
    if random.chance(500) {
      let log = GeneratedLog(seed: random.next())
      (bytes, options) = (log.bytes, log.options)
    } else {
      (bytes, options) = Self.steadyLog(&random)
    }
    // A clock that starts so far back says nothing more about rules.
    options.lateness = min(options.lateness, 100)
    options.ranks = []
    if random.chance(250) {
      options.filter = FilterWriter(Self.records(bytes, options)).filter(&random)
    }
    options.hasHighTrafficRule = random.chance(500)
    let read = ReferenceModel.read(bytes, options.path, options)
    guard let traffic = read.traffic(options) else { return }
    let writer = RuleWriter(traffic)
    let names = ["errors", "slow", "rule-3", "4", "A.b_c"]
    for name in names.prefix(random.number(1...4)) {
      options.rules.append(writer.rule(name: name, &random))
    }
  }

  private static func records(_ bytes: [UInt8], _ options: ModelOptions) -> [ModelRecord] {
    ReferenceModel.read(bytes, options.path, options).clock.hits
  }

  /// A log of busy and quiet times without wrong clocks: long enough for what is usual to be known.
  private static func steadyLog(
    _ random: inout RandomSource
  ) -> (bytes: [UInt8], options: ModelOptions) {
    let format = random.pick([
      "combined", "csv", "json", "caddy", "traefik", "alb", "envoy", "squid",
      LayoutLineWriter.formats[0], LayoutLineWriter.formats[4],
    ])
    var options = GeneratedLog.options(format: format, &random)
    options.lateness = random.pick([0, 1, 2, 2, 5])
    options.maxJump = 1000
    var writer = LineWriter(format: format, zone: options.logZone, &random)
    var bytes: [UInt8] = []
    var now = options.wallClock - random.number(100_000...1_000_000)
    let jitter = options.lateness + random.number(0...1)
    let length = random.pick([200, 400, 800, 1200])
    var count = 0
    while count < length {
      // Hits in ten seconds.
      let pace = random.pick([0, 1, 1, 2, 5, 10, 20, 50])
      for _ in 0..<random.number(5...random.pick([30, 100, 300])) {
        now += 1
        let hits = pace / 10 + (random.number(0...9) < pace % 10 ? 1 : 0)
        for _ in 0..<hits {
          let time = now - (random.chance(200) ? random.number(0...jitter) : 0)
          for line in writer.lines(at: time, &random) { bytes += line + [10] }
          if random.chance(20) { bytes += writer.oddLine(&random) + [10] }
        }
        count += hits
      }
      count += 1
    }
    return (bytes, options)
  }
}
