import AccessLog
import MonitorApp
import Testing

/// The zone of times that a log writes without one.
@Suite struct NamedZoneTests {
  private func second(_ zone: String, _ time: CivilTime) throws -> Int64 {
    try #require(NamedZone(zone)).instant(time).value
  }

  private static let summer = CivilTime(year: 2026, month: 7, day: 1, hour: 12)
  private static let winter = CivilTime(year: 2026, month: 11, day: 25, hour: 12)

  @Test(arguments: [
    ("UTC", 1_782_907_200, 1_795_608_000), ("Z", 1_782_907_200, 1_795_608_000),
    ("+01:00", 1_782_903_600, 1_795_604_400), ("-0330", 1_782_919_800, 1_795_620_600),
    ("Europe/Paris", 1_782_900_000, 1_795_604_400),
    ("Asia/Kathmandu", 1_782_886_500, 1_795_587_300),
    ("America/New_York", 1_782_921_600, 1_795_626_000),
  ])
  func offsetsAndNamesAreUnderstood(zone: String, summer: Int64, winter: Int64) throws {
    #expect(try second(zone, Self.summer) == summer)
    #expect(try second(zone, Self.winter) == winter)
  }

  /// On 2026-10-25 02:30 occurs twice in Paris, on 2026-03-29 it does not occur.
  @Test func aTimeThatOccursTwiceIsTheFirstAndOneThatIsSkippedTheChange() throws {
    let twice = CivilTime(year: 2026, month: 10, day: 25, hour: 2, minute: 30)
    #expect(try second("Europe/Paris", twice) == 1_792_888_200)
    let never = CivilTime(year: 2026, month: 3, day: 29, hour: 2, minute: 30)
    #expect(try second("Europe/Paris", never) == 1_774_746_000)
  }

  @Test func timesOutsideTheKnownYearsHaveTheNearestOffset() throws {
    #expect(try second("Europe/Paris", CivilTime(year: 1, month: 1, day: 1)) < -62_135_596_000)
    #expect(try second("Europe/Paris", CivilTime(year: 9999, month: 12, day: 31)) > 253_402_000_000)
  }

  @Test(arguments: [
    "", "Foo/Bar", "../etc/passwd", "/etc/localtime", "+25:00", "1", "Europe", "cet x",
  ])
  func anythingElseIsNoZone(zone: String) {
    #expect(NamedZone(zone) == nil)
  }
}
