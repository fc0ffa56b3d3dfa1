import DashboardModel
import Messages
import SafeText
import TerminalCanvas

/// The pane with the chart of hits per second, with scale, time axis, threshold and alerts.
struct HitRatePane: PaneView {
  /// The columns of the scale at the left.
  private static let gutter = 7

  let model: HitRateModel

  static func room(in inside: Rectangle) -> PaneRoom {
    .chart(columns: max(0, inside.columns - gutter))
  }

  func draw(in inside: Rectangle, on canvas: inout Canvas) {
    guard inside.rows >= 3, inside.columns > Self.gutter else { return }
    guard model.columns.contains(where: { $0.mean != nil }) else {
      canvas.draw(
        "no hits yet", in: inside.line(inside.rows / 2), style: .muted, align: .center)
      return
    }
    let plot = inside.inset(left: Self.gutter, bottom: 1)
    let scale = ChartScale(reaching: maximum, rows: plot.rows, steps: 5)
    let columns = model.columns.map {
      ChartColumn(value: $0.mean, peak: $0.peak, isAlert: $0.isAlert)
    }
    canvas.chart(columns, scale: scale, threshold: model.threshold, in: plot)
    drawScale(scale, in: inside.inset(bottom: 1), on: &canvas)
    drawTimes(in: inside.line(inside.rows - 1), on: &canvas)
  }

  /// The top of the scale. Means and threshold fit; a single peak may be cut off, because it would
  /// flatten everything else.
  private var maximum: Double {
    let means = model.columns.compactMap(\.mean).max() ?? 0
    let peaks = model.columns.compactMap(\.peak).max() ?? 0
    let needed = max(means, min(peaks, means * 2))
    return model.threshold <= needed * 4 ? max(needed, model.threshold * 1.1) : needed
  }

  private func drawScale(_ scale: ChartScale, in area: Rectangle, on canvas: inout Canvas) {
    for tick in scale.ticks {
      let line = area.line(tick.row)
      canvas.draw(
        SafeString(label(tick.value, scale)), in: line.slice(from: 0, columns: Self.gutter - 2),
        style: .axis, align: .right)
      canvas.draw(
        SafeString(String(canvas.glyphs.tick)), in: line.slice(from: Self.gutter - 1), style: .axis)
    }
  }

  /// The label of a value, in at most five columns.
  private func label(_ value: Double, _ scale: ChartScale) -> String {
    let digits = scale.fractionDigits
    var power = 1.0
    for _ in 0..<digits { power *= 10 }
    let whole = Int((value * power).rounded())
    if digits > 3 { return whole == 0 ? "0" : "\(whole)e-\(digits)" }
    if scale.top >= 10_000 { return ShortNumber.roundText(value) }
    guard digits > 0 else { return "\(whole)" }
    let fraction = String(whole % Int(power))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(whole / Int(power))." + zeros + fraction
  }

  private func drawTimes(in line: Rectangle, on canvas: inout Canvas) {
    canvas.draw("hits/s", in: line.slice(from: 0, columns: Self.gutter - 1), style: .axis)
    for label in model.labels {
      let area = line.slice(from: Self.gutter + label.column)
      let text = SafeString(label.text)
      guard area.columns >= text.width else { continue }
      canvas.draw(text, in: area, style: .axis)
    }
  }
}
