import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the sources.
struct SourceListContent: PaneContent {
  let keys = [KeyHint("j k", "select"), KeyHint("z", "zoom")]

  func model(_ context: PaneContext) -> SourceListModel { SourceListModel(context) }

  func rowCount(in snapshot: Snapshot) -> Int { snapshot.sources.count }

  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {
    list.settle(count: snapshot.sources.count, visible: visible)
  }
}

/// The sources, a row each in the order of the command line: what they bring, and their state.
package struct SourceListModel: PaneListModel {
  /// A source.
  package struct Row: Equatable, Sendable {
    /// Its name, safe for a terminal.
    package var name: SafeString
    /// The hits of the last minutes, the oldest first.
    package var trend: [Int?]
    /// The texts of the columns of the layout.
    package var cells: [Words]
    package var isSelected: Bool
  }

  package var frame: PaneFrame
  package var layout: SourceLayout
  /// The visible rows.
  package var rows: [Row]

  init(_ context: PaneContext) {
    let (figures, states) = (context.snapshot.sources, context.sources)
    let layout = SourceLayout(columns: context.room.columns)
    self.layout = layout
    let first = min(context.list.offset, states.count)
    let directory = Self.commonDirectory(states.map(\.path))
    rows = (first..<min(states.count, first + context.room.rows)).map { index in
      // A display that is frozen may have other sources than there are now.
      let own = figures.indices.contains(index) ? figures[index] : SourceFigures()
      let isSame = own.name.map { $0 == states[index].path } ?? true
      let row = SourceRow(states[index], isSame ? own : SourceFigures(), context)
      return Row(
        name: row.name(without: directory), trend: row.trend(layout.trend),
        cells: layout.columns.map(row.words),
        isSelected: index == context.list.selected)
    }
    frame = PaneFrame(
      context, title: "sources", note: Self.note(states), rows: rows.count, of: states.count)
  }

  /// How many sources are not read.
  private static func note(_ states: [SourceState]) -> String {
    let failed = states.count { if case .failed = $0.phase { true } else { false } }
    let waiting = states.count { $0.phase == .waiting }
    let parts = [
      failed > 0 ? "\(failed) unreadable" : nil, waiting > 0 ? "\(waiting) waiting" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? "" : parts.joined(separator: ", ") + " of \(states.count)"
  }

  /// The bytes of the directory that all paths begin with, with its slash: they tell nothing apart.
  private static func commonDirectory(_ paths: [Name]) -> Int {
    guard paths.count > 1, let first = paths.first?.bytes else { return 0 }
    let common = paths.dropFirst().reduce(first.count) { common, path in
      min(common, zip(first, path.bytes).prefix { $0 == $1 }.count)
    }
    return first[..<common].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
  }
}
