import DashboardModel
import SafeText
import TerminalCanvas

/// A ranking: names, a bar of their share, and figures in columns of fixed width.
struct TablePane {
  let model: TableModel

  /// Which of the model's columns fit, the widths they take, and what the bar gets.
  private struct Columns {
    var shown: [Int] = []
    var widths: [Int] = []
    var name = 0
    var bar = 0
  }

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let last = model.offset + model.rows.count
    let more = model.total > model.rows.count
    let footnote =
      more && !model.rows.isEmpty ? "\(model.offset + 1)-\(last) of \(model.total)" : ""
    let inside = canvas.frame(
      area, title: SafeString(model.title), note: SafeString(model.note),
      footnote: SafeString(footnote), focused: model.focused)
    guard inside.rows > 0 else { return }
    drawHead(in: inside.line(0), on: &canvas)
    for (index, row) in model.rows.enumerated() where index + 1 < inside.rows {
      draw(row, in: inside.line(index + 1), on: &canvas)
    }
    if model.rows.isEmpty, inside.rows > 1 {
      canvas.draw(" no hits", in: inside.line(1), style: .muted)
    }
  }

  private func columns(in width: Int) -> Columns {
    var columns = Columns()
    var left = width - 2 - 14
    let byRank = model.columns.indices.sorted {
      model.columns[$0].rank < model.columns[$1].rank
    }
    for index in byRank where model.columns[index].width <= left {
      columns.shown.append(index)
      left -= model.columns[index].width
    }
    columns.shown.sort()
    columns.widths = columns.shown.map { model.columns[$0].width }
    let room = left + 14
    // Long names matter more than long bars, but where there is room for all there is for both.
    columns.bar = room >= 22 ? room - max(14, min(room / 2, 40)) - 2 : 0
    columns.name = room - (columns.bar > 0 ? columns.bar + 2 : 0)
    return columns
  }

  private func drawHead(in line: Rectangle, on canvas: inout Canvas) {
    let columns = columns(in: line.columns)
    canvas.draw(SafeString(" " + model.head), in: line, style: .muted)
    var column = line.columns - 1 - columns.widths.reduce(0, +)
    for (place, index) in columns.shown.enumerated() {
      let cell = line.cut(from: column, columns: columns.widths[place])
      canvas.draw(SafeString(model.columns[index].title), in: cell, style: .muted, align: .right)
      column += columns.widths[place]
    }
  }

  func draw(_ row: TableModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    canvas.clear(line)
    let columns = columns(in: line.columns)
    canvas.draw(row.name, in: line.cut(from: 1, columns: columns.name))
    if columns.bar > 0 {
      canvas.bar(
        row.bar, in: line.cut(from: 1 + columns.name + 1, columns: columns.bar), track: .text)
    }
    var column = line.columns - 1 - columns.widths.reduce(0, +)
    for (place, index) in columns.shown.enumerated() {
      let cell = line.cut(from: column, columns: columns.widths[place])
      canvas.draw(
        SafeString(row.cells[index]), in: cell, style: style(index, row), align: .right)
      column += columns.widths[place]
    }
    if row.isSelected { canvas.select(line) }
  }

  private func style(_ index: Int, _ row: TableModel.Row) -> Style {
    switch model.columns[index].title {
    case "hits": .strong
    case "4xx", "errors": row.cells[index] == "0" ? .muted : .notice
    case "5xx": row.cells[index] == "0" ? .muted : .warning
    default: .text
    }
  }
}
