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

/// The columns of the sources: those that there is room for.
package struct SourceLayout: Equatable, Sendable {
  /// A column after the name and the sparkline.
  package enum Column: CaseIterable, Sendable {
    case rate, hits, serverErrors, rejected, late, lag, format, state

    /// The head.
    package var title: String {
      switch self {
      case .rate: "rate"
      case .hits: "hits"
      case .serverErrors: "5xx"
      case .rejected: "rejected"
      case .late: "late"
      case .lag: "behind"
      case .format: "format"
      case .state: "state"
      }
    }

    package var width: Int {
      switch self {
      case .rate, .serverErrors: 8
      case .hits, .rejected, .late: 10
      case .lag: 8
      case .format: 11
      case .state: 14
      }
    }

    /// Whether its texts are words, which are aligned to the left.
    package var isText: Bool { self == .state || self == .format }
  }

  /// The most important first.
  private static let priority: [Column] = [
    .state, .rate, .serverErrors, .lag, .rejected, .hits, .format, .late,
  ]
  private static let shortestName = 14
  private static let usualName = 26
  private static let longestName = 44
  private static let shortestTrend = 10
  private static let longestTrend = 30
  /// The blank before the names.
  package static let margin = 1

  package var name: Int
  /// The number of buckets of the sparkline; 0 without one.
  package var trend = 0
  package var columns: [Column]

  /// - Parameter width: the columns inside the frame.
  package init(columns width: Int) {
    var rest = width - Self.margin - Self.shortestName
    var chosen: [Column] = []
    for (place, column) in Self.priority.enumerated() {
      // The last columns come after a name of usual length and a sparkline.
      let reserve = place < 4 ? 0 : Self.usualName - Self.shortestName + Self.shortestTrend + 1
      guard column.width + 1 + reserve <= rest else { continue }
      chosen.append(column)
      rest -= column.width + 1
    }
    columns = Column.allCases.filter { chosen.contains($0) }
    name = max(0, min(Self.shortestName, width - Self.margin))
    if rest > Self.shortestTrend {
      let spare = rest - 1 - (Self.usualName - Self.shortestName)
      trend = min(Self.longestTrend, max(Self.shortestTrend, spare))
      rest -= trend + 1
    }
    let more = max(0, min(rest, Self.longestName - name))
    name += more
  }
}
