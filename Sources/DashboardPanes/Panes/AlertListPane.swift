import DashboardModel
import SafeText
import TerminalCanvas

/// The pane with the alerts, a row each, newest first.
struct AlertListPane: PaneListView {
  static let emptyText: SafeString = " no alert so far"
  /// The narrowest cause that is worth its room, and the one that comes before what the alert is.
  private static let narrowestCause = 12
  private static let goodCause = 28
  /// The room for what became of a notification.
  private static let narrowestDelivery = 14
  private static let widestDelivery = 34

  let model: AlertListModel

  func draw(_ row: AlertListModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    let glyph = row.isActive ? canvas.glyphs.active : canvas.glyphs.ended
    canvas.draw(glyph, in: line.slice(from: 1, columns: 1), style: row.isActive ? .alert : .good)
    var start = 3
    let shown = visible(line.columns - 3)
    for index in shown {
      let cell = line.slice(from: start, columns: model.widths[index])
      let text = SafeString(row.cells[index].text).truncatedInMiddle(
        to: cell.columns, as: canvas.glyphs.encoding)
      canvas.draw(text, in: cell, style: row.cells[index].emphasis.style)
      start += model.widths[index] + 2
    }
    // What became of a notification says nothing without what it was about.
    if model.hasDeliveries, shown.contains(1), line.columns - start - 1 >= Self.narrowestDelivery {
      let room = (line.columns - start - 1) / 2
      let width = min(Self.widestDelivery, max(Self.narrowestDelivery, room))
      if let delivery = row.delivery {
        canvas.draw([delivery.styled], in: line.slice(from: start, columns: width))
      }
      start += width + 2
    }
    drawCause(of: row, in: line.slice(from: start, columns: line.columns - start - 1), on: &canvas)
    if row.isSelected { canvas.select(line) }
  }

  private func drawCause(
    of row: AlertListModel.Row, in rest: Rectangle, on canvas: inout Canvas
  ) {
    guard let cause = row.cause, rest.columns >= Self.narrowestCause else { return }
    let growth = SafeString(" " + cause.growth)
    let name = cause.name.truncatedInMiddle(
      to: rest.columns - growth.width, as: canvas.glyphs.encoding)
    let style: Style = row.isActive ? .alert : .text
    canvas.draw([StyledText(name, style), StyledText(growth, style)], in: rest)
  }

  /// The indices of the cells that fit, from left to right: the time and how long first, then the
  /// value, then what it is. A cause gets its room before what it is, unless alerts differ in that.
  private func visible(_ columns: Int) -> [Int] {
    var rest = columns
    var visible: [Int] = []
    for index in model.hasSeveralRules ? [0, 1, 3, 2] : [0, 3, 2]
    where model.widths[index] + 2 <= rest {
      visible.append(index)
      rest -= model.widths[index] + 2
    }
    if !model.hasSeveralRules, model.widths[1] + 2 + Self.goodCause <= rest { visible.append(1) }
    return visible.sorted()
  }
}
