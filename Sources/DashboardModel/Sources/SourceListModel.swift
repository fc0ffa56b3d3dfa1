import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the sources. The state has its list in order: see `SourceRoster`.
struct SourceListContent: PaneContent {
  let keys = [
    KeyHint("j k", "select"), KeyHint("Enter", "show one"), KeyHint("s", "sort"),
    KeyHint("/", "find"), KeyHint("z", "zoom"),
  ]

  func model(_ context: PaneContext) -> SourceListModel { SourceListModel(context) }
}

/// The sources, a row each: what they bring, and how they are.
package struct SourceListModel: PaneListModel {
  /// A source.
  package struct Row: Equatable, Sendable {
    /// Its name, safe for a terminal.
    package var name: SafeString
    /// The hits of the last minutes.
    package var trend: [Int?]
    /// The texts of the columns of the layout.
    package var cells: [Words]
    package var isSelected: Bool
    /// The other panes show only this one.
    package var isShown = false
  }

  package var frame: PaneFrame
  package var layout: SourceLayout
  /// The order of the list.
  package var order: SourceOrder
  /// The visible rows.
  package var rows: [Row]

  init(_ context: PaneContext) {
    let roster = context.state.roster
    let layout = SourceLayout(columns: context.room.columns)
    self.layout = layout
    order = context.state.sourceOrder
    let first = min(context.list.offset, roster.count)
    rows = (first..<min(roster.count, first + context.room.rows)).map { place in
      Self.row(roster.state(at: place), layout, context, isSelected: place == context.list.selected)
    }
    let counts = roster.counts
    let isFleet = counts.senders > 0 && counts.senders + counts.listeners == counts.all
    frame = PaneFrame(
      context, title: isFleet ? "servers" : "sources",
      note: Self.note(order, layout) + Self.note(counts),
      rows: rows.count, of: roster.count)
    if context.isFocused { frame.readout = Self.readout(context, frame) }
  }

  private static func row(
    _ state: Int, _ layout: SourceLayout, _ context: PaneContext, isSelected: Bool
  ) -> Row {
    let row = SourceRow(state, context)
    return Row(
      name: context.state.roster.names.shortName(of: context.sources[state]),
      trend: row.trend(layout.trend), cells: layout.columns.map(row.words),
      isSelected: isSelected, isShown: context.state.shownSource == context.sources[state].path)
  }

  /// By what the list is sorted, if there is no room for that column.
  private static func note(_ order: SourceOrder, _ layout: SourceLayout) -> String {
    guard let column = order.column, !layout.sortable.contains(column) else { return "" }
    return "sorted by \(column.title), "
  }

  /// How many servers there are, and how many sources are not read: `998 of 1,000, 2 silent`.
  private static func note(_ counts: SourceRoster.Counts) -> String {
    let parts = [
      (counts.silent, "silent"), (counts.ended, "ended"), (counts.unreadable, "unreadable"),
      (counts.waiting, "waiting"),
    ].filter { $0.0 > 0 }.map { Wording.grouped($0.0) + " " + $0.1 }
    guard counts.senders > 0 else {
      return parts.isEmpty ? "" : parts.joined(separator: ", ") + " of \(counts.all)"
    }
    let all = Wording.grouped(counts.senders)
    let present = counts.senders - counts.silent - counts.ended
    let share = present < counts.senders ? Wording.grouped(present) + " of " + all : all
    return ([share] + parts).joined(separator: ", ")
  }

  /// What is searched for; else the whole name of the selected server, with what its row has no room for.
  private static func readout(_ context: PaneContext, _ frame: PaneFrame) -> [Words] {
    if !context.state.query.isEmpty {
      return [Words("/\(context.state.query)", .accent), Words("n next", .muted)]
    }
    guard let place = context.list.selected, place < context.state.roster.count else { return [] }
    let state = context.sources[context.state.roster.state(at: place)]
    guard let sender = state.sender else { return [] }
    let parts = [
      sender.missing > 0
        ? Words(Wording.count(sender.missing, "report") + " missing", .warning) : nil,
      sender.duplicates > 0
        ? Words(Wording.count(sender.duplicates, "report") + " twice", .muted) : nil,
    ].compactMap { $0 }
    let room = frame.readoutRoom(columns: context.room.columns)
    let taken = parts.reduce(0) { $0 + $1.text.count + 2 }
    guard room - taken >= 8 else { return room >= taken ? parts : [] }
    let name = SafeString(state.path.bytes, limit: 256).truncatedInMiddle(to: room - taken)
    return [Words(name.text, .muted)] + parts
  }
}
