import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the names of a dimension that have the most hits.
struct TableContent: PaneContent {
  let slot: Int

  let keys = [
    KeyHint("j k", "select"), KeyHint("s", "sort"), KeyHint("/", "find"), KeyHint("w", "window"),
    KeyHint("d", "dimension"), KeyHint("=", "compare"), KeyHint("z", "zoom"),
  ]

  func model(_ context: PaneContext) -> TableModel { TableModel(slot: slot, context) }

  private func rows(in snapshot: Snapshot) -> RankedRows {
    let rankings = snapshot.table.rankings
    return rankings.indices.contains(slot) ? rankings[slot] : RankedRows()
  }

  func rowCount(in snapshot: Snapshot) -> Int { rows(in: snapshot).count }

  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {
    let rows = rows(in: snapshot)
    list.settle(
      first: rows.first, names: rows.rows.map(\.name), count: rows.count, visible: visible)
  }
}

/// The visible rows of a table, with its heads.
package struct TableModel: PaneListModel {
  /// A row: a name and its figures.
  package struct Row: Equatable, Sendable {
    /// The name, safe for a terminal.
    package var name: SafeString
    package var nameEmphasis: Emphasis
    /// The buckets of the sparkline, the oldest first.
    package var trend: [Int?]
    /// The texts of the columns after the name and the sparkline, right-aligned.
    package var cells: [Words]
    /// The row is selected.
    package var isSelected: Bool
  }

  package var frame: PaneFrame
  package var layout: TableLayout
  /// The title of each column of the layout.
  package var heads: [String]
  /// The index of the column by which the table is sorted.
  package var sorted: Int?
  /// The least comes first.
  package var isReversed: Bool
  /// The visible rows.
  package var rows: [Row]

  init(slot: Int, _ context: PaneContext) {
    let (table, list, state) = (context.snapshot.table, context.list, context.state)
    let shown = state.tables[slot]
    let ranking = table.rankings.indices.contains(slot) ? table.rankings[slot] : RankedRows()
    let layout = TableLayout(
      columns: context.room.columns, shown.dimension, isZoomed: context.isZoomed,
      isTimed: context.snapshot.isTimed)
    self.layout = layout
    let trend = SparklinePeriod(
      buckets: layout.trend, context.snapshot.history, isLive: context.isLive)
    heads = layout.columns.map { $0.title(shown.dimension, trend, state.comparison) }
    sorted =
      layout.columns.firstIndex(of: shown.column)
      ?? layout.columns.firstIndex { $0.figure == shown.column.figure }
    isReversed = shown.isReversed
    let indices = list.offset..<list.offset + context.room.rows
    rows = indices.clamped(to: ranking.first..<ranking.first + ranking.rows.count).map { index in
      Row(
        ranking.rows[index - ranking.first], layout, trend, table, state.times,
        isSelected: index == list.selected)
    }
    let order = shown.column.title(shown.dimension, trend, state.comparison)
    frame = PaneFrame(
      context, title: "\(shown.dimension.profile.pluralName)",
      note: (sorted == nil ? "sorted by \(order), " : "") + context.tableNote,
      rows: rows.count, of: ranking.count)
    if context.isFocused, !state.query.isEmpty {
      frame.readout = [Words("/\(state.query)", .accent), Words("n next", .muted)]
    } else if let latency = table.latency, shown.dimension == .section {
      let room = frame.readoutRoom(columns: context.room.columns)
      frame.readout = latency.readout(room: room).map { [Words($0, .muted)] } ?? []
    } else if shown.dimension == .client, context.snapshot.uniqueClients.count > 0 {
      let total = table.window == .all ? nil : context.snapshot.uniqueClients
      let room = frame.readoutRoom(columns: context.room.columns)
      frame.readout =
        table.uniqueClients.readout(of: total, room: room).map { [Words($0, .muted)] } ?? []
    }
  }
}

extension TableModel.Row {
  init(
    _ row: RankedName, _ layout: TableLayout, _ trend: SparklinePeriod, _ table: TableFigures,
    _ times: TimeDisplay, isSelected: Bool
  ) {
    name = SafeString(row.name.bytes, limit: 256)
    // Names that hardly matter must not draw the eye.
    let isRare = Double(row.hits) * 50 < Double(table.traffic.hits)
    nameEmphasis = isRare ? .muted : .plain
    self.trend = trend.shown(row.trend)
    cells = layout.places.filter { $0.column != .name && $0.column != .trend }.map {
      var words = $0.column.words(row, table, times, room: $0.width - 1)
      if isRare, words.emphasis == .plain || words.emphasis == .strong { words.emphasis = .muted }
      return words
    }
    self.isSelected = isSelected
  }
}

extension LatencyFigures {
  /// As many of the percentiles and the greatest latency as there is room for; `nil` without room.
  fileprivate func readout(room: Int) -> String? {
    let parts = [("p50", p50), ("p95", p95), ("p99", p99), ("max", Double(max))].map {
      "\($0.0) \(LatencyText.text($0.1))"
    }
    for choice in [parts, [parts[0], parts[1], parts[3]], [parts[1]]] {
      let text = choice.joined(separator: "  ")
      if text.count <= room { return text }
    }
    return nil
  }
}

extension PaneContext {
  /// The period of the figures of the tables: `last 5 min`.
  var tableNote: String {
    let table = snapshot.table
    guard table.window == .all, let since = snapshot.shownSource?.since else { return table.note }
    return "since " + state.times.clock(since)
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
