import TerminalKit
import Testing

@testable import TerminalCanvas

/// The cells of a column chart.
struct ChartTests {
  @Test func columnsAreDrawnInEighthsOfACell() {
    let values = [0.0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16]
    let canvas = ChartPicture(top: 16, rows: 2).draw(values.map { .others($0) })
    #expect(canvas.lines == ["         ▄ ", " ▁▂▃▄▅▆▇   "])
    #expect(canvas.styleLines == ["ttttttttt3t", "t3333333ttt"])
    // A full block would leave seams in some terminals.
    #expect(canvas.groundLines == ["..........3", "........333"])
  }

  @Test func errorsAreStackedFromTheFloor() {
    let canvas = ChartPicture(top: 24, rows: 3).draw([
      ChartColumn(8, 8, 8), ChartColumn(4, 8, 12), ChartColumn(0, 2, 0), ChartColumn(2, 0, 1),
    ])
    #expect(canvas.lines == ["    ", " ▄  ", " ▄▂▂"])
    #expect(canvas.styleLines == ["tttt", "twtt", "tewe"])
    #expect(canvas.groundLines == ["33..", "w3..", "ew.."])
  }

  @Test func valuesAboveTheScaleAreClampedAndNaNIsNotDrawn() {
    let canvas = ChartPicture(top: 10, rows: 1).draw([
      .others(1e300), .others(.infinity), .others(.nan), .others(-5),
    ])
    #expect(canvas.groundLines == ["33.."])
    #expect(canvas.lines == ["    "])
  }

  @Test func hitsAreColouredByTheirHeight() {
    var settings = ChartSettings(layers: [Paint.hits])
    settings.threshold = nil
    for (rows, grounds) in [(8, "76543210"), (4, "6420"), (3, "520"), (16, "7766554433221100")] {
      var canvas = Canvas(size: Size(rows: rows, columns: 1))
      canvas.chart(
        [ChartColumn(1)], settings, scale: ChartScale(rows: rows, step: 1, rowsPerStep: rows),
        in: canvas.bounds)
      #expect(canvas.groundLines.joined() == grounds)
    }
  }

  // MARK: - The peak

  @Test func thePeakIsAGhostAboveTheMean() {
    let canvas = ChartPicture(top: 40, rows: 5).draw([
      .others(8, peak: 40), .others(8, peak: 8.9), .others(8, peak: 24), .others(8, peak: 20),
    ])
    #expect(canvas.groundLines == ["p...", "p...", "p.p.", "p.pp", "3333"])
    #expect(canvas.lines == ["    ", "    ", "   ▄", "    ", "    "])
    #expect(canvas.styleLines[2] == "tttp")
  }

  @Test func aPeakAboveTheScaleHasAMark() {
    let columns: [ChartColumn] = [
      .others(2, peak: 10), .others(2, peak: 10.1), .others(2, peak: 1e300), .others(10, peak: 11),
    ]
    var picture = ChartPicture(top: 10, rows: 5)
    #expect(picture.draw(columns).lines[0] == " ↑↑ ")
    #expect(picture.draw(columns).groundLines[0] == "ppp3")
    picture.glyphs = .ascii
    #expect(picture.draw(columns).lines[0] == ":^^#")
  }

  // MARK: - The line

  /// The line at every fifth of a cell, on what is behind it.
  @Test func theLineStandsAtItsHeightOverColumnGhostAndNothing() {
    let lines = (0..<10).map { ChartColumn.empty(line: Double($0) * 4) }
    let canvas = ChartPicture(top: 40, rows: 2).draw(lines)
    #expect(canvas.lines == ["     ⎽⎼─⎻⎺", "⎽⎼─⎻⎺     "])
    #expect(canvas.styleLines == ["tttttlllll", "lllllttttt"])
    let over = ChartPicture(top: 30, rows: 3).draw([
      ChartColumn(0, 0, 15, peak: 30, line: 5), ChartColumn(0, 0, 5, peak: 20, line: 15),
      ChartColumn(0, 0, 5, line: 25), ChartColumn(15, 0, 0, line: 10),
      ChartColumn(0, 15, 0, line: 5),
    ])
    #expect(over.groundLines == ["p....", "pp.e.", "3p.ew"])
    #expect(over.lines[2].first == "─" && over.lines[0].contains("─"))
  }

  @Test func theLineReplacesThresholdAndColumnWhereItPasses() {
    var picture = ChartPicture(top: 20, rows: 2)
    picture.threshold = 10
    let canvas = picture.draw([.empty(line: 11), .empty(line: 3), ChartColumn(0, 0, 20, line: 12)])
    #expect(canvas.lines[0] == "⎽╌⎼")
    #expect(canvas.groundLines[0] == "..3")
  }

  @Test func aLineAtTheTopIsDrawnAndOneAboveItIsNot() {
    let canvas = ChartPicture(top: 10, rows: 2).draw([
      .empty(line: 10), .empty(line: 10.01), .empty(line: 0), .others(0),
    ])
    #expect(canvas.lines == ["⎺   ", "  ⎽ "])
  }

  // MARK: - Threshold, tint, cursor

  @Test func theThresholdStandsOnlyInEmptyCellsAndGhosts() {
    var picture = ChartPicture(top: 32, rows: 4)
    picture.threshold = 16
    let canvas = picture.draw([
      .others(0), .others(32), .others(20), .others(8, peak: 32), .others(8, peak: 20),
    ])
    #expect(canvas.lines[1] == "╌ ▄╌▄")
    #expect(canvas.styleLines[1] == "mt3mp")
    #expect(canvas.groundLines[1] == ".3.p.")
    #expect((canvas.lines[0] + canvas.lines[2] + canvas.lines[3]).allSatisfy { $0 != "╌" })
    picture.threshold = 33
    #expect(picture.draw([.others(0)]).lines.joined() == "    ")
    picture.threshold = 32
    #expect(picture.draw([.others(0)]).lines == ["╌", " ", " ", " "])
  }

  @Test func theTintIsBehindWhatIsNotFilled() {
    var columns = [ChartColumn.others(12), .others(4, peak: 16), .empty(line: 12), .others(0)]
    for index in columns.indices { columns[index].isTinted = true }
    columns[3].isUnknown = true
    let canvas = ChartPicture(top: 16, rows: 2).draw(columns)
    #expect(canvas.groundLines == ["ipii", "3pii"])
    #expect(canvas.lines == ["▄ ─ ", " ▄ ·"])
  }

  @Test func anUnknownColumnIsADotAtTheFloor() {
    var column = ChartColumn()
    column.isUnknown = true
    var picture = ChartPicture(top: 10, rows: 3)
    picture.threshold = 9
    let canvas = picture.draw([column, ChartColumn()])
    #expect(canvas.lines == ["╌╌", "  ", "· "])
    #expect(canvas.styleLines[2] == ".t")
    picture.glyphs = .ascii
    #expect(picture.draw([column]).lines == ["-", " ", "."])
  }

  @Test func theCursorIsALineAboveItsColumn() {
    var picture = ChartPicture(top: 32, rows: 4)
    picture.cursor = 1
    picture.threshold = 25
    let canvas = picture.draw([.others(8), .others(8, peak: 16), .others(0)])
    #expect(canvas.lines == ["╌│╌", " │ ", " │ ", "   "])
    #expect(canvas.styleLines == ["mam", "tat", "tat", "ttt"])
    #expect(canvas.groundLines == ["...", "...", ".p.", "33."])
    picture.cursor = 7
    #expect(!picture.draw([.others(8)]).lines.joined().contains("│"))
  }

  // MARK: - ASCII and sizes

  @Test func inASCIIAreasAreCharacters() {
    var picture = ChartPicture(top: 32, rows: 4)
    picture.glyphs = .ascii
    picture.threshold = 30
    let canvas = picture.draw([
      ChartColumn(8, 8, 8), ChartColumn(0, 0, 8, peak: 24), ChartColumn(0, 0, 8, line: 20),
      .others(4),
    ])
    #expect(canvas.lines == ["----", "#:~ ", "4:  ", "5##:"])
    #expect(canvas.styleLines[2] == "wptt")
    #expect(canvas.groundLines.joined().allSatisfy { $0 == "." })
  }

  @Test(arguments: 0...6, 0...6)
  func everySizeCanBeDrawnAndNothingIsOutside(rows: Int, columns: Int) {
    var column = ChartColumn(3, 1, 1, peak: 99, line: 5)
    column.isTinted = true
    for glyphs in [GlyphSet.unicode, .ascii] {
      var canvas = Canvas(size: Size(rows: 8, columns: 8), glyphs: glyphs, blank: "x")
      let area = Rectangle(row: 1, column: 1, rows: rows, columns: columns)
      var settings = ChartSettings(layers: [[.serverError], [.clientError], Paint.hits])
      settings.threshold = 2
      settings.cursor = 3
      canvas.chart(
        Array(repeating: column, count: 9), settings,
        scale: ChartScale(reaching: 10, rows: rows, steps: 4), in: area)
      for row in 0..<8 {
        for place in 0..<8 where !area.contains(row: row, column: place) {
          #expect(canvas.cell(row: row, column: place) == Cell("x", .text))
        }
      }
      #expect(canvas.lines.joined().count { $0 == "x" } == 64 - rows * columns)
    }
  }
}
