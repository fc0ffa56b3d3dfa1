import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with status classes and methods as bars. In a low pane methods and codes have a line each.
struct StatusPane: PaneView {
  let model: StatusModel

  func draw(in inside: Rectangle, on canvas: inout Canvas) {
    let area = inside.inset(left: 1, right: 1)
    for (index, row) in model.classes.enumerated() {
      draw(row, in: area.line(index), on: &canvas)
    }
    var rest = area.inset(top: model.classes.count)
    // Bars for as much as there is room, the methods first; the others share a few lines.
    let linesOfCodes = 2
    guard rest.rows > model.methods.count + linesOfCodes else {
      return drawShort(in: rest, on: &canvas)
    }
    rest = draw(model.methods, in: rest.inset(top: 1), on: &canvas)
    guard rest.rows > model.codes.count else {
      return drawCodes(in: rest.inset(top: rest.rows > linesOfCodes ? 1 : 0), on: &canvas)
    }
    _ = draw(model.codes, in: rest.inset(top: 1), on: &canvas)
  }

  /// Draws rows with bars.
  ///
  /// - Returns: the area below them.
  private func draw(
    _ rows: [StatusModel.Row], in area: Rectangle, on canvas: inout Canvas
  ) -> Rectangle {
    for (index, row) in rows.enumerated() { draw(row, in: area.line(index), on: &canvas) }
    return area.inset(top: rows.count)
  }

  /// Draws as many methods and codes as fit, in lines.
  private func drawShort(in area: Rectangle, on canvas: inout Canvas) {
    let methods = model.methods.map {
      [StyledText(SafeString($0.name), .text), StyledText(SafeString(" \($0.percent)"), .muted)]
    }
    let rest = draw(methods, in: area.inset(bottom: area.rows > 1 ? 1 : 0), on: &canvas)
    drawCodes(in: area.inset(top: rest.row - area.row), on: &canvas)
  }

  private func drawCodes(in area: Rectangle, on canvas: inout Canvas) {
    let codes = model.codes.map { row in
      [
        StyledText(SafeString(row.name), row.emphasis.style),
        StyledText(canvas.glyphs.times + SafeString(row.hits), .muted),
      ]
    }
    _ = draw(codes, in: area, on: &canvas)
  }

  /// Draws items one after another in as many lines as there are.
  ///
  /// - Returns: the area below them.
  private func draw(
    _ items: [[StyledText]], in area: Rectangle, on canvas: inout Canvas
  ) -> Rectangle {
    var (rest, column) = (area, 0)
    for item in items {
      let width = canvas.width(of: item)
      if column > 0, column + width > rest.columns {
        (rest, column) = (rest.inset(top: 1), 0)
      }
      guard !rest.isEmpty, width <= rest.columns else { break }
      column += canvas.draw(item, in: rest.line(0).slice(from: column)) + 2
    }
    return items.isEmpty ? rest : rest.inset(top: 1)
  }

  private func draw(_ row: StatusModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    guard !line.isEmpty else { return }
    canvas.draw(
      SafeString(row.name), in: line.slice(from: 0, columns: 8), style: row.emphasis.style)
    let figureColumns = 18
    let bar = line.slice(from: 8, columns: max(0, line.columns - 8 - figureColumns))
    if bar.columns > 3 { canvas.bar(row.share, in: bar, paint: row.emphasis.barPaint) }
    let figures = line.slice(from: line.columns - figureColumns)
    canvas.draw(
      SafeString(row.hits), in: figures.slice(from: 0, columns: 10), style: .strong, align: .right)
    canvas.draw(
      SafeString(row.percent), in: figures.slice(from: 10), style: .muted, align: .right)
  }
}

extension Emphasis {
  /// The colour of a bar.
  fileprivate var barPaint: Paint {
    switch self {
    case .warning: .clientError
    case .alert: .serverError
    default: .hits5
    }
  }
}
