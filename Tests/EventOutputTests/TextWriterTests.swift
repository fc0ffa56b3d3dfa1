import AccessLog
import Messages
import Testing
import TrafficAnalysis

@testable import EventOutput

@Suite struct TextWriterTests {
  @Test func writesTheLinesThatPeopleRead() throws {
    let events = interval(
      from: 1_549_573_940, hits: 141, bytes: 171_800,
      status: [.successful: 128, .clientError: 7, .serverError: 6],
      sections: [section(Name("/api"), hits: 126), section(Name("/report"), hits: 15)],
      clients: [
        RankedName(name: Name("10.0.0.1"), hits: 62),
        RankedName(name: Name("10.0.0.2"), hits: 60),
      ])
    let gap = MonitorEvent.gap(from: EpochSecond(1_549_574_100), to: EpochSecond(1_549_574_360))
    #expect(
      try text(events, triggered(), recovered(), gap, end()) == [
        "2019-02-07 21:12:20  14.1/s    141 hits  171.8 kB  2xx 128  3xx 0  4xx 7  5xx 6"
          + "   /api 126  /report 15   top client 10.0.0.1 (62)",
        "2019-02-07 21:12:36  ALERT     High traffic generated an alert - hits = 10.05, "
          + "triggered at 2019-02-07 21:12:36",
        "2019-02-07 21:14:03  RECOVERED Traffic recovered - hits = 9.98, "
          + "recovered at 2019-02-07 21:14:03, lasted 1m 27s",
        "2019-02-07 21:15:00  no traffic for 4m 20s",
        "4831 lines: 4830 hits (0 late), 0 rejected, 1 ignored, "
          + "2019-02-07 21:10:59 to 21:19:00",
      ])
  }

  @Test func saysNothingAtTheStart() throws {
    #expect(try text(.start(sources: [SourceSummary(path: Name("a"), format: "csv")])).isEmpty)
  }

  @Test(arguments: [
    (59, Int64(0), "5.9/s      59 hits       0 B  2xx"),
    (1, Int64(999), "0.1/s       1 hits     999 B  2xx"),
    (1234, Int64(1000), "123.4/s  1234 hits    1.0 kB  2xx"),
    (12_345, Int64(999_949), "1234.5/s  12345 hits  999.9 kB  2xx"),
    (12_345, Int64(999_950), "1234.5/s  12345 hits    1.0 MB  2xx"),
    (10, Int64.max, "1/s        10 hits  >= 8 EiB  2xx"),
    (10, Int64.max - 1, "1/s        10 hits    9.2 EB  2xx"),
  ])
  func linesUpItsFields(hits: Int, bytes: Int64, fields: String) throws {
    let line = try #require(text(interval(hits: hits, bytes: bytes)).first)
    #expect(line.contains("  " + fields), "\(line)")
  }

  @Test func namesRareStatusClassesWhereThereAreAny() throws {
    let line = try #require(
      text(interval(status: [.informational: 1, .other: 2, .successful: 3])).first)
    #expect(line.hasSuffix("  1xx 1  2xx 3  3xx 0  4xx 0  5xx 0  other 2"))
  }

  @Test func marksEstimatesAndPartialIntervals() throws {
    let line = try #require(
      text(interval(sections: [section(Name("/a"), hits: 9, error: 2)], partial: true)).first)
    #expect(line.hasSuffix("5xx 0   /a 7..9   (partial)"))
  }

  @Test func showsTimesInTheZoneHandedIn() throws {
    let line = try #require(text(triggered(), offset: 20_700).first)
    #expect(line.hasPrefix("2019-02-08 02:57:36  ALERT"))
    #expect(line.hasSuffix("triggered at 2019-02-08 02:57:36"))
  }

  @Test(arguments: [
    (Int64.min, Int64.max, "-292277022657-01-27 08:29:52 to +292277026596-12-04 15:30:07"),
    (-62_167_219_201, -62_135_596_800, "-0001-12-31 23:59:59 to 0001-01-01 00:00:00"),
    (0, 86_399, "1970-01-01 00:00:00 to 23:59:59"),
    (0, 86_400, "1970-01-01 00:00:00 to 1970-01-02 00:00:00"),
    (253_402_300_799, 253_402_300_800, "9999-12-31 23:59:59 to +10000-01-01 00:00:00"),
  ])
  func namesAnyTime(first: Int64, last: Int64, span: String) throws {
    let line = try #require(text(end(first: first, last: last)).first)
    #expect(line.hasSuffix("1 ignored, " + span), "\(line)")
  }

  @Test func leavesTheSpanOutWithoutAHit() throws {
    let event = end(lines: 1, hits: 0, ignored: 0, first: nil, last: nil, rejected: [.time: 1])
    #expect(try text(event) == ["1 lines: 0 hits (0 late), 1 rejected (time), 0 ignored"])
  }

  @Test(
    arguments: [
      ([:], "0 rejected"), ([.future: 150], "150 rejected (future)"),
      ([.time: 4, .shape: 8], "12 rejected (8 shape, 4 time)"),
      (
        [.future: 1, .oversize: 1, .bytes: 1200], "1202 rejected (1 oversize, 1200 bytes, 1 future)"
      ),
    ] as [([Rejection: Int], String)])
  func namesWhyLinesWereRejected(rejected: [Rejection: Int], words: String) throws {
    let line = try #require(text(end(rejected: rejected)).first)
    #expect(line.contains("(0 late), \(words), "), "\(line)")
  }

  @Test func adviceStandsBeforeTheSummary() throws {
    let notices = [
      Notice.unknownFormat(FailedLines(lines: 3)), .aheadOfWallClock(seconds: 90),
    ]
    let event = end(notices: notices)
    #expect(try text(event).dropLast().elementsEqual(notices.map(\.text.text)))
    #expect(try ndjson(event) == ndjson(end()))
  }

  @Test func noticesAreNotPartOfAReport() throws {
    let notice = MonitorEvent.notice(.unknownFormat(FailedLines(lines: 3)))
    #expect(try text(notice, end()) == text(end()))
    #expect(try ndjson(notice, end()) == ndjson(end()))
  }

  @Test func neverLetsControlCharactersThrough() throws {
    let name = Name(Array("/\u{1B}]0;PWNED\u{7}\u{202E}é".utf8) + [0x9B])
    let event = interval(
      sections: [section(name)], clients: [RankedName(name: name, hits: 1)])
    let line = try #require(text(event).first)
    #expect(line.contains(#"   /\x1B]0;PWNED\x07\u{202E}é\x9B 1   top client /\x1B]0"#), "\(line)")
    let ascii = try #require(text(event, asciiOnly: true).first)
    #expect(ascii.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(ascii.contains(#"\xE2\x80\xAE\xC3\xA9\x9B 1"#), "\(ascii)")
  }

  @Test func cutsVeryLongNames() throws {
    let name = Name("/" + String(repeating: "a", count: 300))
    let line = try #require(text(interval(sections: [section(name)])).first)
    #expect(line.hasSuffix("   /" + String(repeating: "a", count: 255) + "… 1"))
  }
}
