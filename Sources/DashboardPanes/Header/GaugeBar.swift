import DashboardModel
import TerminalCanvas

/// A value as a bar, with a mark at its limit. What exceeds it is red; of a limit that is not to be
/// fallen below, all of the bar.
struct GaugeBar {
  let gauge: Gauge

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    guard area.columns >= 6 else { return }
    let mark = min(area.columns - 1, max(1, Int(gauge.limit * Double(area.columns))))
    let paint: Paint = gauge.isBelow && gauge.isBeyond ? .serverError : .hits5
    canvas.bar(gauge.value, in: area, paint: paint)
    let filled = gauge.value * Double(area.columns)
    let beyond = area.slice(from: mark + 1)
    if !gauge.isBelow, filled > Double(mark + 1), !beyond.isEmpty {
      let fraction = (filled - Double(mark + 1)) / Double(beyond.columns)
      canvas.bar(fraction, in: beyond, paint: .serverError)
    }
    let ground: Paint = filled > Double(mark) ? .hits5 : .track
    let style = Style(.mean, on: canvas.glyphs.areas.isEmpty ? ground : nil, bold: true)
    canvas.fill(area.slice(from: mark, columns: 1), with: canvas.glyphs.thumb, style: style)
  }
}
