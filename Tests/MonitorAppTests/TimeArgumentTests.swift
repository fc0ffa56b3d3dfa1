import AccessLog
import Testing

@testable import MonitorApp

/// Times as they are typed after `--since` and `--until`.
@Suite struct TimeArgumentTests {
  @Test(arguments: [
    ("1773476813", TimeArgument.instant(EpochSecond(1_773_476_813))),
    ("-5", .instant(EpochSecond(-5))),
    ("1773476813.5", .instant(EpochSecond(1_773_476_813))),
    ("-5.5", .instant(EpochSecond(-6))), ("-0.5", .instant(EpochSecond(-1))),
    ("2026-03-14T08:26:53.9Z", .instant(EpochSecond(1_773_476_813))),
    ("2026-03-14T08:26:53Z", .instant(EpochSecond(1_773_476_813))),
    ("2026-03-14T09:26:53+01:00", .instant(EpochSecond(1_773_476_813))),
    ("2026-03-14 09:26:53+0100", .instant(EpochSecond(1_773_476_813))),
    ("2026-03-14", .civil(CivilTime(year: 2026, month: 3, day: 14))),
    ("2026-03-14T08:26", .civil(CivilTime(year: 2026, month: 3, day: 14, hour: 8, minute: 26))),
    ("08:26", .ofDay(8 * 3600 + 26 * 60)), ("23:59:59", .ofDay(86_399)), ("00:00", .ofDay(0)),
    ("90s", .before(seconds: 90)), ("10m", .before(seconds: 600)), ("2h", .before(seconds: 7200)),
    ("1d", .before(seconds: 86_400)), ("1w", .before(seconds: 604_800)),
    ("0s", .before(seconds: 0)),
    ("999999999999w", .before(seconds: 604_799_999_999_395_200)),
  ])
  func aTimeIsParsedInEveryForm(text: String, time: TimeArgument) {
    #expect(TimeArgument(text) == time)
  }

  @Test(arguments: [
    "", "8:26", "24:00", "08:60", "08:26:60", "08:26x", "2026-02-29", "2026-13-01", "2026-03-14T",
    "2026-03-14T25:00", "2026-03-14T08:26:53+15:00", "2026-03-14Z08:26", "now", "1e9", "5.", ".5",
    "5.5.5", "2026-03-14T08:26:53.Z", "08:26:53.",
    "m", "10M", "10min", "-10m", "+10m", "1.5h", "10 m", "1h30m", "9999999999999s", "10y",
    "１０m",
  ])
  func anythingElseIsRejected(text: String) {
    #expect(TimeArgument(text) == nil)
  }
}
