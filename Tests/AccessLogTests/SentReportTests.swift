import ReferenceModel
import Testing

@testable import AccessLog

/// Reports of closed seconds as messages. Threat T17: they are untrusted.
@Suite struct SentReportTests {
  private static let example: SentReport = {
    var report = SecondReport(from: EpochSecond(8), closed: ClosedSecond(second: EpochSecond(10)))
    report.lines.hits = 2
    report.lines.ignored = 1
    report.lines.rejected[.shape] = 4
    report.lines.lines = 7
    report.hitTimes = EpochSecond(11)...EpochSecond(13)
    report.head = EpochSecond(13)
    return SentReport(sender: Name("web1:/a.log"), series: 0xABC, sequence: 12, report: report)
  }()

  private static func text(_ report: SentReport) -> String {
    String(decoding: report.encoded, as: UTF8.self)
  }

  private static func decoded(_ text: String) throws(WireFailure) -> SentReport {
    try SentReport(decoding: Array(text.utf8))
  }

  @Test func decodingReturnsTheEncodedReport() throws {
    for seed in 0..<100 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let sent = SentReport.random(&random)
      let message = sent.encoded
      #expect(try SentReport(decoding: message) == sent, "seed \(seed)")
      #expect(SentReport.isReport(message) && !message.contains(UInt8(ascii: "\n")))
      #expect(String(validating: message, as: UTF8.self) != nil, "seed \(seed)")
    }
  }

  /// Messages of other versions must stay readable.
  @Test func theFormOfVersionOneDoesNotChange() {
    #expect(
      Self.text(Self.example) == """
        {"event":"second","version":1,"sender":"web1:/a.log","series":"0000000000000abc",\
        "sequence":12,"second":10,"hits":0,\
        "data":"AQMjARQAAAYAAAAAAAAKAAAAAAAAAAAAAAMBAgAAAgIAAAMCAAACAAEAAAYABAAAAAACAgEGAA=="}
        """)
  }

  @Test func otherMembersAndTheirOrderDoNotMatter() throws {
    let text = Self.text(Self.example)
    let members = text.dropFirst(18).dropLast()
    let others = #""x":{"a":[1,-2.5e3,true,null,{}],"b":[]},"y":"\"}","z":1"#
    #expect(try Self.decoded(" { \(others) , \(members),\"event\" : \"second\" } ") == Self.example)
    let spaced = text.replacing(",\"", with: " ,\t\"").replacing(":1,", with: " : 1,")
    #expect(try Self.decoded(spaced) == Self.example)
    #expect(!SentReport.isReport(Array("{\"event\":\"start\",".utf8)))
  }

  @Test func escapesInTheNameOfASenderAreRead() throws {
    let text = Self.text(Self.example).replacing(
      "web1:", with: #"\u00e9\ud83d\ude00\ud83dx\/\b\f\n\r\t\\\""#)
    let name = try Self.decoded(text).sender
    #expect(name.description == "é😀\u{FFFD}x/\u{8}\u{C}\n\r\t\\\"/a.log")
  }

  @Test(arguments: [
    ("second\",\"v", "minute\",\"v", WireFailure.malformed), ("n\":1", "n\":2", .unknownVersion(2)),
    ("n\":1", "n\":2.0", .malformed), ("n\":1", "n\":-1", .malformed),
    ("n\":1", "n\":\"1\"", .malformed),
    ("web1:/a.log", "", .badNumber), ("0000000000000abc", "abc", .badNumber),
    ("0000000000000abc", "+00000000000abcd", .badNumber), ("e\":12", "e\":0", .badNumber),
    ("e\":12", "e\":18446744073709551616", .malformed), ("d\":10", "d\":11", .contradiction),
    ("s\":0", "s\":1", .contradiction), ("s\":0", "s\":-1", .contradiction),
    ("AQMj", "AQM*", .malformed), ("AQMj", "AQM", .malformed), ("GAA==", "GAB==", .malformed),
    ("AQMj", "AgMj", .unknownVersion(2)), ("web1", "web\u{1}", .malformed),
    ("web1", "web\\", .malformed), ("web1", "\\x", .malformed), ("web1", "\\u12", .malformed),
    ("}", "", .malformed), ("}", ",}", .malformed), ("}", "}}", .malformed),
  ])
  func messagesThatCannotBeAreRejected(part: String, other: String, failure: WireFailure) {
    let text = Self.text(Self.example)
    #expect(text.contains(part))
    #expect(throws: failure) { try Self.decoded(text.replacing(part, with: other)) }
  }

  /// Not as arguments of the test above: those are printed.
  @Test func whatIsTooLongOrTooDeepIsRejected() {
    let text = Self.text(Self.example)
    func failure(replacing part: String, with other: String) -> WireFailure? {
      do throws(WireFailure) {
        _ = try Self.decoded(text.replacing(part, with: other))
        return nil
      } catch {
        return error
      }
    }
    let nested = String(repeating: "[", count: 1000)
    #expect(failure(replacing: "}", with: ",\"x\":\(nested)") == .malformed)
    for length in [4096, 1 << 20] {
      let name = String(repeating: "w", count: length)
      #expect(failure(replacing: "web1", with: name) == .tooLarge)
    }
  }

  @Test(arguments: ["version", "sender", "series", "sequence", "data", "event"])
  func aMissingMemberIsMalformed(name: String) {
    let text = Self.text(Self.example).replacing("\"\(name)\":", with: "\"other\":")
    #expect(throws: WireFailure.malformed) { try Self.decoded(text) }
  }

  @Test func everyTruncationIsRejected() {
    let message = Self.example.encoded
    for count in message.indices {
      #expect(throws: WireFailure.self) { try SentReport(decoding: Array(message[..<count])) }
    }
    let data = Self.example.report.encoded
    for count in data.indices {
      #expect(throws: WireFailure.self) { try SecondReport(decoding: data[..<count]) }
    }
    #expect(throws: WireFailure.tooLong) { try SecondReport(decoding: data + [0]) }
  }

  /// Any other byte is rejected or gives a report that encodes again.
  @Test func aChangedByteIsRejectedOrGivesAValidReport() throws {
    for seed in 0..<60 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let data = SecondReport.random(&random).encoded
      // Sketches of names make it long, and nothing in them contradicts the rest.
      guard data.count < 1000 else { continue }
      for place in data.indices {
        for _ in 0..<2 {
          var changed = data
          changed[place] = UInt8(random.number(0...255))
          guard let report = try? SecondReport(decoding: changed) else { continue }
          #expect(try SecondReport(decoding: report.encoded) == report)
          #expect(
            report.lines.lines >= report.lines.hits && report.from.value <= report.through.value + 1
          )
        }
      }
    }
  }

  private enum Contradiction: CaseIterable {
    case moreLateThanHits, moreFilteredThanIgnored, lateFiguresOfOtherHits, hitsButNothingCloses
    case moreFilteredLateThanFiltered

    var report: SecondReport {
      var report = example.report
      switch self {
      case .moreLateThanHits:
        report.lines.late = 3
        report.late = ClosedSecond(second: EpochSecond(0))
      case .moreFilteredThanIgnored: report.lines.filtered = 2
      case .moreFilteredLateThanFiltered: report.lines.filteredLate = 1
      case .lateFiguresOfOtherHits:
        report.lines.late = 1
        report.late = ClosedSecond(second: EpochSecond(0))
      case .hitsButNothingCloses:
        report.closed.traffic.add(bytes: 1, status: .successful, method: .get)
        report.from = report.through.advanced(by: 1)
      }
      return report
    }
  }

  @Test(arguments: Contradiction.allCases)
  private func contradictoryFiguresAreRejected(contradiction: Contradiction) {
    let bytes = contradiction.report.encoded
    #expect(throws: WireFailure.contradiction) { try SecondReport(decoding: bytes) }
  }

  @Test func timesBeyondAllLogsAreRefused() {
    var report = Self.example.report
    for head in [ClosedSecond.first.advanced(by: -1), ClosedSecond.last.advanced(by: 1)] {
      report.head = head
      #expect(throws: WireFailure.badNumber) { try SecondReport(decoding: report.encoded) }
    }
    report.head = nil
    report.hitTimes = ClosedSecond.first...ClosedSecond.last.advanced(by: 1)
    #expect(throws: WireFailure.badNumber) { try SecondReport(decoding: report.encoded) }
    report.hitTimes = Self.example.report.hitTimes
    report.from = ClosedSecond.first.advanced(by: -1)
    #expect(throws: WireFailure.badNumber) { try SecondReport(decoding: report.encoded) }
  }

  /// The names of both seconds count together.
  @Test func moreNamesThanTheLimitAreRefused() throws {
    func names(_ count: Int) -> CountedNames {
      CountedNames(
        names: (0..<count).map {
          CountedName(
            name: Name([UInt8($0 >> 16), UInt8($0 >> 8 & 255), UInt8($0 & 255)]), hits: 1,
            clientErrors: 0, serverErrors: 0, bytes: 0)
        })
    }
    var report = Self.example.report
    report.closed.traffic.hits = 65_000
    report.closed.traffic.status[.successful] = 65_000
    report.closed.names[.client] = names(65_000)
    report.lines = LineTally()
    (report.lines.lines, report.lines.hits, report.lines.late) = (600, 600, 600)
    report.late = ClosedSecond(second: EpochSecond(0))
    report.late?.traffic.hits = 600
    report.late?.traffic.status[.successful] = 600
    report.late?.names[.section] = names(536)
    let isSame = try SecondReport(decoding: report.encoded) == report
    #expect(isSame)
    report.late?.names[.section] = names(537)
    let tooMany = report.encoded
    #expect(throws: WireFailure.tooLarge) { try SecondReport(decoding: tooMany) }
    // A count without the names must not take memory.
    report.late?.names[.section] = CountedNames(bound: 600)
    let bytes = report.encoded
    #expect(throws: WireFailure.self) { try SecondReport(decoding: bytes.dropLast(1000)) }
  }
}
