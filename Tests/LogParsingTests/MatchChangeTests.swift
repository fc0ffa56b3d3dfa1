import AccessLog
import LogParsing
import Testing

/// What a parser says of lines that do not match.
@Suite struct MatchChangeTests {
  private static let common = #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a/x HTTP/1.1" 200 5"#
  private static let combined = common + #" "-" "ua""#
  private static let vcombined = "v:443 10.0.0.1 " + combined.dropFirst(2)
  private static let csv = "\"h\",\"-\",\"-\",1773476813,\"GET /a HTTP/1.0\",200,5"

  private struct Outcome: Equatable {
    var changes: [MatchChange] = []
    var details: [RejectedLine] = []
    var unmatched: FailedLines?
  }

  /// Parses the lines, of which the first read gives `first` bytes.
  private func parse(
    _ lines: [String], first: Int = .max, format: String? = nil, concludes: Bool = true
  ) -> Outcome {
    let text = lines.map { $0 + "\n" }.joined()
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    let count = text.utf8.count
    var parser = LogParser(format: format.flatMap(FormatCatalog.format))
    let batch = RecordBatch()
    bytes.withUnsafeBufferPointer { buffer in
      var consumed = 0
      for end in [min(first, count), count] {
        let block = UnsafeBufferPointer(rebasing: buffer[consumed..<end])
        consumed += parser.parse(block, isLast: false, into: batch)
      }
    }
    if concludes { parser.finish(into: batch) }
    return Outcome(
      changes: batch.matchChanges, details: batch.details, unmatched: parser.unmatched)
  }

  private func summaries(_ changes: [MatchChange]) -> [String] {
    changes.map { change in
      switch change.notice {
      case .unknownFormat(let failed): "\(change.line) 0 of \(failed.lines)"
      case .doubtfulFormat(let failed): "\(change.line) doubtful from \(failed.first?.number ?? 0)"
      case nil: "\(change.line) matches again"
      default: "\(change.line) something else"
      }
    }
  }

  private func times(_ count: Int, _ line: String) -> [String] {
    Array(repeating: line, count: count)
  }

  // MARK: - Nothing matches

  @Test func noMatchIsReportedAfterAThousandLinesOrAtTheEnd() {
    #expect(summaries(parse(times(999, "x"), concludes: false).changes).isEmpty)
    #expect(summaries(parse(times(999, "x")).changes) == ["999 0 of 999"])
    #expect(summaries(parse(times(1000, "x"), concludes: false).changes) == ["1000 0 of 1000"])
    #expect(summaries(parse(times(5000, "x")).changes) == ["1000 0 of 1000"])
    #expect(parse(times(5000, "x")).unmatched?.lines == 5000)
    #expect(summaries(parse([]).changes).isEmpty)
    #expect(summaries(parse(["", "  "]).changes).isEmpty)
  }

  @Test(arguments: ["combined", "csv", nil])
  func noMatchIsReportedForARequestedFormatToo(format: String?) {
    let long = String(repeating: "y", count: LogParser.lineLimit + 1)
    let outcome = parse(["", long] + times(1200, "x") + [Self.common], format: format)
    let isMatched = format != "csv"
    #expect(
      summaries(outcome.changes)
        == ["1001 0 of 1000"] + (isMatched ? ["1203 matches again"] : []))
    #expect((outcome.unmatched == nil) == isMatched)
    guard case .unknownFormat(let failed)? = outcome.changes.first?.notice else { return }
    #expect(failed.first?.number == 2)
    #expect(failed.first?.rejection == .oversize)
    #expect(failed.format == format)
  }

  @Test(
    arguments: [
      (combined.replacing("h - - ", with: "h "), "combined", .client, .shape),
      (combined.replacing("14/Mar", with: "32/Mar"), "combined", .time, .time),
      (combined.replacing(" 200 ", with: " 20 "), "combined", .status, .status),
      (combined.replacing("\" 200 5", with: ""), "common", .status, .status),
      (vcombined.replacing("200 5", with: "200 five"), "vcombined", .bytes, .bytes),
      (common.replacing("14/Mar", with: "32/Mar"), "common", .time, .time),
      (csv.replacing("1773476813", with: "then"), "csv", .time, .time),
      (csv + ",more", "csv", nil, .shape),
      (common.replacing("] \"", with: "] 24675 \""), "common", .request, .shape),
      (combined.replacing("] \"", with: "]"), "common", .request, .shape),
      ("[14/Mar/2026:09:26:53 +0100] - GET \"/a\" [Sent-to v] \"x\"", "common", .client, .shape),
      ("no log at all", "common", .time, .shape),
    ] as [(String, String, LogField?, Rejection)])
  func theFormatThatGotFurthestNamesTheFieldItFailedAt(
    line: String, format: String, field: LogField?, rejection: Rejection
  ) throws {
    let first = try #require(parse([line]).unmatched?.first)
    #expect(first.format == format)
    #expect(first.field == field)
    #expect(first.rejection == rejection)
    #expect(first.excerpt == Array(line.utf8))
  }

  // MARK: - Runs of lines that fail

  @Test func aRunOfFailingLinesIsReportedWheneverItOccurs() {
    let good = times(100, Self.common)
    let bad = times(100, "x")
    #expect(summaries(parse(good + times(32, "x") + good).changes).isEmpty)
    #expect(summaries(parse([Self.common] + bad).changes) == ["34 doubtful from 2"])
    #expect(
      summaries(parse(good + bad + good + [""] + bad + good).changes) == [
        "133 doubtful from 101", "232 matches again", "334 doubtful from 302",
        "433 matches again",
      ])
  }

  @Test func anotherFormatThatAcceptsTheLinesIsNamed() throws {
    for (known, other, name) in [
      (Self.combined, Self.csv, "csv"),
      (Self.csv, Self.vcombined, "vcombined"), (Self.csv, "x", nil),
    ] {
      let changes = parse([known] + times(100, other)).changes
      guard case .doubtfulFormat(let failed)? = changes.first?.notice else {
        Issue.record("\(changes)")
        continue
      }
      #expect(failed.alternative == name)
    }
    #expect(parse(times(3, Self.csv), format: "combined").unmatched?.alternative == "csv")
    #expect(parse(times(3, Self.csv.dropLast(2) + "")).unmatched?.alternative == nil)
  }

  // MARK: - For show

  @Test func theFirstTenLinesOfEachReasonAreKeptOnce() {
    let badTime = Self.common.replacing("14/Mar", with: "32/Mar")
    let long = String(repeating: "y", count: LogParser.lineLimit + 1)
    let lines = times(12, "x") + times(12, badTime) + [long]
    let before = parse(lines, concludes: false).details
    #expect(before.map(\.number) == Array(1...10) + Array(13...22) + [25])
    #expect(before.map(\.rejection).suffix(2) == [.time, .oversize])
    #expect(parse(lines + [Self.common] + lines.dropLast()).details == before)
  }

  @Test func theSizeOfTheFirstReadChangesNothing() {
    let lines = ["x", Self.common] + times(40, "y") + times(40, Self.common) + times(40, "z")
    let whole = parse(lines)
    #expect(whole.changes.count == 3)
    let count = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    for cut in stride(from: 0, through: count, by: 7) { #expect(parse(lines, first: cut) == whole) }
  }
}
