import AccessLog
import Messages
import Testing
import TrafficAnalysis

/// Why seconds that servers send cannot answer something.
@Suite struct ReportLimitTextTests {
  private static let several = Condition(
    text: "a", .term(FilterTerm(.section, .isAny, [.text(Array("/a".utf8))])))

  @Test(arguments: [
    (
      ReportLimit.Reason.severalTerms(several),
      "they do not say what hits had together, so a condition may have one term only"
    ),
    (.unranked(.method), "they do not say how many hits had which method"),
    (.notRanked(.path), "they are not ranked by path here; add --rank path"),
    (
      .together("client", "section"),
      "they do not say which hits had a client and a section together"
    ),
    (.latenciesOfClients, "they do not say how long the hits of a client took"),
    (.methods, "of a method they say only how many hits it had"),
  ])
  func theReasonIsGiven(reason: ReportLimit.Reason, words: String) {
    #expect(
      ReportLimit(.filter, reason).text
        == "the filter cannot be answered from seconds: \(words)")
    #expect(
      ReportLimit(.rule("errors"), reason).text
        == "the rule errors cannot be answered from seconds: \(words)")
  }

  @Test func linesAreNotInSeconds() {
    #expect(
      ReportLimit(.lines, .noLines).text
        == "the output of lines cannot be answered from seconds: they hold no lines")
  }

  @Test func aDimensionThatIsMissingIsNamedWithTheOption() {
    #expect(
      Notice.missingNames(.path).text.text
        == "the seconds that it sends have no paths: start it with --rank path")
  }
}
