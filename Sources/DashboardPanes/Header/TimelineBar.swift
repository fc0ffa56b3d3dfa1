import DashboardModel
import SafeText
import TerminalCanvas

/// The whole log as one line: what has been played, where the moment is that is shown, where a seek
/// has come to, and the alerts that are known, behind it and ahead.
struct TimelineBar {
  let model: HeaderModel

  func draw(in line: Rectangle, on canvas: inout Canvas) {
    let figures = SafeString("\(Int((model.progress ?? 0) * 100)) % ")
    canvas.draw(figures, in: line, style: .muted, align: .right)
    // As wide as with 100 %, so that nothing moves.
    let bar = line.slice(from: 1, columns: line.columns - 8)
    guard bar.columns > 0 else { return }
    let head = column(model.progress ?? 0, of: bar)
    canvas.fill(bar, with: canvas.glyphs.horizontal, style: .barTrack)
    canvas.fill(bar.slice(from: 0, columns: head), with: canvas.glyphs.progress, style: .bar)
    for span in model.alertSpans {
      let first = column(span.lowerBound, of: bar)
      let cells = bar.slice(from: first, columns: column(span.upperBound, of: bar) - first + 1)
      canvas.fill(cells, with: canvas.glyphs.heights[8], style: .alert)
    }
    if let seeking = model.seeking {
      canvas.draw(
        canvas.glyphs.ended, in: bar.slice(from: column(seeking, of: bar), columns: 1),
        style: .notice)
    }
    canvas.draw(canvas.glyphs.active, in: bar.slice(from: head, columns: 1), style: .strong)
  }

  private func column(_ part: Double, of bar: Rectangle) -> Int {
    min(bar.columns - 1, max(0, Int(part * Double(bar.columns))))
  }
}
