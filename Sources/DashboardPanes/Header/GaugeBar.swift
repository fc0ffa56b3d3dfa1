import DashboardModel
import TerminalCanvas

/// The mean over the alert window as a bar, with a mark at the threshold. What exceeds it is red.
struct GaugeBar {
  let gauge: HeaderModel.Gauge

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    guard area.columns >= 6 else { return }
    let mark = min(area.columns - 1, max(1, Int(gauge.limit * Double(area.columns))))
    canvas.bar(gauge.value, in: area, paint: .hits5)
    let filled = gauge.value * Double(area.columns)
    let beyond = area.slice(from: mark + 1)
    if filled > Double(mark + 1), !beyond.isEmpty {
      let fraction = (filled - Double(mark + 1)) / Double(beyond.columns)
      canvas.bar(fraction, in: beyond, paint: .serverError)
    }
    let ground: Paint = filled > Double(mark) ? .hits5 : .track
    let style = Style(.mean, on: canvas.glyphs.areas.isEmpty ? ground : nil, bold: true)
    canvas.fill(area.slice(from: mark, columns: 1), with: canvas.glyphs.thumb, style: style)
  }
}
