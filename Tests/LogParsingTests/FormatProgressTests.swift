import AccessLog
import LogParsing
import Testing

/// Which format a message names for a line that none accepts, and what it says is missing.
@Suite struct FormatProgressTests {
  private static let time = #""time":"2026-03-14T08:26:53Z""#

  private static let lines: [(line: String, format: String, field: LogField?)] = [
    (#"{\#(time),"msg":"server is up"}"#, "json", .client),
    (#"{\#(time),"client":"h","uri":"/"}"#, "json", .status),
    (#"{"time":"x","client":"h","uri":"/","status":200}"#, "json", .time),
    (#"{"ts":1,"request":{"remote_ip":"h","uri":"/"},"status":200,"size":-1}"#, "caddy", .bytes),
    (#"{\#(time),"client":"h","status":200,"request_time":}"#, "json", .request),
    (
      "2026-03-14 08:26:53 192.0.2.1 GET /a 200 - - - - - - - -", "w3c", .client
    ),
    ("2026-03-14 08:26:53 10.0.8.5 GET /a - 443 - 192.0.2.44 x - 2x0 0 0 187", "w3c", .status),
    (ExtendedLogTests.cloudFront.replacing("1482", with: "x"), "cloudfront", .bytes),
    ("what is this", "common", .time),
  ]

  @Test(arguments: lines)
  func theFormatThatGotFurthestIsNamed(line: String, format: String, field: LogField?) throws {
    var parser = LogParser()
    let batch = RecordBatch()
    parser.parse(Array(line.utf8), into: batch)
    let rejected = try #require(batch.details.first)
    #expect(rejected.format == format)
    #expect(rejected.field == field)
  }
}
