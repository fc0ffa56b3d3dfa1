import SafeText

/// What a pane shows, as plain values: what is equal is not drawn again.
package protocol PaneModel: Equatable, Sendable {
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

/// What stands in the border of a pane.
package struct PaneFrame: Equatable, Sendable {
  /// With the digit that brings the keys there.
  package var title: String
  package var note: String
  package var footnote = ""
  /// Keys go to the pane.
  package var isFocused: Bool

  init(_ context: PaneContext, isNumbered: Bool = true, note: String) {
    let title = context.pane.content.title
    let digit = isNumbered ? context.pane.digit : nil
    self.title = (digit.map { "\($0) " } ?? "") + title
    self.note = note
    isFocused = context.isFocused
  }

  /// Of a list: says which rows can be seen, where not all can.
  ///
  /// - Parameter shown: places in the list of `count` rows.
  init(_ context: PaneContext, note: String, rows shown: Int, of count: Int) {
    self.init(context, note: note)
    guard shown > 0, count > shown else { return }
    let offset = context.list.offset
    footnote = "\(offset + 1)-\(offset + shown) of \(count)"
  }
}
