import DashboardModel
import SafeText
import TerminalCanvas

/// The lines at the top: log, rate and alert; totals; the progress of a replay; a notice.
struct HeaderPane {
  let model: HeaderModel

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    StateLine(model: model, glyphs: canvas.glyphs).draw(in: area.line(0), on: &canvas)
    let rows = area.rows - (model.notice != nil ? 1 : 0)
    if rows > 1 { drawTotals(in: area.line(1), on: &canvas) }
    if rows > 2 { TimelineBar(model: model).draw(in: area.line(2), on: &canvas) }
    if let notice = model.notice, area.rows > 1 {
      canvas.draw(
        [StyledText(" ! ", .warningBadge), StyledText(" ", .text), StyledText(notice, .warning)],
        in: area.line(area.rows - 1))
    }
  }

  private func drawTotals(in line: Rectangle, on canvas: inout Canvas) {
    let mean = SafeString((line.columns >= 100 ? model.mean : model.shortMean) + " ")
    let right = line.columns >= 78 ? canvas.draw(mean, in: line, style: .muted, align: .right) : 0
    let room = line.slice(from: 1, columns: max(0, line.columns - right - 2))
    var text = ""
    for total in model.totals {
      let longer = text.isEmpty ? total : text + "  " + total
      guard SafeString(longer).width <= room.columns else { break }
      text = longer
    }
    canvas.draw(SafeString(text), in: room, style: .text)
  }
}
