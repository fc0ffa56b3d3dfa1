import AccessLog
import MonitorApp
import Testing

/// The zone of times that a log writes without one.
@Suite struct NamedZoneTests {
  /// Paris in 2026.
  private static let paris = NamedZone(changes: [
    NamedZone.Change(EpochSecond(1_761_440_400), offset: 3600),
    NamedZone.Change(EpochSecond(1_774_746_000), offset: 7200),
    NamedZone.Change(EpochSecond(1_792_890_000), offset: 3600),
  ])

  private static let winter = CivilTime(year: 2026, month: 11, day: 25, hour: 12)

  @Test(arguments: [
    ("UTC", 1_795_608_000), ("Z", 1_795_608_000), ("+01:00", 1_795_604_400),
    ("-0330", 1_795_620_600),
  ])
  func offsetsAreUnderstood(zone: String, instant: Int64) throws {
    #expect(try #require(NamedZone(zone)).instant(Self.winter) == EpochSecond(instant))
  }

  @Test(
    arguments: [
      (CivilTime(year: 2026, month: 7, day: 1, hour: 12), 1_782_900_000), (winter, 1_795_604_400),
      // Occurs twice: the first.
      (CivilTime(year: 2026, month: 10, day: 25, hour: 2, minute: 30), 1_792_888_200),
      // Is skipped: the change.
      (CivilTime(year: 2026, month: 3, day: 29, hour: 2, minute: 30), 1_774_746_000),
      // Outside the known years: the nearest offset.
      (CivilTime(year: 1, month: 1, day: 1), -62_135_600_400),
      (CivilTime(year: 9999, month: 12, day: 31), 253_402_210_800),
    ] as [(CivilTime, Int64)])
  func timesAreConvertedWithTheOffsetOfTheirDay(time: CivilTime, instant: Int64) {
    #expect(Self.paris.instant(time) == EpochSecond(instant))
  }

  @Test(arguments: [
    "", "Foo/Bar", "../etc/passwd", "/etc/localtime", "+25:00", "1", "Europe", "x y",
  ])
  func anythingElseIsNoZone(zone: String) {
    #expect(NamedZone(zone) == nil)
  }
}
