import AccessLog
import LogParsing
import Testing

/// Lines that were delivered with a label before each.
@Suite struct LabelledLineTests {
  private static let line = WrapperTests.line
  private static let end = "\u{1F}"

  /// The sources of the records, and what is ignored and rejected.
  private struct Read: Equatable {
    var sources: [String] = []
    var ignored = 0
    var rejected = 0

    init(_ lines: [String], pieces: Int = .max) {
      var options = ParsingOptions()
      options.wanted = DimensionSet(.source)
      var parser = LogParser(options, source: Name("topic"), isLabelled: true)
      let batch = RecordBatch(WantedFacts(DimensionSet(.source)))
      parser.parse(Array(lines.map { $0 + "\n" }.joined().utf8), pieces: pieces, into: batch)
      sources = batch.withFacts { facts in
        batch.records.indices.map { batch.name(facts.names(at: $0)[0], in: .source).description }
      }
      for run in batch.runs {
        if run.rejection == nil { ignored += run.count } else { rejected += run.count }
      }
    }
  }

  @Test func theLabelIsTheSourceOfTheRecord() {
    let lines = ["web1", "", "web2", "web1"].map { $0 + Self.end + Self.line }
    for pieces in [1, 7, .max] {
      #expect(Read(lines, pieces: pieces).sources == ["web1", "topic", "web2", "web1"])
    }
  }

  @Test func aLineCannotForgeALabel() {
    let forged = Self.line + " evil" + Self.end + Self.line
    let read = Read(["web1" + Self.end + forged, Self.end + "evil" + Self.end + Self.line])
    #expect(read.sources == ["web1", "topic"])
  }

  @Test func theLabelCountsAndNotTheNameOfAWrapper() {
    let wrapped = "Mar 14 09:26:53 host nginx: " + Self.line
    #expect(Read(["web1" + Self.end + wrapped, Self.end + wrapped]).sources == ["web1", "host"])
  }

  @Test func eachLabelHasAFormatOfItsOwn() {
    let csv = "10.0.0.7,-,-,1773476813,GET /b/x HTTP/1.0,200,5"
    let read = Read(["a" + Self.end + Self.line, "b" + Self.end + csv, "a" + Self.end + Self.line])
    #expect(read.sources == ["a", "b", "a"])
  }

  @Test func anEmptyLineIsIgnored() {
    let read = Read(["web1" + Self.end, Self.end, Self.end + "  ", "web1" + Self.end + Self.line])
    #expect(read == Read(["web1" + Self.end + Self.line] + [Self.end, Self.end, Self.end]))
    #expect(read.sources == ["web1"])
    #expect(read.rejected == 0)
  }
}
