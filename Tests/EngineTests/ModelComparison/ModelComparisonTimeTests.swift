import ReferenceModel
import Testing

/// The forms of the time in the brackets of the common-log family, for the model and the product.
@Suite struct ModelComparisonTimeTests {
  @Test(
    arguments: Runner.allCases,
    [
      ("25/Nov/2026:12:00:02 +0000", 1_795_608_002), ("25/Nov/2026 12:00:02", 1_795_608_002),
      ("25/Nov/2026:12:00:02", 1_795_608_002), ("25/Nov/2026:12:00:02.999", 1_795_608_002),
      ("25/Nov/2026:12:00:02,5 -0100", 1_795_611_602),
      ("25/Nov/2026 12:00:60 +0000", 1_795_608_060),
      ("2026-11-25T12:00:02Z", 1_795_608_002), ("2026-11-25 12:00:02", 1_795_608_002),
      ("2026-11-25T12:00:02.5+01:00", 1_795_604_402), ("2026-11-25T12:00:02+0130", 1_795_602_602),
      ("2026-11-25T12:00:02-01", 1_795_611_602), ("2026-11-25 12:00:02,123 +01:00", 1_795_604_402),
      ("2026-11-25T12:00:02 Z", 1_795_608_002), ("2026-11-25T12:00:02-14:59", 1_795_661_942),
      ("1795608002", 1_795_608_002), ("1795608002.999", 1_795_608_002), ("-1", -1), ("-0.5", -1),
    ])
  func aBracketMayHoldATimeInAnyOfTheseForms(
    runner: Runner, example: (text: String, time: Int)
  ) throws {
    #expect(try runner.figures([combined(example.text)]).first == example.time)
  }

  @Test(
    arguments: Runner.allCases,
    [
      "", "-", "25/Nov/2026", "25/Nov/2026T12:00:02", "25/Nov/2026  12:00:02",
      "25/Nov/2026:12:00:02 Z", "25/Nov/2026:12:00:02+0000", "25/Nov/2026:12:00:02 +00:00",
      "25/Nov/2026:12:00:02 +00", "25/Nov/2026:12:00:02.", "25/Nov/2026:12:00:02 ",
      "25/11/2026:12:00:02 +0000", "2026-11-25", "2026-11-25T12:00", "2026-11-25T12:00:02  Z",
      "2026-11-25T12:00:02z", "2026-11-25T12:00:02.", "2026-11-25T12:00:02+1",
      "2026-11-25:12:00:02",
      "2026-11-25T12:00:02+15:00", "2026-11-25T12:00:02+00:60", "2026-02-29T12:00:02Z",
      "2026-13-01T12:00:02Z", "2026-11-25T24:00:00Z", "2026-11-25T12:00:61Z", " 1795608002",
      "1795608002 ", "+1795608002", "1795608002,5", "253402300800", "0000-01-01T00:00:00Z",
    ])
  func aTimeInAnyOtherFormIsNone(runner: Runner, text: String) throws {
    let figures = try runner.figures([combined(text)]) { $0.format = "combined" }
    #expect(figures.rejected("time") == 1)
  }

  @Test(arguments: Runner.allCases, [3600, -12_600, 53_940])
  func onlyATimeWithoutAZoneIsInTheZoneThatIsSet(runner: Runner, zone: Int64) throws {
    func first(_ time: String) throws -> Int? {
      try runner.figures([combined(time)]) { $0.logZone = zone }.first
    }
    #expect(try first("25/Nov/2026:12:00:02") == 1_795_608_002 - Int(zone))
    #expect(try first("2026-11-25 12:00:02") == 1_795_608_002 - Int(zone))
    #expect(try first("25/Nov/2026:12:00:02 +0000") == 1_795_608_002)
    #expect(try first("2026-11-25T12:00:02Z") == 1_795_608_002)
    #expect(try first("1795608002") == 1_795_608_002)
  }
}
