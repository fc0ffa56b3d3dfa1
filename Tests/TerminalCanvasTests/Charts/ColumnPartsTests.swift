import Testing

@testable import TerminalCanvas

/// How a column is divided into parts, and its parts into cells.
struct ColumnPartsTests {
  /// The parts of a column of eighths: as many of each layer as given, then of the peak.
  private func parts(_ layers: [Int], peak: Int = 0, rows: Int = 1) -> ColumnParts {
    var column = ChartColumn()
    column.layers = layers.map(Double.init)
    column.peak = peak > 0 ? column.layers.reduce(Double(peak), +) : nil
    return ColumnParts(column, ChartScale(rows: rows, step: Double(8 * rows), rowsPerStep: rows))
  }

  @Test func layersAreStackedExactlyToTheEighth() {
    let parts = parts([3, 5, 9], peak: 4, rows: 4)
    #expect(parts.height == 21)
    let fills = (0..<32).map { parts.fill(at: $0) }
    let expected: [(ColumnFill, Int)] = [
      (.layer(0), 3), (.layer(1), 5), (.layer(2), 9), (.peak, 4), (.empty, 11),
    ]
    #expect(fills == expected.flatMap { Array(repeating: $0.0, count: $0.1) })
    #expect(parts.cell(0) == CellFill(.layer(0), 3, .layer(1)))
    #expect(parts.cell(1) == CellFill(.layer(2)) && parts.cell(1).isUniform)
    #expect(parts.cell(3) == CellFill(.empty))
  }

  @Test func layersAboveZeroStayVisible() {
    var column = ChartColumn(1e-9, 1e-9, 1e-9)
    let scale = ChartScale(rows: 5, step: 1000, rowsPerStep: 5)
    let parts = ColumnParts(column, scale)
    #expect((0..<4).map { parts.fill(at: $0) } == [.layer(0), .layer(1), .layer(2), .empty])
    // Also on top of a high layer.
    column.layers = [500, 1e-9, 0]
    #expect(ColumnParts(column, scale).fill(at: 20) == .layer(1))
    #expect(ColumnParts(column, scale).height == 21)
    column.layers = [0, 0, 0]
    #expect(ColumnParts(column, scale).height == 0)
  }

  @Test func aPeakIsAPartOnlyWhereItDiffersVisibly() {
    #expect(parts([0, 0, 4], peak: 1).fill(at: 4) == .empty)
    #expect(parts([0, 0, 4], peak: 2).fill(at: 4) == .peak)
    #expect(parts([0, 0, 4]).fill(at: 4) == .empty)
  }

  @Test func valuesThatAreNoNumbersHaveNoHeight() {
    var column = ChartColumn(.nan, -3, 0)
    column.peak = .nan
    let scale = ChartScale(rows: 2, step: 10, rowsPerStep: 2)
    #expect(ColumnParts(column, scale).height == 0)
    column.layers = [.infinity]
    column.peak = .infinity
    #expect(ColumnParts(column, scale).height == 16)
  }

  /// Every way to divide a cell among server errors, client errors, other hits, peak and nothing.
  private static let divisions: [[Int]] = {
    var divisions: [[Int]] = []
    for server in 0...8 {
      for client in 0...8 - server {
        for others in 0...8 - server - client {
          for peak in 0...8 - server - client - others where peak != 1 {
            divisions.append([server, client, others, peak])
          }
        }
      }
    }
    return divisions
  }()

  /// Client errors only where they are a large part: the height of the column matters more.
  @Test func ofThreePartsInACellErrorsRemain() {
    for division in Self.divisions {
      let cell = parts(Array(division[..<3]), peak: division[3]).cell(0)
      let shown = [cell.lower, cell.upper]
      if division[0] > 0 {
        #expect(shown.contains(.layer(0)), "\(division) \(cell)")
      } else if division[1] * 2 > division[2] * 3 {
        #expect(shown.contains(.layer(1)), "\(division) \(cell)")
      }
    }
  }

  @Test func aCellOfTwoPartsIsExact() {
    for division in Self.divisions where division.count(where: { $0 > 0 }) <= 2 {
      let empty = 8 - division.reduce(0, +)
      let fills =
        zip([.layer(0), .layer(1), .layer(2), .peak, .empty], division + [empty])
        .filter { $0.1 > 0 } as [(ColumnFill, Int)]
      guard fills.count <= 2 else { continue }
      let cell = parts(Array(division[..<3]), peak: division[3]).cell(0)
      #expect(cell.lower == fills[0].0, "\(division)")
      #expect(cell.upper == fills[fills.count - 1].0, "\(division)")
      #expect(cell.eighths == (fills.count == 1 ? 8 : fills[0].1), "\(division)")
    }
  }

  /// A boundary that is drawn is one that exists.
  @Test func aCellEndsAPartOnlyWhereOneEnds() {
    for division in Self.divisions {
      let cell = parts(Array(division[..<3]), peak: division[3]).cell(0)
      guard !cell.isUniform else { continue }
      let ends = division.indices.map { division[...$0].reduce(0, +) }
      #expect(ends.contains(cell.eighths), "\(division) \(cell)")
    }
  }
}
