import AccessLog
import Testing

@testable import TrafficGenerator

private let start = EpochSecond(1_773_476_813)

private func log(
  _ format: LineFormat, seconds: Int64 = 20, rate: Double = 7.5, seed: UInt64 = 1, zone: Int = 0,
  limit: Int = .max, site: Site = Site(), change: (inout Irregularities) -> Void = { _ in }
) -> [String] {
  var irregularities = Irregularities()
  change(&irregularities)
  var stream = TrafficStream(
    site: site, plan: .steady(rate: rate, origin: start), start: start, seed: seed,
    format: format, zone: zone, irregularities: irregularities)
  var bytes: [UInt8] = []
  while stream.append(to: &bytes, through: start.advanced(by: seconds - 1), atMost: limit) {}
  #expect(bytes.last == UInt8(ascii: "\n"))
  return String(decoding: bytes.dropLast(), as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false
  ).map(String.init)
}

@Suite struct TrafficStreamTests {
  @Test(arguments: LineFormat.allCases)
  func theSameSeedGivesTheSameLinesHoweverTheyAreSplit(format: LineFormat) {
    let whole = log(format)
    #expect(whole == log(format, limit: 1))
    #expect(whole == log(format, limit: 7))
    #expect(whole != log(format, seed: 2))
    #expect(whole.count == (format == .csv ? 151 : 150))
  }

  @Test func aCSVLogBeginsWithAHeader() {
    let lines = log(.csv)
    #expect(
      lines[0] == #""remotehost","rfc931","authuser","date","request","status","bytes""#)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields.count == 7, "\(line)")
      #expect(Int64(fields[3]).map { (0..<20).contains($0 - start.value) } == true)
      #expect(fields[4].hasPrefix("\"") && fields[4].hasSuffix("\""))
      #expect((100...599).contains(Int(fields[5]) ?? 0))
      #expect((Int(fields[6]) ?? -1) >= 0)
    }
  }

  @Test(arguments: [
    (0, "[14/Mar/2026:08:26:53 +0000]"), (60, "[14/Mar/2026:09:26:53 +0100]"),
    (-210, "[14/Mar/2026:04:56:53 -0330]"),
  ])
  func datesAreInTheRequestedTimeZone(zone: Int, date: String) {
    for format in [LineFormat.common, .combined, .vcombined] {
      let line = log(format, zone: zone)[0]
      #expect(line.contains(" - - \(date) \"") || line.contains(" \(date) \""), "\(line)")
    }
  }

  @Test func everyFormatHasItsFields() {
    let words = log(.vcombined)[0].split(separator: " ")
    #expect(words[0].hasSuffix("443"))
    let common = log(.common)[0]
    #expect(log(.combined)[0].hasPrefix(common + " \""))
    #expect(log(.vcombined)[0].contains(" " + common + " \""))
  }

  @Test func jitterMovesTimesBackByAtMostTheRequestedSeconds() {
    let lines = log(.csv, change: { $0.jitter = 3 }).dropFirst()
    let times = lines.compactMap { Int64($0.split(separator: ",")[3]) }
    var latest = Int64.min
    var behind = 0
    for (index, time) in times.enumerated() {
      latest = max(latest, time)
      #expect(start.value + Int64(Double(index) / 7.5) - time <= 4)
      if time < latest { behind += 1 }
    }
    #expect(behind > 0)
  }

  @Test func theRequestedNumberOfLinesIsIrregular() {
    let garbage = log(.csv, change: { $0.garbageEvery = 10 }).dropFirst()
    #expect(garbage.count { $0.split(separator: ",").count != 7 } == 15)
    let late = log(.csv, change: { $0.lateEvery = 50 }).dropFirst()
    #expect(late.count { Int64($0.split(separator: ",")[3])! < start.value + 20 - 25 } >= 3)
    let unique = log(.csv, change: { $0.uniqueEvery = 1 }).dropFirst()
    #expect(Set(unique.map { $0.split(separator: ",")[0] }).count == 150)
    #expect(Set(unique.map { $0.split(separator: " ")[1] }).count == 150)
  }

  @Test(arguments: [(0, 0...0), (5, 20...80), (50, 400...600), (100, 1000...1000)])
  func theRequestedShareOfTheLinesIsASecondEarly(percent: Int, early: ClosedRange<Int>) {
    let lines = log(.csv, seconds: 10, rate: 100, change: { $0.latePercent = percent }).dropFirst()
    let delays = lines.enumerated().map { index, line in
      start.value + Int64(index / 100) - (Int64(line.split(separator: ",")[3]) ?? 0)
    }
    #expect(delays.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(early.contains(delays.count { $0 == 1 }))
  }

  @Test func aPopularSectionStandsAmongNamesThatOccurOnce() {
    let lines = log(.csv, seconds: 40, rate: 100) { ($0.uniqueEvery, $0.popularEvery) = (1, 100) }
      .dropFirst()
    let targets = lines.map { $0.split(separator: " ")[1] }
    #expect(targets.count { $0 == "/popular/x" } == 40)
    #expect(Set(targets).count == 3961)
    #expect(Set(lines.map { $0.split(separator: ",")[0] }).count == 4000)
  }

  @Test func longAgentsMakeLongLines() {
    func bytesPerLine(_ site: Site) -> Int {
      let lines = log(.combined, seconds: 100, rate: 100, site: site)
      return lines.reduce(0) { $0 + $1.utf8.count + 1 } / lines.count
    }
    let size = bytesPerLine(Site(clients: 20_000, hasLongAgents: true))
    #expect((190...205).contains(size), "\(size)")
    #expect((150...170).contains(bytesPerLine(Site())))
  }

  @Test func noLineIsWrittenTwice() {
    var stream = TrafficStream.demo(now: start)
    var bytes: [UInt8] = []
    #expect(!stream.append(to: &bytes, through: start))
    let lines = stream.lines
    #expect(lines > 20_000)
    #expect(!stream.append(to: &bytes, through: start))
    #expect(stream.lines == lines)
    #expect(!stream.append(to: &bytes, through: start.advanced(by: 1)))
    #expect(stream.lines > lines)
  }
}
