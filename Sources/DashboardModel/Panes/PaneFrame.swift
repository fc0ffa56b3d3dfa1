/// The texts in the border of a pane.
package struct PaneFrame: Equatable, Sendable {
  /// The title, with the digit of the pane.
  package var title: String
  /// At the right of the title.
  package var note: String
  /// At the right of the lower edge.
  package var footnote = ""
  /// The pane has the focus.
  package var isFocused: Bool

  init(_ context: PaneContext, isNumbered: Bool = true, note: String) {
    let title = context.pane.content.title
    let digit = isNumbered ? context.pane.digit : nil
    self.title = (digit.map { "\($0) " } ?? "") + title
    self.note = note
    isFocused = context.isFocused
  }

  /// The frame of a list. The footnote says which rows are visible, unless all are.
  ///
  /// - Parameters:
  ///   - visible: the number of visible rows.
  ///   - count: the number of all rows.
  init(_ context: PaneContext, note: String, rows visible: Int, of count: Int) {
    self.init(context, note: note)
    guard visible > 0, count > visible else { return }
    let offset = context.list.offset
    footnote = "\(offset + 1)-\(offset + visible) of \(count)"
  }
}
