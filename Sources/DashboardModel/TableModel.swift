import AccessLog
import SafeText
import TrafficAnalysis

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
  /// Titles of the columns.
  package var columns: [String]
  package var rows: [Row]
  package var offset: Int
  package var total: Int
  package var focused: Bool

  static func sections(
    _ snapshot: Snapshot, _ state: inout ViewState, rows visible: Int, focused: Bool
  ) -> TableModel {
    let table = snapshot.table
    let all = state.ordered(table.sections, in: .sections) { $0.name }
    state.follow(
      .sections, in: all.map { .name($0.name) }, count: all.count, visible: visible)
    let offset = state.lists[.sections]?.offset ?? 0
    let most = table.sections.reduce(0) { max($0, $1.hits) }
    let rows = all.dropFirst(offset).prefix(max(visible, 0)).map { section in
      Row(
        name: SafeString(section.name.bytes, limit: 256),
        cells: [
          mark(section.error) + Wording.grouped(section.hits),
          Wording.percent(section.hits, of: table.traffic.hits),
          rate(section.hits, table.seconds),
          Wording.grouped(section.clientErrors), Wording.grouped(section.serverErrors),
          Wording.bytes(section.bytes),
        ], bar: part(section.hits, of: most),
        isSelected: state.isSelected(.name(section.name), in: .sections))
    }
    return TableModel(
      title: Pane.sections.numberedTitle, note: note(table), head: "section",
      columns: ["hits", "share", "rate", "4xx", "5xx", "bytes"], rows: Array(rows),
      offset: offset, total: table.sectionCount, focused: focused)
  }

  static func clients(
    _ snapshot: Snapshot, _ state: inout ViewState, rows visible: Int, focused: Bool
  ) -> TableModel {
    let table = snapshot.table
    let all = state.ordered(table.clients, in: .clients) { $0.name }
    state.follow(
      .clients, in: all.map { .name($0.name) }, count: all.count, visible: visible)
    let offset = state.lists[.clients]?.offset ?? 0
    let most = table.clients.reduce(0) { max($0, $1.hits) }
    let rows = all.dropFirst(offset).prefix(max(visible, 0)).map { client in
      Row(
        name: SafeString(client.name.bytes, limit: 256),
        cells: [
          mark(client.error) + Wording.grouped(client.hits),
          Wording.percent(client.hits, of: table.traffic.hits), Wording.grouped(client.errors),
        ], bar: part(client.hits, of: most),
        isSelected: state.isSelected(.name(client.name), in: .clients))
    }
    return TableModel(
      title: Pane.clients.numberedTitle, note: note(table), head: "client",
      columns: ["hits", "share", "errors"], rows: Array(rows), offset: offset,
      total: table.clientCount, focused: focused)
  }

  /// An estimate says that it is one.
  private static func mark(_ error: Int) -> String { error > 0 ? "~" : "" }

  private static func part(_ part: Int, of whole: Int) -> Double {
    whole > 0 ? min(1, Double(part) / Double(whole)) : 0
  }

  private static func rate(_ hits: Int, _ seconds: Int64) -> String {
    Wording.rate(Rate(hits: hits, seconds: max(1, seconds)).value)
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
