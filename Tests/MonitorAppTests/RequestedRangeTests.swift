import AccessLog
import Engine
import Testing

@testable import MonitorApp

/// `--since` and `--until` resolved for a log. The last record of a file is of 2026-11-25 00:39:50 UTC,
/// the first record of a stream of 2026-11-24 23:40:00; now is an hour after the former.
@Suite struct RequestedRangeTests {
  private static let last: Int64 = 1_795_567_190
  private static let first: Int64 = 1_795_563_600
  private static let now: Int64 = last + 3600

  /// Where the records come from.
  enum Source: Sendable { case file, followedFile, emptyFile, stream, followedStream }

  private func resolve(
    _ line: String, _ source: Source, logOffset: Int = 0
  ) throws -> TimeRange {
    let words = line.split(separator: " ").map { Array($0.utf8) }
    let options = try Options.parse(words)
    let last = LastRecord(time: EpochSecond(Self.last), zoneOffset: logOffset)
    let readLastRecord: (() -> LastRecord?)? =
      switch source {
      case .file, .followedFile: { last }
      case .emptyFile: { nil }
      case .stream, .followedStream: nil
      }
    let following = source == .followedFile || source == .followedStream
    let resolution = try options.range.resolution(
      readLastRecord, following: following, now: EpochSecond(Self.now))
    switch resolution {
    case .known(let range): return range
    case .byFirstRecord(let range): return range(EpochSecond(Self.first), logOffset)
    }
  }

  private func range(_ since: Int64?, _ until: Int64?) -> TimeRange {
    TimeRange(since: since.map { EpochSecond($0) }, until: until.map { EpochSecond($0) })
  }

  @Test(
    arguments: [
      ("--since 23:50", 1_795_564_200, nil), ("--since 00:39:50", 1_795_567_190, nil),
      ("--since 00:39:51", 1_795_480_791, nil), ("--until 00:10", nil, 1_795_565_400),
      ("--since 23:50 --until 00:10", 1_795_564_200, 1_795_565_400),
      ("--since 00:10 --until 23:50", 1_795_565_400, 1_795_650_600),
      ("--since 12:00 --until 12:00", 1_795_521_600, 1_795_608_000),
      ("--since 1795564200 --until 00:10", 1_795_564_200, 1_795_565_400),
      ("--since 2026-11-20 --until 00:10", 1_795_132_800, 1_795_133_400),
      ("--since 10m", 1_795_566_591, nil), ("--until 5m", nil, 1_795_566_891),
      ("--since 10m --until 5m", 1_795_566_591, 1_795_566_891),
      ("--since 1h --until 00:10", 1_795_563_591, 1_795_565_400),
      ("--since 23:50 --until 10m", 1_795_564_200, 1_795_566_591),
      ("--since 0s", 1_795_567_191, nil), ("--until 0s", nil, 1_795_567_191),
      ("--since 999999999999w", 1_795_567_191 - 604_799_999_999_395_200, nil),
      // Only the log shows that the end is before the start.
      ("--since 23:50 --until 2026-11-24T12:00", 1_795_564_200, 1_795_521_600),
    ] as [(String, Int64?, Int64?)])
  func inAFileTimesAreBeforeTheLastRecord(line: String, since: Int64?, until: Int64?) throws {
    #expect(try resolve(line + " --utc", .file) == range(since, until))
  }

  @Test(
    arguments: [
      ("--since 10m", now - 599, nil), ("--since 1d --until 1h", now - 86_399, now - 3599),
      // The last occurrence in the log, although now is later.
      ("--since 00:39:50", last, nil), ("--since 23:50 --until 10m", 1_795_564_200, now - 599),
      ("--since 1h --until 00:30", now - 3599, 1_795_653_000),
    ] as [(String, Int64?, Int64?)])
  func inAFollowedFileDurationsCountBackFromNow(line: String, since: Int64?, until: Int64?) throws {
    #expect(try resolve(line + " --utc", .followedFile) == range(since, until))
  }

  @Test(
    arguments: [
      ("--since 23:50", 1_795_564_200, nil), ("--until 00:10", nil, 1_795_479_000),
      ("--since 23:50 --until 00:10", 1_795_564_200, 1_795_565_400),
      ("--since 00:10", 1_795_479_000, nil), ("--since 2026-11-25", 1_795_564_800, nil),
    ] as [(String, Int64?, Int64?)],
    [Source.stream, .followedStream])
  func inAStreamTimesAreOnTheDayOfTheFirstRecord(
    times: (line: String, since: Int64?, until: Int64?), source: Source
  ) throws {
    #expect(try resolve(times.line + " --utc", source) == range(times.since, times.until))
  }

  /// Its first record is then also its last.
  @Test(
    arguments: [
      ("--since 23:50", 1_795_477_800), ("--since 23:40", 1_795_563_600),
      ("--since 10m", 1_795_563_001),
    ] as [(String, Int64)])
  func aFileWithoutARecordWaitsForItsFirst(line: String, since: Int64) throws {
    #expect(try resolve(line + " --utc", .emptyFile) == range(since, nil))
  }

  @Test(
    arguments: [
      ("--since 08:26", 3600, 1_795_505_160), ("--since 08:26", -3600, 1_795_512_360),
      ("--since 01:00 --until 01:20", 3600, 1_795_564_800),
      ("--since 2026-11-25", 3600, 1_795_561_200), ("--since 10m", 3600, 1_795_566_591),
      ("--since 1795564200", 3600, 1_795_564_200),
    ] as [(String, Int, Int64)])
  func timesAreInTheZoneOfTheLogIfItIsDisplayed(line: String, offset: Int, since: Int64) throws {
    #expect(
      try resolve(line + " --log-time", .file, logOffset: offset).since == EpochSecond(since))
  }

  @Test(arguments: [
    ("--since 10m", "--since"), ("--until 5m", "--until"), ("--since 10m --until 5m", "--since"),
    ("--since 23:50 --until 5m", "--until"),
  ])
  func durationsNeedAStreamToBeFollowed(line: String, option: String) throws {
    let error = #expect(throws: UsageError.self) { try resolve(line, .stream) }
    #expect(error?.object == option)
    #expect(try resolve(line, .followedStream).isEmpty == false)
  }

  @Test(
    arguments: [
      "--since 5m --until 10m", "--since 5m --until 5m", "--since 1h --until 60m",
      "--since 2026-11-25 --until 2026-11-25", "--since 2026-11-25T12:00 --until 2026-11-25T11:00Z",
      "--since 1795564200 --until 2026-11-01",
    ], [Source.file, .followedFile, .stream, .followedStream])
  func anEmptyRangeIsAnError(line: String, source: Source) {
    #expect(throws: UsageError.emptyRange) { try resolve(line + " --utc", source) }
  }

  @Test(arguments: ["--since 10m --until 2026-11-25T00:00", "--since 2026-11-25T01:39 --until 1m"])
  func inAFollowedFileAnEmptyRangeIsFoundWithoutARecord(line: String) throws {
    #expect(throws: UsageError.emptyRange) { try resolve(line + " --utc", .followedFile) }
    _ = try resolve(line + " --utc", .file)
  }
}
