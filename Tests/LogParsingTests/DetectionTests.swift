import AccessLog
import LogParsing
import Testing

/// How the format of a log is found, and what becomes of the lines before it is known.
@Suite struct DetectionTests {
  private static let common = #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a/x HTTP/1.1" 200 5"#
  private static let combined = common + #" "-" "ua""#
  private static let csv = "\"h\",\"-\",\"-\",1773476813,\"GET /a HTTP/1.0\",200,5"

  private struct Outcome: Equatable {
    var format: String?
    var hits = 0
    var ignored = 0
    var rejected: [Rejection: Int] = [:]
  }

  /// Parses the text, of which the first read gives `first` bytes.
  private func parse(_ text: String, first: Int = .max, format: String? = nil) -> Outcome {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    let count = text.utf8.count
    var parser = LogParser(format: format.flatMap(FormatCatalog.format))
    let batch = RecordBatch()
    bytes.withUnsafeBufferPointer { buffer in
      var consumed = 0
      for end in [min(first, count), count] {
        let block = UnsafeBufferPointer(rebasing: buffer[consumed..<end])
        consumed += parser.parse(block, isLast: end == count, into: batch)
      }
    }
    parser.finish(into: batch)
    var outcome = Outcome(format: parser.format, hits: batch.records.count)
    for run in batch.runs {
      if let reason = run.rejection {
        outcome.rejected[reason, default: 0] += run.count
      } else {
        outcome.ignored += run.count
      }
    }
    return outcome
  }

  private static let examples: [(text: String, format: String)] = [
    (common, "common"), (combined, "combined"),
    ("v:443 10.0.0.1\(combined.dropFirst())", "vcombined"), (csv, "csv"),
    ("v:443 localhost\(combined.dropFirst())", "vcombined"),
    ("v localhost\(combined.dropFirst())", "combined"),
    ("10.0.0.1:5678 - jo doe\(combined.dropFirst(5))", "combined"),
    ("::1 localhost\(combined.dropFirst())", "combined"),
    ("remotehost,rfc931,authuser,date,request,status,bytes", "csv"),
    ("\(common)\n\(csv)\n\(csv)", "common"), ("\(csv)\n\(combined)", "csv"),
    ("garbage\n\n\(combined)\n\(common)", "combined"),
  ]

  @Test(arguments: examples)
  func theFirstLineThatAnyFormatAcceptsDecides(text: String, format: String) {
    #expect(parse(text).format == format)
  }

  @Test func linesBeforeTheDecisionCountAsTheFormatSeesThem() {
    let badTime = Self.common.replacing("14/Mar", with: "32/Mar")
    let badStatus = Self.common.replacing(" 200 ", with: " 20 ")
    let text = [badTime, "x", " ", badStatus, Self.common].joined(separator: "\n")
    #expect(
      parse(text)
        == Outcome(
          format: "common", hits: 1, ignored: 1, rejected: [.time: 1, .shape: 1, .status: 1]))
    #expect(parse(text) == parse(text, format: "common"))
  }

  @Test func whereNothingMatchesEveryLineIsRejected() {
    let outcome = parse(String(repeating: "x\n", count: 1500) + "\n")
    #expect(outcome == Outcome(ignored: 1, rejected: [.shape: 1500]))
  }

  @Test(arguments: ["common", "combined", "csv"])
  func anUnclosedQuoteSpoilsItsOwnLineOnly(format: String) {
    let good = ["common": Self.common, "combined": Self.combined, "csv": Self.csv][format] ?? ""
    let open =
      format == "csv"
      ? "\"h\",\"-\",\"-\",1773476813,\"GET /a,200,5"
      : #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a 200 5"#
    let lines = Array(repeating: good, count: 5) + [open] + Array(repeating: good, count: 1000)
    let outcome = parse(lines.joined(separator: "\n"), format: format)
    #expect(outcome == Outcome(format: format, hits: 1005, rejected: [.shape: 1]))
  }

  @Test func theSizeOfTheFirstReadChangesNothing() {
    let text =
      "\u{FEFF}x\r\n"
      + [Self.combined, " \t", Self.csv, Self.combined, ""]
      .joined(separator: "\r\n") + "\0\0\n\0" + Self.combined + "\r"
    let whole = parse(text)
    #expect(whole.hits == 3)
    for cut in 0...text.utf8.count { #expect(parse(text, first: cut) == whole) }
  }
}
