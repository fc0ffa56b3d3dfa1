import DashboardModel
import SafeText
import TerminalCanvas

/// Classes of response status as bars, and the methods in the lower edge.
struct StatusPane {
  let model: StatusModel

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let inside = canvas.frame(
      area, title: SafeString(Pane.status.title), note: SafeString(model.note),
      focused: model.focused)
    for (index, row) in model.rows.enumerated() where index < inside.rows {
      draw(row, in: inside.line(index), on: &canvas)
    }
    guard inside.rows > model.rows.count else { return }
    canvas.draw(
      SafeString(" " + model.methods), in: inside.line(inside.rows - 1), style: .muted)
  }

  private func draw(_ row: StatusModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let style: Style =
      switch row.status {
      case .serverError: row.share > 0 ? .warning : .muted
      case .clientError: row.share > 0 ? .notice : .muted
      case .successful: .good
      default: .text
      }
    canvas.draw(SafeString(" " + row.status.name), in: line.cut(from: 0, columns: 7), style: style)
    let figures = 20
    let bar = line.cut(from: 7, columns: max(0, line.columns - 7 - figures))
    if bar.columns > 0 { canvas.bar(row.share, in: bar, style: style) }
    canvas.draw(
      SafeString(row.hits), in: line.cut(from: line.columns - figures, columns: 10),
      style: .text, align: .right)
    canvas.draw(
      SafeString(row.percent), in: line.cut(from: line.columns - 10, columns: 9), style: .muted,
      align: .right)
  }
}
