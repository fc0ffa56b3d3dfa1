import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with the sources, a row each.
struct SourceListPane: PaneListView {
  static let headRows = 1
  static let emptyText: SafeString = " no source"

  let model: SourceListModel

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    var start = SourceLayout.margin
    canvas.draw("source", in: line.slice(from: start, columns: model.layout.name), style: .muted)
    start += model.layout.name + 1
    if model.layout.trend > 0 {
      canvas.draw("5 min", in: line.slice(from: start, columns: model.layout.trend), style: .muted)
      start += model.layout.trend + 1
    }
    for column in model.layout.columns {
      canvas.draw(
        SafeString(column.title), in: area(of: column, at: start, in: line), style: .muted,
        align: column.isText ? .left : .right)
      start += column.width + 1
    }
  }

  func draw(_ row: SourceListModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let name = row.name.truncatedInMiddle(to: model.layout.name, as: canvas.glyphs.encoding)
    var start = SourceLayout.margin
    canvas.draw(
      name, in: line.slice(from: start, columns: model.layout.name),
      style: row.isSelected ? .strong : .text)
    start += model.layout.name + 1
    if model.layout.trend > 0 {
      canvas.sparkline(
        row.trend, in: line.slice(from: start, columns: model.layout.trend), paint: .hits5)
      start += model.layout.trend + 1
    }
    for (column, words) in zip(model.layout.columns, row.cells) {
      let area = area(of: column, at: start, in: line)
      start += column.width + 1
      if words.emphasis == .faint, words.text.isEmpty {
        canvas.fill(
          area.slice(from: area.columns - 1), with: canvas.glyphs.dot, style: words.emphasis.style)
      } else {
        canvas.draw(
          SafeString(words.text), in: area, style: words.emphasis.style,
          align: column.isText ? .left : .right)
      }
    }
    if row.isSelected { canvas.select(line) }
  }

  /// The cell of a column. Words have a blank before them, so that they do not touch figures.
  private func area(of column: SourceLayout.Column, at start: Int, in line: Rectangle) -> Rectangle
  {
    column.isText
      ? line.slice(from: start + 1, columns: column.width - 1)
      : line.slice(from: start, columns: column.width)
  }
}
