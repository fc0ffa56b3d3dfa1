import AccessLog
import Testing

@testable import MonitorApp

/// Times of day by a clock that is put forward at 02:00 on 2026-03-29 and back at 03:00 on 2026-10-25,
/// as in central Europe.
@Suite struct ZoneClockTests {
  private let clock = ZoneClock { second in
    (1_774_746_000..<1_792_890_000).contains(second.value) ? 7200 : 3600
  }

  private static func time(_ text: String) -> CivilTime {
    guard case .civil(let time)? = TimeArgument(text) else { return CivilTime(EpochSecond(0)) }
    return time
  }

  private static func ofDay(_ text: String) -> Int {
    guard case .ofDay(let seconds)? = TimeArgument(text) else { return -1 }
    return seconds
  }

  @Test(
    arguments: [
      ("2026-01-01T12:00", [1_767_265_200]), ("2026-07-01T12:00", [1_782_900_000]),
      ("2026-03-29T01:59:59", [1_774_745_999]), ("2026-03-29T02:00", []),
      ("2026-03-29T02:59:59", []), ("2026-03-29T03:00", [1_774_746_000]),
      ("2026-10-25T01:59:59", [1_792_886_399]),
      ("2026-10-25T02:00", [1_792_886_400, 1_792_890_000]),
      ("2026-10-25T02:59:59", [1_792_889_999, 1_792_893_599]),
      ("2026-10-25T03:00", [1_792_893_600]),
    ] as [(String, [Int64])])
  func theClockShowsATimeOnceTwiceOrNever(time: String, instants: [Int64]) {
    #expect(
      clock.instants(showing: Self.time(time).epochSecond) == instants.map { EpochSecond($0) })
  }

  /// The skipped hour begins and ends at the second of the change.
  @Test(arguments: [
    ("2026-03-29T02:00", 1_774_746_000), ("2026-03-29T02:30", 1_774_746_000),
    ("2026-03-29T03:00", 1_774_746_000), ("2026-10-25T02:30", 1_792_888_200),
  ])
  func theFirstInstantOfASkippedTimeIsTheChange(time: String, instant: Int64) {
    #expect(clock.first(showing: Self.time(time)) == EpochSecond(instant))
  }

  @Test(
    arguments: [
      // The same day, the day before, the very second.
      ("12:00", 1_767_268_800, 1_767_265_200), ("23:50", 1_767_223_200, 1_767_221_400),
      ("12:00", 1_767_265_200, 1_767_265_200), ("12:00", 1_767_265_199, 1_767_178_800),
      // Skipped on that day: the day before.
      ("02:30", 1_774_756_800, 1_774_661_400),
      // Repeated on that day: the second time, or the first one before that.
      ("02:30", 1_792_893_000, 1_792_891_800), ("02:30", 1_792_891_800, 1_792_891_800),
      ("02:30", 1_792_891_799, 1_792_888_200),
      // Across a day of 23 hours and one of 25.
      ("12:00", 1_774_778_399, 1_774_695_600), ("12:00", 1_792_925_999, 1_792_836_000),
    ] as [(String, Int64, Int64)])
  func theLastTimeOfDayIsNotAfterTheEnd(ofDay: String, end: Int64, instant: Int64) {
    let found = clock.last(ofDay: Self.ofDay(ofDay), notAfter: EpochSecond(end))
    #expect(found == EpochSecond(instant))
  }

  @Test(
    arguments: [
      ("00:10", 1_767_221_400, 1_767_222_600), ("12:00", 1_767_265_199, 1_767_265_200),
      ("12:00", 1_767_265_200, 1_767_351_600), ("02:30", 1_774_742_400, 1_774_834_200 - 3600),
      ("02:30", 1_792_880_000, 1_792_888_200), ("02:30", 1_792_888_200, 1_792_891_800),
    ] as [(String, Int64, Int64)])
  func theFirstTimeOfDayIsAfterTheStart(ofDay: String, start: Int64, instant: Int64) {
    let found = clock.first(ofDay: Self.ofDay(ofDay), after: EpochSecond(start))
    #expect(found == EpochSecond(instant))
  }

  @Test(arguments: [
    ("23:50", 1_767_222_600, 1_767_307_800), ("02:30", 1_774_756_800, 1_774_746_000),
    ("02:30", 1_792_893_000, 1_792_888_200), ("00:00", 1_767_222_000, 1_767_222_000),
  ])
  func theTimeOfDayOnADayIsItsFirstOccurrence(ofDay: String, day: Int64, instant: Int64) {
    let found = clock.first(ofDay: Self.ofDay(ofDay), onDayOf: EpochSecond(day))
    #expect(found == EpochSecond(instant))
  }

  /// Samoa skipped 2011-12-30.
  @Test func aSkippedDayIsPassedOver() {
    let clock = ZoneClock { $0.value < 1_325_239_200 ? -36_000 : 50_400 }
    let noon = clock.last(ofDay: 43_200, notAfter: EpochSecond(1_325_239_200 + 3600))
    #expect(noon == EpochSecond(1_325_239_200 - 43_200))
    #expect(clock.first(ofDay: 43_200, after: noon) == EpochSecond(1_325_239_200 + 43_200))
  }

  /// Before 1970, and at the edges of what a log can hold.
  @Test(arguments: [-62_135_596_800, -1, 0, 253_402_300_799] as [Int64])
  func anyRecordHasALastTimeOfDay(record: Int64) {
    let midnight = clock.last(ofDay: 0, notAfter: EpochSecond(record))
    #expect((0..<86_400).contains(EpochSecond(record).seconds(since: midnight)))
  }
}
