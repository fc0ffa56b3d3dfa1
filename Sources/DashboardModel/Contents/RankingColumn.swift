import AccessLog
import Messages
import TrafficAnalysis

/// A column of a ranking, and how to make its texts. A text leaves at least one blank to the previous
/// column.
struct RankingColumn: Sendable {
  var column: ListColumn
  /// The figure in the column; empty if every ranking has it.
  private var figure: RankedFigures
  /// Makes the text; `room` is the widest that it may be.
  private var text: @Sendable (_ row: RankedName, _ table: TableFigures, _ room: Int) -> String
  /// The count whose zero is muted; `nil` if no text is muted.
  private var count: (@Sendable (RankedName) -> Int)?

  /// All columns, from left to right.
  private static let all = [
    RankingColumn(ListColumn("hits", width: 10, rank: 0, .strong)) { row, _, room in
      // Marks an estimate.
      let mark = row.error > 0 ? "~" : ""
      return mark + Wording.grouped(row.hits, in: room - mark.count)
    },
    RankingColumn(ListColumn("share", width: 9, rank: 1)) { row, table, _ in
      Wording.percent(row.hits, of: table.traffic.hits)
    },
    RankingColumn(ListColumn("rate", width: 9, rank: 2), .rate) { row, table, _ in
      Wording.rate(Rate(hits: row.hits, seconds: max(1, table.seconds)).value)
    },
    RankingColumn(ListColumn("errors", width: 8, rank: 5, .notice), .errors) { $0.errors },
    RankingColumn(ListColumn("4xx", width: 7, rank: 4, .notice), .clientErrors) {
      $0.clientErrors
    },
    RankingColumn(ListColumn("5xx", width: 7, rank: 3, .warning), .serverErrors) {
      $0.serverErrors
    },
    RankingColumn(ListColumn("bytes", width: 10, rank: 6), .bytes) { row, _, _ in
      Wording.bytes(row.bytes)
    },
  ]

  private init(
    _ column: ListColumn, _ figure: RankedFigures = [],
    text: @escaping @Sendable (RankedName, TableFigures, Int) -> String
  ) {
    self.column = column
    self.figure = figure
    self.text = text
  }

  /// A column of a count that is muted where it is zero.
  private init(
    _ column: ListColumn, _ figure: RankedFigures,
    count: @escaping @Sendable (RankedName) -> Int
  ) {
    self.init(column, figure) { row, _, room in Wording.grouped(count(row), in: room) }
    self.count = count
  }

  /// The columns in the ranking of a dimension.
  static func columns(of dimension: Dimension) -> [RankingColumn] {
    all.filter { dimension.profile.tableFigures.isSuperset(of: $0.figure) }
  }

  /// The cell of a row.
  func cell(_ row: RankedName, _ table: TableFigures) -> ListCell {
    let isZero = count.map { $0(row) == 0 } ?? false
    return ListCell(text(row, table, column.width - 1), isZero ? .muted : column.emphasis)
  }
}
