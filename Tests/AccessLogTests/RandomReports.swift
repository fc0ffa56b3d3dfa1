import ReferenceModel

@testable import AccessLog

extension ClosedSecond {
  /// A random second, with names of arbitrary bytes.
  static func random(_ random: inout RandomSource, hits: Int? = nil) -> ClosedSecond {
    let times: [Int64] = [
      0, -1, 1_773_476_813, -62_135_596_800, 253_402_300_799, random.number(-99...99),
    ]
    var closed = ClosedSecond(second: EpochSecond(random.pick(times)))
    for _ in 0..<(hits ?? random.number(0...40)) {
      closed.traffic.add(
        bytes: random.pick([0, 1, 127, 128, 65_535, Int64.max]),
        status: random.pick(StatusClass.allCases), method: random.pick(Method.allCases + [nil]))
    }
    if random.chance(500) {
      closed.names = PerDimension([DimensionSet(.path)], repeating: CountedNames())
    }
    for dimension in closed.names.dimensions {
      closed.names[dimension] = names(of: closed.traffic.hits, &random)
    }
    if closed.traffic.hits > 0, random.chance(500) { closed.latencies = latencies(of: closed) }
    return closed
  }

  /// A latency of each hit, and of each listed name.
  private static func latencies(of second: ClosedSecond) -> ClosedLatencies {
    ClosedLatencies(
      max: 1234, all: [ClosedLatencies.Count(name: 0, bucket: 70, hits: second.traffic.hits)],
      names: PerDimension(withOthers: second.names.hasOthers) { dimension in
        second.names[dimension].names.indices.map {
          ClosedLatencies.Count(name: $0, bucket: UInt16($0), hits: 1)
        }
      })
  }

  private static func names(of hits: Int, _ random: inout RandomSource) -> CountedNames {
    var names: Set<Name> = []
    for _ in 0..<random.number(0...hits) {
      names.insert(Name((0..<random.number(0...20)).map { _ in UInt8(random.number(0...255)) }))
    }
    let counted = names.sorted().map { name in
      let errors = random.number(0...1)
      return CountedName(
        name: name, hits: 1, clientErrors: errors, serverErrors: random.number(0...(1 - errors)),
        bytes: random.pick([0, 300, Int64.max]))
    }
    return CountedNames(
      names: counted, bound: random.number(0...(hits - counted.count)),
      distinct: random.chance(300) ? distinctNames(hits, &random) : nil)
  }

  private static func distinctNames(_ count: Int, _ random: inout RandomSource) -> DistinctNames {
    var names = DistinctNames()
    names.insert(
      (0..<count).map { _ in UInt64(random.number(0...1 << 60)) << 3 },
      distinct: random.chance(500) ? .max : 0)
    return names
  }
}

extension SecondReport {
  /// A random report, whose figures agree.
  static func random(_ random: inout RandomSource) -> SecondReport {
    let closesNone = random.chance(200)
    let closed = ClosedSecond.random(&random, hits: closesNone ? 0 : nil)
    let through = closed.second
    // The first time of all is the earliest that a report can begin with.
    let most = min(closed.second.value + 62_135_596_800, 1000)
    let from = through.advanced(by: closesNone ? 1 : -random.number(0...most))
    var report = SecondReport(from: from, closed: closed)
    report.lines.late = random.chance(300) ? random.number(1...20) : 0
    report.lines.hits = report.lines.late + (random.chance(700) ? random.number(0...100) : 0)
    report.lines.filtered = random.number(0...3)
    report.lines.filteredLate = random.number(0...report.lines.filtered)
    report.lines.ignored = report.lines.filtered + random.number(0...200)
    for reason in Rejection.allCases where random.chance(300) {
      report.lines.rejected[reason] = random.number(1...300)
    }
    report.lines.lines = report.lines.hits + report.lines.ignored + report.lines.rejected.total
    let times = [through, EpochSecond(0), ClosedSecond.first, ClosedSecond.last].sorted()
    if report.lines.hits > 0 {
      report.hitTimes = random.pick(Array(times[..<2]))...random.pick(Array(times[2...]))
    }
    if report.lines.late > 0 {
      report.late = ClosedSecond.random(&random, hits: report.lines.late)
    }
    if random.chance(800) { report.head = random.pick(times) }
    report.isEnd = random.chance(100)
    return report
  }
}

extension ClosedSecond {
  static let first = EpochSecond(times.lowerBound)
  static let last = EpochSecond(times.upperBound)
}

extension SentReport {
  /// A random message of a sender whose name has arbitrary bytes.
  static func random(_ random: inout RandomSource) -> SentReport {
    let names = [
      Name("web1:/var/log/nginx/access.log"), Name("\"\\/\n\u{1}\u{7F}\u{2028}\u{1F600}é"),
      Name([0xFF, 0x41]),
      Name((0...random.number(0...40)).map { _ in UInt8(random.number(0...255)) }),
    ]
    return SentReport(
      sender: random.pick(names), series: random.pick([0, 1, .max, random.next()]),
      sequence: random.pick([1, 127, 1 << 53, .max]), report: .random(&random))
  }
}
