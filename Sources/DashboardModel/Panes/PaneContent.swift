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
