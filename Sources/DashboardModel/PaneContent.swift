import AccessLog
import TrafficAnalysis

/// What a pane is about: it makes the pane's model, and knows the rows of its list if it has one.
package protocol PaneContent: Sendable {
  associatedtype Model: PaneModel

  /// Stands in the frame.
  var title: String { get }
  /// What the help calls it.
  var shortTitle: String { get }

  /// What there is to see, made of a state that has settled.
  func model(_ context: PaneContext) -> Model

  /// How many rows the list has, seen or not.
  func rowCount(in snapshot: Snapshot) -> Int

  /// Brings a list into agreement with the figures that there are now.
  ///
  /// - Parameter visible: how many rows can be seen.
  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int)
}

// A pane without a list.
extension PaneContent {
  package func rowCount(in snapshot: Snapshot) -> Int { 0 }

  package func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {}
}

/// What a model is made of.
package struct PaneContext {
  let pane: Pane
  let snapshot: Snapshot
  let state: ViewState
  let room: PaneRoom
  /// The log still grows, or is played.
  let isLive: Bool

  /// Keys go to the pane.
  var isFocused: Bool { state.focus == pane }
  /// Where its list stands.
  var list: PaneList { state.lists[pane] ?? PaneList() }
}

/// How much of a pane can be seen.
package enum PaneRoom: Equatable, Sendable {
  /// Rows of a list, without its head.
  case list(rows: Int)
  case chart(columns: Int)
  /// What fits is shown.
  case any

  /// `nil` where it is no list.
  package var listRows: Int? { if case .list(let rows) = self { rows } else { nil } }
  package var chartColumns: Int { if case .chart(let columns) = self { columns } else { 0 } }
}

/// How much can be seen of what is on the screen.
package struct PaneRooms: Sendable {
  /// The panes that are on the screen.
  package var panes: [Pane: PaneRoom] = [:]
  /// Lines of the help, and how many of them can be seen at once.
  package var help = (lines: 0, visible: 0)

  package init() {}
}
