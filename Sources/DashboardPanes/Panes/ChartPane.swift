import DashboardModel
import Messages
import SafeText
import TerminalCanvas

/// The pane with the chart of hits per second, with scale, time axis, threshold and alerts.
struct ChartPane: PaneView {
  /// The columns of the scale at the left.
  static let gutter = 6

  let model: ChartModel

  func draw(in inside: Rectangle, on canvas: inout Canvas) {
    guard inside.rows >= 1, inside.columns > Self.gutter else { return }
    guard model.columns.contains(where: { $0.state == .known }) else {
      canvas.draw(
        "no hits yet", in: inside.line(inside.rows / 2), style: .muted, align: .center)
      return
    }
    let plot = inside.inset(left: Self.gutter, bottom: Self.rowsBelow(inside.rows))
    let scale = ChartScale(reaching: maximum, rows: plot.rows, steps: 5)
    var settings = ChartSettings(layers: [[.serverError], [.clientError], Paint.hits])
    settings.threshold = model.threshold
    settings.cursor = model.cursor
    canvas.chart(model.columns.map(ChartColumn.init), settings, scale: scale, in: plot)
    drawScale(scale, in: inside.slice(from: 0, columns: Self.gutter - 1), on: &canvas)
    let below = inside.inset(top: plot.rows, left: Self.gutter)
    if below.rows > 0 { drawTimes(in: below.line(0), on: &canvas) }
    if below.rows > 1 { drawAlerts(in: below.line(1), on: &canvas) }
  }

  /// The number of rows below the plot: the time axis, and the strip of alerts.
  private static func rowsBelow(_ rows: Int) -> Int { rows >= 6 ? 2 : rows >= 4 ? 1 : 0 }

  /// The top of the scale. Means and threshold fit; a single peak may be cut off, because it would
  /// flatten everything else.
  private var maximum: Double {
    let means = model.columns.reduce(0) { max($0, $1.mean, $1.windowMean ?? 0) }
    let peaks = model.columns.reduce(0) { max($0, $1.peak ?? 0) }
    let needed = max(means, min(peaks, means * 1.6))
    guard let threshold = model.threshold else { return needed > 0 ? needed : 1 }
    guard needed > 0 else { return threshold * 1.1 }
    return threshold <= needed * 4 ? max(needed, threshold * 1.1) : needed
  }

  // MARK: - The scale

  private func drawScale(_ scale: ChartScale, in area: Rectangle, on canvas: inout Canvas) {
    for tick in scale.ticks {
      canvas.draw(
        SafeString(label(tick.value, scale)), in: area.line(tick.row), style: .muted,
        align: .right)
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

  // MARK: - Below the plot

  private func drawTimes(in line: Rectangle, on canvas: inout Canvas) {
    var end = -1
    for label in model.times {
      let text = SafeString(label.text)
      let start = label.column - text.width / 2
      let place = start..<start + text.width
      guard start > end, start >= 0, place.upperBound <= line.columns,
        !place.contains(model.cursor ?? -1)
      else { continue }
      canvas.draw(text, in: line.slice(from: start), style: .muted)
      end = place.upperBound
    }
    guard let cursor = model.cursor, (0..<line.columns).contains(cursor) else { return }
    canvas.draw(canvas.glyphs.up, in: line.slice(from: cursor, columns: 1), style: .notice)
  }

  /// Draws the strip that shows when an alert was active, and where it begins.
  private func drawAlerts(in line: Rectangle, on canvas: inout Canvas) {
    for (index, column) in model.columns.prefix(line.columns).enumerated() {
      guard let glyph = strip(column, canvas.glyphs) else { continue }
      canvas.fill(line.slice(from: index, columns: 1), with: glyph, style: .alert)
    }
    // The newest labels first: they matter most. A label must not hide a part of the strip.
    var free = line.columns
    for label in model.alerts.reversed() where free > 0 {
      let text = SafeString(label.text)
      let start = label.column - text.width - 1
      guard start >= 0, start + text.width < free, !hasStrip(in: start - 1..<label.column)
      else { continue }
      canvas.draw(text, in: line.slice(from: start), style: .alert)
      free = start
    }
  }

  /// Whether an alert was active in one of some columns.
  private func hasStrip(in columns: Range<Int>) -> Bool {
    columns.clamped(to: model.columns.indices).contains { model.columns[$0].activeSeconds > 0 }
  }

  /// The part of the strip in a column: exact to half of it.
  private func strip(_ column: ChartModel.Column, _ glyphs: GlyphSet) -> Unicode.Scalar? {
    let active = column.activeSeconds
    // The newest column is only partly known.
    if active > 0, active == column.knownSeconds { return glyphs.strip }
    let half = (model.width + 1) / 2
    let first =
      column.alertSeconds[0] * 2 > half
      || column.alertSeconds[0] > 0 && model.width == 1
    let second = column.alertSeconds[1] * 2 > model.width - half
    if model.width == 1 { return first ? glyphs.strip : nil }
    switch (first, second) {
    case (true, true): return glyphs.strip
    case (true, false): return glyphs.stripLeft
    case (false, true): return glyphs.stripRight
    case (false, false):
      return active > 0 ? glyphs.stripPoint : nil
    }
  }
}

extension ChartColumn {
  init(_ column: ChartModel.Column) {
    self.init()
    isTinted = column.isAlert
    guard column.state == .known else {
      isUnknown = column.state == .unknown
      return
    }
    let others = column.mean - column.clientErrors - column.serverErrors
    layers = [column.serverErrors, column.clientErrors, max(0, others)]
    peak = column.peak
    line = column.windowMean
  }
}
