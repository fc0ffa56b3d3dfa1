/// What stands in the border of a pane.
package struct PaneFrame: Equatable, Sendable {
  /// With the digit that brings the keys there.
  package var title: String
  /// Stands at the right of the title.
  package var note: String
  /// Stands at the right of the lower edge.
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
