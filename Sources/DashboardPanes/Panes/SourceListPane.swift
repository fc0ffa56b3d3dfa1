import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with the sources, a row each.
struct SourceListPane: PaneListView {
  static let headRows = 1
  static let emptyText: SafeString = " no source"

  let model: SourceListModel

  private var layout: SourceLayout { model.layout }

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    draw(.name, title: "source", in: nameArea(in: line), on: &canvas)
    canvas.draw("5 min", in: trendArea(in: line), style: .muted)
    layout.forEachColumn { column, start in
      draw(column, title: column.title, in: area(of: column, at: start, in: line), on: &canvas)
    }
  }

  /// Draws the head of a column. A mark shows by which one the list is sorted.
  private func draw(
    _ column: SourceColumn, title: String, in area: Rectangle, on canvas: inout Canvas
  ) {
    let isSorted = model.order.column == column
    var text = SafeString(title)
    if isSorted {
      let mark = model.order.isReversed ? canvas.glyphs.up : canvas.glyphs.down
      text = canvas.glyphs.encoding == .ascii ? text + " " + mark : mark + text
    }
    canvas.draw(
      text, in: area, style: isSorted ? .strong : .muted, align: column.isText ? .left : .right)
  }

  func draw(_ row: SourceListModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let name = row.name.truncatedInMiddle(to: layout.name, as: canvas.glyphs.encoding)
    canvas.draw(name, in: nameArea(in: line), style: row.isSelected ? .strong : .text)
    if row.isShown {
      canvas.draw(canvas.glyphs.active, in: line.slice(from: 0, columns: 1), style: .notice)
    }
    if layout.trend > 0 { canvas.sparkline(row.trend, in: trendArea(in: line), paint: .hits5) }
    var cells = row.cells[...]
    layout.forEachColumn { column, start in
      guard let words = cells.popFirst() else { return }
      let area = area(of: column, at: start, in: line)
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

  private func nameArea(in line: Rectangle) -> Rectangle {
    line.slice(from: SourceLayout.margin, columns: layout.name)
  }

  private func trendArea(in line: Rectangle) -> Rectangle {
    line.slice(from: SourceLayout.margin + layout.name + 1, columns: layout.trend)
  }

  /// The cell of a column. Words have a blank before them, so that they do not touch figures.
  private func area(of column: SourceColumn, at start: Int, in line: Rectangle) -> Rectangle {
    column.isText
      ? line.slice(from: start + 1, columns: column.width - 1)
      : line.slice(from: start, columns: column.width)
  }
}
