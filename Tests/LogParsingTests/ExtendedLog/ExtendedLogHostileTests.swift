import AccessLog
import LogParsing
import Testing

/// Fields that a client fills so that its line is not read.
@Suite struct ExtendedLogHostileTests {
  private static let agents: [(agent: String, name: String)] = [
    ("\"", "\""), ("\"x", "\"x"), ("x\"", "x\""), ("\"\"", "-"), ("+++", "   "), ("-", "-"),
    ("%20", "%20"), ("#Fields:+date", "#Fields: date"), ("\\\"", "\\\""),
    ("\u{1B}[31m", "\u{1B}[31m"),
    ("'", "'"), ("\"a\"b", "\"a\"b"), ("[x]", "[x]"), ("{\"time\":1}", "{\"time\":1}"),
  ]

  @Test(arguments: agents)
  func anyAgentIsReadAsItStands(agent: String, name: String) {
    let line = ExtendedLogTests.iis.replacing("Mozilla/5.0+(Windows+NT+10.0)", with: agent)
    #expect(ParsedRecord.all(in: line).map(\.agent) == [name])
    #expect(ParsedRecord.all(in: "\(ExtendedLogTests.iis)\n\(line)").count == 2)
  }

  /// Quotes in two fields do not make one field of them.
  @Test func quotesInSeveralFieldsHideNothing() {
    let line = ExtendedLogTests.iis
      .replacing("Mozilla/5.0+(Windows+NT+10.0)", with: "\"a")
      .replacing("https://intra.example.org/", with: "b\"")
    let records = ParsedRecord.all(in: line)
    #expect(records.map(\.agent) == ["\"a"])
    #expect(records.map(\.referrer) == ["b\""])
  }

  @Test func aTabInALineWithSpacesIsASeparatorOrPartOfNothing() {
    let line = ExtendedLogTests.iis.replacing(" ", with: "\t")
    let fields =
      "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
      + "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status x\n"
    #expect(ParsedLog(fields + line).times.count == 1)
    #expect(ParsedLog(fields + line.replacing("/intranet", with: " /intranet")).times.count == 1)
    let mixed = ExtendedLogTests.iis.replacing("GET ", with: "GET\t")
    #expect(ParsedLog(fields + mixed).times.count == 1)
  }

  @Test(arguments: ["%", "%2", "%zz", "%%20", "%00", "%ff", "%2520"])
  func percentSignsOfCloudFrontAreDecodedOnce(text: String) {
    let decoded = [
      "%": "%", "%2": "%2", "%zz": "%zz", "%%20": "% ", "%00": "\0", "%ff": "\u{FFFD}",
      "%2520": "%20",
    ]
    let line = ExtendedLogTests.cloudFront.replacing(
      "Mozilla/5.0%20(X11;%20100%25%20%C3%A9)", with: text)
    #expect(ParsedRecord.all(in: line).map(\.agent) == [decoded[text]])
  }

  @Test func anyDamageIsSurvived() {
    for line in [ExtendedLogTests.iis, ExtendedLogTests.cloudFront] {
      let bytes = Array(line.utf8)
      for end in bytes.indices {
        for byte in [0x00, 0x09, 0x20, 0x22, 0x23, 0x25, 0x2B, 0x2D, 0x3A, 0xFF] as [UInt8] {
          var changed = bytes
          changed[end] = byte
          let log = ParsedLog(changed, format: "w3c")
          #expect(log.times.count + log.rejected.values.reduce(0, +) + log.ignored == 1)
          _ = ParsedRecord.all(in: Array(changed[...end]))
        }
      }
    }
  }

  /// A header that is as long as a line may be.
  @Test func aLongHeaderIsRead() {
    let header = "#Fields: " + String(repeating: "x ", count: 30_000) + "date time c-ip sc-status"
    let line = String(repeating: "- ", count: 20_000)
    let log = ParsedLog("\(header)\n\(line)2026-03-14 08:26:53 c 200\n")
    #expect(log.format == "w3c")
    #expect(log.rejected == [.shape: 1])
  }
}
