/// The texts in the border of a pane.
package struct PaneFrame: Equatable, Sendable {
  /// The digit that moves the focus to the pane.
  package var digit: Int?
  package var title: String
  /// The meaning of the colours, between the title and the note.
  package var legend: [Words] = []
  /// At the right of the title.
  package var note: String
  /// At the left of the lower edge: what the cursor or the search says.
  package var readout: [Words] = []
  /// At the right of the lower edge.
  package var footnote = ""
  /// The pane has the focus.
  package var isFocused: Bool
  /// The first visible row of a list, and the number of all rows; `nil` without a list.
  package var scroll: ScrollPosition?

  /// What of a list is visible.
  package struct ScrollPosition: Equatable, Sendable {
    package var first: Int
    package var count: Int
  }

  init(_ context: PaneContext, title: String, note: String) {
    digit = context.pane.digit
    self.title = title
    self.note = note
    isFocused = context.isFocused
  }

  /// The frame of a list. The footnote says which rows are visible, unless all are.
  ///
  /// - Parameters:
  ///   - visible: the number of visible rows.
  ///   - count: the number of all rows.
  init(_ context: PaneContext, title: String, note: String, rows visible: Int, of count: Int) {
    self.init(context, title: title, note: note)
    let offset = context.list.offset
    scroll = ScrollPosition(first: offset, count: count)
    guard visible > 0, count > visible else { return }
    footnote = "\(offset + 1)-\(offset + visible) of \(count)"
  }

  /// The columns of a readout that fits beside the footnote.
  ///
  /// - Parameter columns: those inside the frame.
  func readoutRoom(columns: Int) -> Int {
    // Each text has a blank at either side, and the corner and a line beyond.
    columns - 4 - (footnote.isEmpty ? 0 : footnote.utf8.count + 2)
  }
}
