import AccessLog
import SafeText
import TrafficAnalysis

/// A column of figures. Its texts are made to leave at least one blank beside the column before it.
package struct TableColumn: Equatable, Sendable {
  package var title: String
  /// In columns of the screen, with that blank.
  package var width: Int
  /// Where there is not room for all, those with the lowest rank are shown.
  package var rank: Int

  /// The width that a text may have.
  fileprivate var room: Int { width - 1 }

  fileprivate static let hits = TableColumn(title: "hits", width: 10, rank: 0)
  fileprivate static let share = TableColumn(title: "share", width: 9, rank: 1)
  fileprivate static let rate = TableColumn(title: "rate", width: 9, rank: 2)
  fileprivate static let serverErrors = TableColumn(title: "5xx", width: 7, rank: 3)
  fileprivate static let clientErrors = TableColumn(title: "4xx", width: 7, rank: 4)
  fileprivate static let errors = TableColumn(title: "errors", width: 8, rank: 5)
  fileprivate static let bytes = TableColumn(title: "bytes", width: 10, rank: 6)
}

/// A list with a head: the rows that can be seen, and where they stand in the whole.
package struct TableModel: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package var name: SafeString
    /// One text a column, right-aligned.
    package var cells: [String]
    /// The length of the bar: the hits as a part of those of the greatest row, 0 to 1.
    package var bar: Double
    package var isSelected: Bool
  }

  package var title: String
  package var note: String
  package var head: String
  package var columns: [TableColumn]
  package var rows: [Row]
  package var offset: Int
  package var total: Int
  package var focused: Bool

  static func sections(
    _ snapshot: Snapshot, _ state: ViewState, rows visible: Int, focused: Bool
  ) -> TableModel {
    let table = snapshot.table
    let list = state.lists[.sections] ?? PaneList()
    let rows = table.rankings[.section].visible(list, rows: visible).map { place, section in
      Row(
        name: SafeString(section.name.bytes, limit: 256),
        cells: [
          hits(section.hits, error: section.error),
          Wording.percent(section.hits, of: table.traffic.hits),
          Wording.rate(Rate(hits: section.hits, seconds: max(1, table.seconds)).value),
          Wording.grouped(section.clientErrors, in: TableColumn.clientErrors.room),
          Wording.grouped(section.serverErrors, in: TableColumn.serverErrors.room),
          Wording.bytes(section.bytes),
        ], bar: part(section.hits, of: table.rankings[.section].mostHits),
        isSelected: place == list.selected)
    }
    return TableModel(
      title: Pane.sections.numberedTitle, note: note(table), head: "section",
      columns: [.hits, .share, .rate, .clientErrors, .serverErrors, .bytes], rows: rows,
      offset: list.offset, total: table.rankings[.section].count, focused: focused)
  }

  static func clients(
    _ snapshot: Snapshot, _ state: ViewState, rows visible: Int, focused: Bool
  ) -> TableModel {
    let table = snapshot.table
    let list = state.lists[.clients] ?? PaneList()
    let rows = table.rankings[.client].visible(list, rows: visible).map { place, client in
      Row(
        name: SafeString(client.name.bytes, limit: 256),
        cells: [
          hits(client.hits, error: client.error),
          Wording.percent(client.hits, of: table.traffic.hits),
          Wording.grouped(client.errors, in: TableColumn.errors.room),
        ], bar: part(client.hits, of: table.rankings[.client].mostHits),
        isSelected: place == list.selected)
    }
    return TableModel(
      title: Pane.clients.numberedTitle, note: note(table), head: "client",
      columns: [.hits, .share, .errors], rows: rows, offset: list.offset,
      total: table.rankings[.client].count, focused: focused)
  }

  /// An estimate says that it is one.
  private static func hits(_ hits: Int, error: Int) -> String {
    let mark = error > 0 ? "~" : ""
    return mark + Wording.grouped(hits, in: TableColumn.hits.room - mark.count)
  }

  private static func part(_ part: Int, of whole: Int) -> Double {
    whole > 0 ? min(1, Double(part) / Double(whole)) : 0
  }

  static func note(_ table: TableFigures) -> String {
    switch table.window {
    case .all: return "all"
    case .last(let seconds):
      let note = "last " + Wording.span(seconds)
      guard let reach = table.namesReachBack else { return note }
      return note + ", names " + Wording.span(reach)
    }
  }
}

extension RankedRows {
  /// The rows of a list that can be seen, with their places.
  fileprivate func visible(_ list: PaneList, rows count: Int) -> [(Int, RankedName)] {
    let places = list.offset..<list.offset + max(0, count)
    return places.clamped(to: first..<first + rows.count).map { ($0, rows[$0 - first]) }
  }
}
