import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with alerts and recoveries, newest first.
struct AlertHistoryPane: PaneListView {
  static let emptyText: SafeString = " no alert so far"

  let model: AlertHistoryModel

  func draw(_ row: AlertHistoryModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let glyph = row.kind == .recovered ? canvas.glyphs.ended : canvas.glyphs.active
    var spans = [StyledText(" "), StyledText(glyph, row.kind.emphasis.style)]
    for (index, cell) in row.cells.enumerated() {
      spans.append(StyledText(index == 0 ? " " : "  "))
      let text = SafeString(cell.text).padded(to: model.columns[index].width)
      spans.append(StyledText(text, cell.emphasis.style))
    }
    canvas.draw(spans, in: line)
    if row.isSelected { canvas.select(line) }
  }
}
