import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The texts of a table.
struct TableModelTests {
  /// A table of 1,000 hits in 10 s with the given rows.
  private func model(
    _ rows: [RankedName], hits: Int = 1000, columns: Int = 118, isZoomed: Bool = false,
    _ change: (inout ViewState) -> Void = { _ in }
  ) -> TableModel {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.table.traffic.hits = hits
    snapshot.table.rankings = [RankedRows(rows, mostHits: rows.first?.hits ?? 0), RankedRows()]
    var state = ViewState()
    if isZoomed { state.toggleZoom() }
    change(&state)
    return TableModel(
      slot: 0, PaneContext(.table(0), snapshot, state, rows: 20, columns: columns))
  }

  private func name(_ hits: Int, _ change: (inout RankedName) -> Void = { _ in }) -> RankedName {
    var name = RankedName(name: Name("/api"), hits: hits, bytes: 1_210_000)
    change(&name)
    return name
  }

  /// The text of one column of the first row.
  private func words(_ column: TableColumn, _ model: TableModel) -> Words? {
    let figures = model.layout.columns.filter { $0 != .name && $0 != .trend }
    return figures.firstIndex(of: column).map { model.rows[0].cells[$0] }
  }

  @Test(arguments: [
    (560, "56 %"), (10, "1 %"), (9, "<1 %"), (1, "<1 %"), (0, "0 %"), (1000, "100 %"),
    (2000, "100 %"),
  ])
  func sharesBelowOnePercentSaySo(hits: Int, text: String) {
    #expect(words(.share, model([name(hits)]))?.text == text)
  }

  @Test(arguments: [
    (1840, "184.0/s"), (10, "1.0/s"), (1, "6/min"), (0, "0.0/s"), (224_000, "22.4k/s"),
  ])
  func lowRatesAreByTheMinute(hits: Int, text: String) {
    #expect(words(.rate, model([name(hits)], columns: 200, isZoomed: true))?.text == text)
  }

  @Test func zerosAreFaintDots() {
    let model = model([name(500)], columns: 200)
    for column in [TableColumn.clientErrors, .serverErrors] {
      #expect(words(column, model) == Words("", .faint))
    }
    let errors = self.model(
      [
        name(500) { ($0.clientErrors, $0.serverErrors) = (12_345, 7) }
      ], columns: 200)
    #expect(words(.clientErrors, errors) == Words("12k", .warning))
    #expect(words(.serverErrors, errors) == Words("7", .alert))
  }

  @Test(arguments: [
    (500, 500, Words("", .faint)), (500, 400, Words("+10.0/s", .plain)),
    (500, 250, Words("+25.0/s", .alert)), (500, 600, Words("-10.0/s", .muted)),
    (500, 499, Words("+0.1/s", .plain)), (40, 0, Words("+4.0/s", .plain)),
  ])
  func changesHaveASign(hits: Int, before: Int, words: Words) {
    let model = model([name(hits) { $0.before = before }])
    #expect(self.words(.change, model) == words)
  }

  @Test func aChangeThatIsNotKnownIsBlank() {
    #expect(words(.change, model([name(500)])) == Words(""))
  }

  @Test func anEstimateIsMarked() {
    #expect(words(.hits, model([name(500) { $0.error = 3 }])) == Words("~500", .strong))
    let long = model([name(123_456_789) { $0.error = 3 }], hits: 123_456_789)
    #expect(words(.hits, long)?.text == "~123M")
  }

  @Test func rowsBelowTwoPercentAreMuted() {
    let rare = model([name(19) { $0.serverErrors = 3 }])
    #expect(rare.rows[0].nameEmphasis == .muted)
    #expect(words(.hits, rare)?.emphasis == .muted && words(.share, rare)?.emphasis == .muted)
    // Errors are not.
    #expect(words(.serverErrors, rare)?.emphasis == .alert)
    #expect(model([name(20)]).rows[0].nameEmphasis == .plain)
  }

  @Test func timesAndPeaksAreShownWhereTheTableFillsTheScreen() {
    let row = name(500) {
      ($0.peak, $0.firstSeen) = (75, EpochSecond(1_549_573_000))
      $0.lastSeen = EpochSecond(1_549_573_599)
    }
    let zoomed = model([row], columns: 200, isZoomed: true)
    #expect(words(.peak, zoomed)?.text == "75")
    #expect(words(.firstSeen, zoomed)?.text == "20:56:40")
    #expect(words(.lastSeen, zoomed)?.text == "21:06:39")
    #expect(words(.peak, model([row], columns: 200)) == nil)
    #expect(words(.lastSeen, model([name(5)], columns: 200, isZoomed: true))?.text == "")
  }

  @Test func headsNameTheColumnsAndTheSortedOne() {
    let model = model([name(5)], columns: 118)
    #expect(
      model.heads == ["section", "last 5 min", "hits", "share", "4xx", "5xx", "bytes", "change"])
    #expect(model.sorted == 2 && !model.isReversed)
    let byRate = self.model([name(5)], columns: 118) {
      $0.restoreSorting(.rate, isReversed: true, of: 0)
    }
    // The head of the same figure is marked if the column itself is not on the screen.
    #expect(byRate.sorted == 2 && byRate.isReversed)
    let narrow = self.model([name(5)], columns: 30) {
      $0.restoreSorting(.bytes, isReversed: false, of: 0)
    }
    #expect(narrow.sorted == nil)
  }

  @Test(arguments: [
    (TableComparison.windowBefore, "change"), (.hourBefore, "vs 1 h"), (.dayBefore, "vs 1 d"),
  ])
  func theHeadOfTheChangeSaysWhatItIsComparedWith(comparison: TableComparison, head: String) {
    #expect(model([name(5)]) { $0.comparison = comparison }.heads.last == head)
  }

  @Test func theFootnoteSaysWhichRowsAreVisible() {
    let rows = (0..<30).map { RankedName(name: Name("/\($0)"), hits: 30 - $0) }
    #expect(model(rows).frame.footnote == "1-20 of 30")
    #expect(model(rows).frame.scroll == .init(first: 0, count: 30))
    #expect(model(Array(rows.prefix(20))).frame.footnote == "")
    #expect(model([]).frame.footnote == "")
  }

  @Test func theNoteSaysWhatTheWindowIsAndHowFarNamesReach() {
    var figures = TableFigures()
    #expect(figures.note == "last 10 s")
    (figures.window, figures.coveredSeconds) = (.last(seconds: 3600), 900)
    #expect(figures.note == "last 1 h, names 15 min")
    figures.window = .all
    #expect(figures.note == "all")
  }

  /// What the frame of the clients says about their number.
  private func readout(
    _ inWindow: DistinctCount, _ inAll: DistinctCount, window: TableWindow = .last(seconds: 10),
    rows: Int = 0, columns: Int = 46
  ) -> String? {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.uniqueClients = inAll
    (snapshot.table.window, snapshot.table.uniqueClients) = (window, inWindow)
    let names = (0..<rows).map { RankedName(name: Name("10.0.0.\($0)"), hits: 1) }
    snapshot.table.rankings = [RankedRows(), RankedRows(names, mostHits: 1)]
    let context = PaneContext(.table(1), snapshot, ViewState(), rows: 8, columns: columns)
    let readout = TableModel(slot: 1, context).frame.readout
    #expect(readout.allSatisfy { $0.emphasis == .muted })
    return readout.first?.text
  }

  private func estimate(_ count: Int) -> DistinctCount {
    var estimate = DistinctCount(count)
    estimate.error = Int(Double(count) * 0.015925) + 1
    return estimate
  }

  @Test func theFrameOfTheClientsSaysHowManyThereAre() {
    #expect(readout(DistinctCount(60), DistinctCount(1204)) == "60 unique, 1,204 in all")
    #expect(readout(DistinctCount(0), DistinctCount(1204)) == "0 unique, 1,204 in all")
    #expect(readout(DistinctCount(1204), DistinctCount(1204), window: .all) == "1,204 unique")
    #expect(readout(DistinctCount(0), DistinctCount(0)) == nil)
    #expect(model([name(5)]).frame.readout.isEmpty, "the frame of the sections")
  }

  @Test(arguments: [
    (60, 0, "~1.2M unique within 1.6 %, ~5.2M in all"), (40, 0, "~1.2M unique within 1.6 %"),
    (40, 20, "~1.2M unique within 1.6 %"), (30, 20, "~1.2M unique"), (25, 20, nil),
  ])
  func anEstimateIsMarkedWithItsErrorIfThereIsRoom(columns: Int, rows: Int, text: String?) {
    let readout = readout(
      estimate(1_234_567), estimate(5_200_000), rows: rows, columns: columns)
    #expect(readout == text)
  }

  @Test func theTextThatWasSearchedIsInTheFrame() {
    #expect(model([name(5)]).frame.readout.isEmpty)
    let found = model([name(5)]) { $0.query = "10.0" }
    #expect(found.frame.readout.map(\.text) == ["/10.0", "n next"])
    let elsewhere = model([name(5)]) {
      $0.query = "10.0"
      $0.focus(.chart)
    }
    #expect(elsewhere.frame.readout.isEmpty)
  }
}
