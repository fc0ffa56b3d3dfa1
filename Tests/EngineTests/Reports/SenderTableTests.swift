import AccessLog
import Testing

@testable import Engine

@Suite struct SenderTableTests {
  private func sent(
    _ sequence: UInt64, of sender: String = "web1", series: UInt64 = 7, through: Int64
  ) -> SentReport {
    let second = EpochSecond(through)
    return SentReport(
      sender: Name(sender), series: series, sequence: sequence,
      report: SecondReport(from: second, closed: ClosedSecond(second: second)))
  }

  private func verdicts(_ reports: [SentReport]) -> [SenderTable.Verdict] {
    var table = SenderTable()
    return reports.map { sent in
      let verdict = table.judge(sent, newSource: table.count, now: 0)
      if verdict != .duplicate { table.note(closed: sent.report.through, of: sent.sender) }
      return verdict
    }
  }

  @Test func reportsInOrderCount() {
    #expect(
      verdicts([sent(1, through: 10), sent(2, through: 11), sent(3, through: 11)])
        == [.new, .accepted(missing: 0), .accepted(missing: 0)])
  }

  @Test func theFirstReportMayHaveAnyNumber() {
    #expect(verdicts([sent(900, through: 10)]) == [.new])
  }

  @Test func aReportThatComesAgainDoesNotCount() {
    let reports = [sent(1, through: 10), sent(2, through: 11)]
    #expect(
      verdicts(reports + reports) == [.new, .accepted(missing: 0), .duplicate, .duplicate])
  }

  @Test func aJumpOfTheNumberTellsHowManyAreMissing() {
    #expect(
      verdicts([sent(1, through: 10), sent(5, through: 20)]) == [.new, .accepted(missing: 3)])
  }

  @Test func aSenderThatReadsItsLogAgainCountsFromWhereItWas() {
    #expect(
      verdicts([
        sent(1, through: 10), sent(2, through: 11), sent(1, series: 8, through: 10),
        sent(2, series: 8, through: 11), sent(3, series: 8, through: 12), sent(3, through: 12),
      ]) == [
        .new, .accepted(missing: 0), .duplicate, .duplicate, .accepted(missing: 0), .duplicate,
      ])
  }

  @Test func aReportThatClaimsToHaveClosedTheFutureHidesNoLaterSeries() {
    var table = SenderTable()
    _ = table.judge(sent(1, through: 10), newSource: 0, now: 0)
    table.note(closed: EpochSecond(10), of: Name("web1"))
    // The clock guard does not believe it, so that it has closed nothing.
    _ = table.judge(sent(2, through: 253_402_300_799), newSource: 0, now: 0)
    let verdict = table.judge(sent(1, series: 8, through: 11), newSource: 0, now: 0)
    #expect(verdict == .accepted(missing: 0))
  }

  @Test func sendersDoNotDisturbEachOther() {
    #expect(
      verdicts([
        sent(1, of: "a", through: 10), sent(1, of: "b", through: 5), sent(2, of: "a", through: 11),
        sent(3, of: "b", through: 6),
      ]) == [.new, .new, .accepted(missing: 0), .accepted(missing: 1)])
  }

  @Test func thereIsRoomForALimitedNumberOfSenders() {
    var table = SenderTable()
    for index in 0..<SentReport.senderCountLimit {
      #expect(
        table.judge(sent(1, of: "\(index)", through: 1), newSource: index, now: 0) == .new)
    }
    #expect(table.judge(sent(1, of: "more", through: 1), newSource: 0, now: 0) == .refused)
    #expect(
      table.judge(sent(2, of: "0", through: 2), newSource: 0, now: 0) == .accepted(missing: 0))
    #expect(table.refused == 1)
  }

  @Test func removingASourceMovesThoseBehindIt() {
    var table = SenderTable()
    for (index, name) in ["a", "b", "c"].enumerated() {
      _ = table.judge(sent(1, of: name, through: 1), newSource: index + 1, now: 0)
    }
    table.removeSource(2)
    #expect(table[Name("a")]?.source == 1)
    #expect(table[Name("b")] == nil)
    #expect(table[Name("c")]?.source == 2)
  }

  @Test func figuresTellWhatCameAndWhatDidNot() throws {
    var table = SenderTable()
    for (sequence, now) in [(1, 1.0), (4, 2.0), (4, 3.0)] as [(UInt64, Double)] {
      _ = table.judge(sent(sequence, through: Int64(sequence)), newSource: 0, now: now)
    }
    let figures = try #require(table[Name("web1")]?.figures)
    #expect(figures.missing == 2)
    #expect(figures.duplicates == 1)
    #expect(figures.lastMessage == 3)
  }
}
