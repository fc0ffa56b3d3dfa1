import AccessLog
import LogParsing
import Testing

/// The times that the brackets of the common-log family may hold.
@Suite struct BracketTimeTests {
  private func log(_ time: String) -> String {
    "10.0.0.1 - - [\(time)] \"GET /a/x HTTP/1.1\" 200 5\n"
  }

  @Test(arguments: [
    "14/Mar/2026:08:26:53 +0000", "14/Mar/2026:09:26:53 +0100", "14/Mar/2026 08:26:53 +0000",
    "14/Mar/2026:08:26:53", "14/Mar/2026 08:26:53", "14/Mar/2026:08:26:53.987 +0000",
    "14/Mar/2026:09:26:53,1 +0100", "14/Mar/2026:08:26:53.9", "2026-03-14T08:26:53Z",
    "2026-03-14T08:26:53", "2026-03-14 08:26:53", "2026-03-14 08:26:53.123",
    "2026-03-14T08:26:53,9Z",
    "2026-03-14T09:26:53+01:00", "2026-03-14T09:26:53+0100", "2026-03-14T09:26:53.5+01",
    "2026-03-14 02:56:53 -0530", "2026-03-14T08:26:53 Z", "1773476813", "1773476813.999",
  ])
  func eachFormOfATimeIsRead(time: String) {
    let expected = [EpochSecond(1_773_476_813)]
    #expect(ParsedLog(log(time)).times == expected)
    // Whatever was read before, the same text means the same.
    let usual = log("14/Mar/2026:08:26:53 +0000")
    #expect(
      ParsedLog(usual + log(time) + log(time) + usual).times == expected + expected + expected
        + expected)
  }

  @Test(arguments: [
    "14/Mar/2026:08:26:53 ", "14/Mar/2026:08:26:53.", "14/Mar/2026:08:26:53 0100",
    "14/Mar/2026:08:26:53 +01:00", "14/Mar/2026:08:26:53+0000", "14/Mar/2026T08:26:53",
    "14/Mar/2026:08:26", "14/Mar/26:08:26:53", "2026-03-14T08:26", "2026-03-14T08:26:53+1",
    "2026-03-14T08:26:53+15:00", "2026-03-14T08:26:53+01:60", "2026-03-14T08:26:53Z+01:00",
    "2026-02-29T08:26:53Z", "2026-03-14T24:00:00Z", "2026-03-14t08:26:53Z", "20260314T082653Z",
    "-", "", "17734768130000", "1773476813.", "1e9", "8:26:53",
  ])
  func anythingElseIsRejectedForItsTime(time: String) {
    #expect(ParsedLog(log(time), format: "common").rejected == [.time: 1])
  }

  @Test(arguments: [
    ("25/Nov/2026:12:00:02", 1_795_604_402), ("25/Nov/2026 12:00:02.5", 1_795_604_402),
    ("2026-11-25T12:00:02", 1_795_604_402), ("25/Nov/2026:12:00:02 +0000", 1_795_608_002),
    ("2026-11-25T12:00:02Z", 1_795_608_002), ("1795608002", 1_795_608_002),
  ])
  func aTimeWithoutAZoneIsInTheAssumedOne(time: String, epoch: Int64) {
    var options = ParsingOptions()
    options.zone = AssumedZone(offset: 3600)
    #expect(ParsedLog(log(time), options).times == [EpochSecond(epoch)])
  }

  @Test(
    arguments: [
      ("10.0.0.1 - [x] jo [14/Mar/2026:08:26:53 +0000] \"GET /a\" 200 5", nil),
      ("10.0.0.1 - [x] \"jo [14/Mar/2026:08:26:53 +0000] \"GET /a\" 200 5", Rejection.time),
      ("10.0.0.1 - [[14/Mar/2026:08:26:53 +0000] \"GET /a\" 200 5", .shape),
      ("10.0.0.1 - [ [14/Mar/2026:08:26:53 +0000] \"GET /a\" 200 5", nil),
      ("10.0.0.1 - - [14/Mar/2026:08:26:53 +0000]    \"GET /a\" 200 5", nil),
      ("10.0.0.1 - - [14/Mar/2026:08:26:53 +0000]\"GET /a\" 200 5", .shape),
      ("10.0.0.1 - - [14/Mar/2026:08:26:53 +0000] GET /a 200 5", .shape),
    ] as [(String, Rejection?)])
  func theTimeStandsInTheFirstBracketsBeforeAQuote(line: String, rejection: Rejection?) {
    #expect(ParsedLog(line, format: "common").rejected == (rejection.map { [$0: 1] } ?? [:]))
  }
}
