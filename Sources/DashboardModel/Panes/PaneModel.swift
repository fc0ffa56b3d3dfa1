/// What a pane displays, as plain values. Equal values are not drawn again.
package protocol PaneModel: Equatable, Sendable {
  /// The texts in the border.
  var frame: PaneFrame { get }

  /// What must be drawn if the pane displays `old`.
  func difference(from old: Self) -> PaneDifference
}

/// The difference between two models of a pane.
package enum PaneDifference: Equatable, Sendable {
  case nothing
  /// Rows of its list, counted from the first visible one.
  case rows([Int])
  case everything
}

extension PaneModel {
  package func difference(from old: Self) -> PaneDifference {
    self == old ? .nothing : .everything
  }

  /// The difference from a model of any type; another type differs in everything.
  func difference(fromAny old: any PaneModel) -> PaneDifference {
    (old as? Self).map { difference(from: $0) } ?? .everything
  }
}

/// A model with a list whose rows can be drawn individually.
package protocol PaneListModel: PaneModel {
  associatedtype Row: Equatable

  /// The visible rows.
  var rows: [Row] { get set }
}

extension PaneListModel {
  package func difference(from old: Self) -> PaneDifference {
    var same = old
    same.rows = rows
    guard self == same, rows.count == old.rows.count else { return .everything }
    let changed = rows.indices.filter { rows[$0] != old.rows[$0] }
    return changed.isEmpty ? .nothing : .rows(changed)
  }
}
