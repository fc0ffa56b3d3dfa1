import Testing

@testable import TerminalCanvas

struct LayoutTests {
  private let area = Rectangle(row: 2, column: 3, rows: 24, columns: 80)

  @Test(
    arguments: [
      ([.fixed(2), .share(1), .fixed(1)], [2, 21, 1]),
      ([.share(1), .share(1), .share(1)], [8, 8, 8]),
      ([.share(1), .share(1), .share(1), .share(1), .share(1)], [4, 5, 5, 5, 5]),
      ([.atLeast(10, share: 1), .share(1)], [17, 7]),
      ([.fixed(20), .fixed(20), .share(1)], [20, 4, 0]),
      ([.fixed(-3), .fixed(5)], [0, 5]), ([], []),
    ] as [([Extent], [Int])])
  func rowsAreDistributedByExtent(extents: [Extent], rows: [Int]) {
    let parts = area.split(rows: extents)
    #expect(parts.map(\.rows) == rows)
    var row = area.row
    for part in parts {
      #expect(part.row == row && part.columns == area.columns && part.column == area.column)
      row = part.endRow
    }
    #expect(row <= area.endRow)
  }

  @Test(arguments: 0...100)
  func sharesAddUpToTheWholeSpace(columns: Int) {
    let area = Rectangle(row: 0, column: 0, rows: 1, columns: columns)
    let parts = area.split(columns: [.share(3), .fixed(7), .share(2)], gap: 1)
    #expect(parts.reduce(0) { $0 + $1.columns } == max(0, columns - 2))
    #expect(parts.allSatisfy { $0.endColumn <= columns || $0.isEmpty })
  }

  @Test func partsLieInsideTheRectangle() {
    #expect(area.inside == Rectangle(row: 3, column: 4, rows: 22, columns: 78))
    #expect(area.line(23).row == 25)
    #expect(area.line(24).isEmpty)
    #expect(area.line(-1).isEmpty)
    #expect(area.slice(from: 78).columns == 2)
    #expect(area.slice(from: 200).isEmpty)
    #expect(area.slice(from: -5, columns: 4) == area.slice(from: 0, columns: 4))
    #expect(Rectangle(row: 0, column: 0, rows: 1, columns: 1).inside.isEmpty)
    #expect(area.inset(top: 99, left: 99).isEmpty)
    #expect(area.lines.count == 24)
  }

  @Test func anIntersectionHoldsTheCommonCells() {
    let other = Rectangle(row: 0, column: 0, rows: 5, columns: 5)
    #expect(area.intersection(other) == Rectangle(row: 2, column: 3, rows: 3, columns: 2))
    #expect(
      other.intersection(Rectangle(row: 9, column: 9, rows: 1, columns: 1)).isEmpty)
  }
}
