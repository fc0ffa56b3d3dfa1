import AccessLog
import TrafficAnalysis

/// Makes the model of a pane, and moves its list if it has one.
package protocol PaneContent: Sendable {
  associatedtype Model: PaneModel

  /// What the user can do in the pane: keys and their meaning, the most important first.
  var keys: [KeyHint] { get }

  /// Makes the model from a state that has settled.
  func model(_ context: PaneContext) -> Model

  /// The number of rows in the list, visible or not.
  func rowCount(in snapshot: Snapshot) -> Int

  /// Adapts the selection and the position of a list to a new snapshot.
  ///
  /// - Parameter visible: the number of visible rows.
  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int)
}

// The defaults are those of a pane without a list.
extension PaneContent {
  package func rowCount(in snapshot: Snapshot) -> Int { 0 }

  package func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {}
}

/// A key and what it does.
package struct KeyHint: Equatable, Sendable {
  package var key: String
  package var meaning: String

  package init(_ key: String, _ meaning: String) {
    self.key = key
    self.meaning = meaning
  }
}

/// What a content makes its model from.
package struct PaneContext {
  let pane: Pane
  let snapshot: Snapshot
  let state: ViewState
  let room: PaneRoom
  /// The log may still grow, or its replay has not ended.
  let isLive: Bool
  /// The states of the sources.
  var sources: [SourceState] = []
  /// What the conditions of sources depend on.
  var clocks = SourceClocks()
  /// The log is replayed.
  var isReplay = false
  /// What became of the notifications of each alert; `nil` if nobody is notified.
  var deliveries: [AlertKey: [Delivery]]?

  /// The second up to which the history is saved; `nil` if none is kept.
  var historySaved: EpochSecond?

  /// The pane has the focus.
  var isFocused: Bool { state.focus == pane }
  /// The pane fills the screen.
  var isZoomed: Bool { state.isZoomed && isFocused }
  /// The position and the selection of its list.
  var list: PaneList { state.lists[pane] ?? PaneList() }
}
