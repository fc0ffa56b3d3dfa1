/// What a pane shows, as plain values: what is equal is not drawn again.
package protocol PaneModel: Equatable, Sendable {
  /// What stands in the border.
  var frame: PaneFrame { get }

  /// What has to be drawn after `old`.
  func difference(from old: Self) -> PaneDifference
}

/// What differs between two models of a pane.
package enum PaneDifference: Equatable, Sendable {
  case nothing
  /// Rows of its list, counted from the first that can be seen.
  case rows([Int])
  case everything
}

extension PaneModel {
  package func difference(from old: Self) -> PaneDifference {
    self == old ? .nothing : .everything
  }

  /// The same where the type is known only while it runs.
  func difference(fromAny old: any PaneModel) -> PaneDifference {
    (old as? Self).map { difference(from: $0) } ?? .everything
  }
}

/// A model with a list whose rows can be drawn one by one.
package protocol PaneListModel: PaneModel {
  associatedtype Row: Equatable

  /// The rows that can be seen.
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
