import DashboardModel
import SafeText
import TerminalCanvas

/// The chart of hits per second with its scale, its time axis, the threshold and the alerts.
struct HitRatePane {
  /// Columns for the scale at the left.
  static let gutter = 7

  let model: HitRateModel

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let inside = canvas.frame(
      area, title: SafeString(Pane.hitRate.title), note: SafeString(model.note),
      focused: model.focused)
    guard inside.rows >= 3, inside.columns > Self.gutter else { return }
    guard model.columns.contains(where: { $0.mean != nil }) else {
      canvas.draw(
        "no hits yet", in: inside.line(inside.rows / 2), style: .muted, align: .center)
      return
    }
    let plot = inside.inset(left: Self.gutter, bottom: 1)
    let scale = ChartScale(reaching: greatest, steps: max(1, min(5, plot.rows / 2)))
    let columns = model.columns.map {
      ChartColumn(value: $0.mean, peak: $0.peak, isAlert: $0.isAlert)
    }
    canvas.chart(columns, scale: scale, threshold: model.threshold, in: plot)
    drawScale(scale, in: inside.inset(bottom: 1), on: &canvas)
    drawTimes(in: inside.line(inside.rows - 1), on: &canvas)
  }

  /// The means and the threshold must fit; a lone peak may be cut, or it would flatten all else.
  private var greatest: Double {
    let means = model.columns.compactMap(\.mean).max() ?? 0
    let peaks = model.columns.compactMap(\.peak).max() ?? 0
    let enough = max(means, min(peaks, means * 2))
    return model.threshold <= enough * 4 ? max(enough, model.threshold * 1.1) : enough
  }

  private func drawScale(_ scale: ChartScale, in area: Rectangle, on canvas: inout Canvas) {
    for tick in scale.ticks {
      let row = tick == 0 ? area.rows - 1 : scale.row(of: tick, in: area.rows)
      let label = SafeString(number(tick, digits: scale.fractionDigits))
      canvas.draw(
        label, in: area.line(row).cut(from: 0, columns: Self.gutter - 2), style: .axis,
        align: .right)
      canvas.draw(
        SafeString(String(canvas.glyphs.tick)), in: area.line(row).cut(from: Self.gutter - 1),
        style: .axis)
    }
  }

  private func number(_ value: Double, digits: Int) -> String {
    guard digits > 0 else { return "\(Int(value.rounded()))" }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * Double(scale)).rounded())
    let fraction = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  private func drawTimes(in line: Rectangle, on canvas: inout Canvas) {
    canvas.draw("hits/s", in: line.cut(from: 0, columns: Self.gutter - 1), style: .axis)
    for label in model.labels {
      let place = line.cut(from: Self.gutter + label.column)
      let text = SafeString(label.text)
      guard place.columns >= text.width else { continue }
      canvas.draw(text, in: place, style: .axis)
    }
  }
}
