import DashboardModel
import SafeText
import TerminalCanvas

/// The log of a replay as one line: the part that has been replayed, the displayed moment, the progress
/// of a seek, and the known alerts before and after that.
struct TimelineBar {
  let model: HeaderModel

  func draw(in line: Rectangle, on canvas: inout Canvas) {
    let figures = SafeString("\(Int((model.progress ?? 0) * 100)) % ")
    canvas.draw(figures, in: line, style: .muted, align: .right)
    // Leaves room for 100 %, so that the width does not change.
    let bar = line.slice(from: 1, columns: line.columns - 8)
    guard bar.columns > 0 else { return }
    let head = column(model.progress ?? 0, of: bar)
    canvas.fill(bar, with: canvas.glyphs.horizontal, style: Style(.muted))
    canvas.fill(bar.slice(from: 0, columns: head), with: canvas.glyphs.strip, style: Style(.hits5))
    for span in model.alertSpans {
      let first = column(span.lowerBound, of: bar)
      let cells = bar.slice(from: first, columns: column(span.upperBound, of: bar) - first + 1)
      canvas.fill(cells, with: canvas.glyphs.heights[4], style: .alert)
    }
    if let position = model.seekPosition {
      canvas.draw(
        canvas.glyphs.ended, in: bar.slice(from: column(position, of: bar), columns: 1),
        style: .notice)
    }
    canvas.draw(canvas.glyphs.active, in: bar.slice(from: head, columns: 1), style: .strong)
  }

  private func column(_ fraction: Double, of bar: Rectangle) -> Int {
    min(bar.columns - 1, max(0, Int(fraction * Double(bar.columns))))
  }
}
