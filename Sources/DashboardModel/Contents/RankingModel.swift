import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the most frequent names of a dimension.
struct RankingContent: PaneContent {
  let dimension: Dimension

  var title: String { "Top \(dimension.profile.pluralName)" }
  var shortTitle: String { "\(dimension.profile.pluralName)" }

  func model(_ context: PaneContext) -> RankingModel {
    RankingModel(dimension, context)
  }

  func rowCount(in snapshot: Snapshot) -> Int { snapshot.table.rankings[dimension].count }

  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {
    let ranking = snapshot.table.rankings[dimension]
    list.settle(
      first: ranking.first, names: ranking.rows.map(\.name), count: ranking.count,
      visible: visible)
  }
}

/// The visible rows of a ranking, with the titles of its columns.
package struct RankingModel: PaneListModel {
  /// A row: a name and its figures.
  package struct Row: Equatable, Sendable {
    /// The name, safe for a terminal.
    package var name: SafeString
    /// A cell for each column, right-aligned.
    package var cells: [ListCell]
    /// The length of the bar: the hits as a fraction of the hits of the first name.
    package var bar: Double
    /// The row is selected.
    package var isSelected: Bool
  }

  /// The texts in the border.
  package var frame: PaneFrame
  /// The title of the names.
  package var head: String
  /// The columns, from left to right.
  package var columns: [ListColumn]
  /// The visible rows.
  package var rows: [Row]

  init(_ dimension: Dimension, _ context: PaneContext) {
    let (table, list) = (context.snapshot.table, context.list)
    let ranking = table.rankings[dimension]
    let columns = RankingColumn.columns(of: dimension)
    rows = ranking.visible(list, rows: context.room.listRows ?? 0).map { index, ranked in
      Row(
        name: SafeString(ranked.name.bytes, limit: 256),
        cells: columns.map { $0.cell(ranked, table) },
        bar: ranking.mostHits > 0 ? min(1, Double(ranked.hits) / Double(ranking.mostHits)) : 0,
        isSelected: index == list.selected)
    }
    head = "\(dimension.profile.name)"
    self.columns = columns.map(\.column)
    frame = PaneFrame(context, note: table.note, rows: rows.count, of: ranking.count)
  }
}

extension RankedRows {
  /// The visible rows of a list, with their indices in the ranking.
  fileprivate func visible(_ list: PaneList, rows count: Int) -> [(Int, RankedName)] {
    let indices = list.offset..<list.offset + max(0, count)
    return indices.clamped(to: first..<first + rows.count).map { ($0, rows[$0 - first]) }
  }
}

extension TableFigures {
  /// The period of the figures: `last 5 min`.
  var note: String {
    switch window {
    case .all: return "all"
    case .last(let seconds):
      let note = "last " + Wording.exactDuration(seconds)
      guard let reach = coveredSeconds else { return note }
      return note + ", names " + Wording.exactDuration(reach)
    }
  }
}
