import AccessLog
import Messages
import TrafficAnalysis

/// A column of a ranking, with what it says of a name. Its texts are made to leave at least one blank
/// beside the column before it.
struct RankingColumn: Sendable {
  var column: ListColumn
  /// The figure that it shows; empty where every ranking has it.
  private var figure: RankedFigures
  /// - Parameter room: the width that the text may have.
  private var text: @Sendable (_ row: RankedName, _ table: TableFigures, _ room: Int) -> String
  /// `nil` where a text without a figure in it stands out like any other.
  private var count: (@Sendable (RankedName) -> Int)?

  /// Every column, from left to right.
  private static let all = [
    RankingColumn(ListColumn("hits", width: 10, rank: 0, .strong)) { row, _, room in
      // An estimate says that it is one.
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

  /// Of something that stands out only where there is any.
  private init(
    _ column: ListColumn, _ figure: RankedFigures,
    count: @escaping @Sendable (RankedName) -> Int
  ) {
    self.init(column, figure) { row, _, room in Wording.grouped(count(row), in: room) }
    self.count = count
  }

  static func columns(of dimension: Dimension) -> [RankingColumn] {
    all.filter { dimension.profile.tableFigures.isSuperset(of: $0.figure) }
  }

  func cell(_ row: RankedName, _ table: TableFigures) -> ListCell {
    let isNone = count.map { $0(row) == 0 } ?? false
    return ListCell(text(row, table, column.width - 1), isNone ? .muted : column.emphasis)
  }
}
