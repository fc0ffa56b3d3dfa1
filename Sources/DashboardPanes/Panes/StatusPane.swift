import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with status classes and methods as bars. If the pane is low, the methods share one line.
struct StatusPane: PaneView {
  let model: StatusModel

  func draw(in inside: Rectangle, on canvas: inout Canvas) {
    for (index, row) in model.rows.enumerated() where index < inside.rows {
      draw(row, in: inside.line(index), on: &canvas)
    }
    let rest = inside.inset(top: model.rows.count)
    guard rest.rows > model.methods.count else {
      drawMethods(in: rest.line(rest.rows - 1), on: &canvas)
      return
    }
    for (index, row) in model.methods.enumerated() {
      draw(row, in: rest.line(index + 1), on: &canvas)
    }
  }

  /// Draws as many methods as fit.
  private func drawMethods(in line: Rectangle, on canvas: inout Canvas) {
    var text = ""
    for method in model.methods {
      let next = text + (text.isEmpty ? " " : "  ") + "\(method.name) \(method.percent)"
      guard next.unicodeScalars.count <= line.columns else { break }
      text = next
    }
    canvas.draw(SafeString(text), in: line, style: .muted)
  }

  private func draw(_ row: StatusModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let style = row.emphasis.style
    let bar = row.emphasis == .plain ? .bar : style
    canvas.draw(SafeString(" " + row.name), in: line.slice(from: 0, columns: 8), style: style)
    let figureColumns = 20
    let barArea = line.slice(from: 9, columns: max(0, line.columns - 9 - figureColumns))
    if !barArea.isEmpty { canvas.bar(row.share, in: barArea, style: bar, track: .text) }
    canvas.draw(
      SafeString(row.hits), in: line.slice(from: line.columns - figureColumns, columns: 10),
      style: .text, align: .right)
    canvas.draw(
      SafeString(row.percent), in: line.slice(from: line.columns - 10, columns: 9), style: .muted,
      align: .right)
  }
}
