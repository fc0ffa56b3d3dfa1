import DashboardModel
import SafeText
import TerminalCanvas

/// Alerts and recoveries, newest first.
struct AlertHistoryPane {
  let model: AlertHistoryModel

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let last = model.offset + model.rows.count
    let more = model.total > model.rows.count && !model.rows.isEmpty
    let footnote = more ? "\(model.offset + 1)-\(last) of \(model.total)" : ""
    let inside = canvas.frame(
      area, title: SafeString(Pane.alerts.numberedTitle), note: SafeString(model.note),
      footnote: SafeString(footnote), focused: model.focused)
    guard inside.rows > 0 else { return }
    for (index, row) in model.rows.enumerated() where index < inside.rows {
      draw(row, in: inside.line(index), on: &canvas)
    }
    if model.rows.isEmpty {
      canvas.draw(" no alert so far", in: inside.line(0), style: .muted)
    }
  }

  func draw(_ row: AlertHistoryModel.Row, in line: Rectangle, on canvas: inout Canvas) {
    canvas.clear(line)
    let state: Style =
      switch row.kind {
      case .active: .alert
      case .triggered: .warning
      case .recovered: .good
      }
    let glyph = row.kind == .recovered ? canvas.glyphs.over : canvas.glyphs.active
    let time = SafeString(row.time)
    canvas.draw(
      [
        Span(" "), Span(glyph, state), Span(" "), Span(time, .text), Span("  "),
        Span(SafeString(row.what).padded(to: 12), state), Span("  "),
        Span(SafeString(row.rate).padded(to: model.rateWidth), .text), Span("  "),
        Span(SafeString(row.duration), row.kind == .active ? .alert : .muted),
      ], in: line)
    if row.isSelected { canvas.select(line) }
  }
}
