import DashboardModel
import SafeText
import TerminalCanvas

/// The lines on top: what is watched, the rate now, the alert, totals, and a notice.
struct HeaderPane {
  let model: HeaderModel

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    guard area.rows > 1 || area.columns >= 60 else {
      drawSmall(in: area, on: &canvas)
      return
    }
    drawState(in: area.line(0), on: &canvas)
    let rows = area.rows - (model.notice != nil ? 1 : 0)
    if rows > 1 { drawTotals(in: area.line(1), on: &canvas) }
    if rows > 2 { TimelineBar(model: model).draw(in: area.line(2), on: &canvas) }
    if let notice = model.notice, area.rows > 1 {
      canvas.draw(
        [Span(" ! ", .warningBadge), Span(" ", .text), Span(notice, .warning)],
        in: area.line(area.rows - 1))
    }
  }

  /// The two facts that matter.
  private func drawSmall(in area: Rectangle, on canvas: inout Canvas) {
    let right = canvas.draw([badge(model.alert)], in: area.line(0), align: .right)
    let left = area.line(0).cut(from: 0, columns: max(0, area.columns - right - 1))
    canvas.draw([Span(" ")] + rate(canvas.glyphs), in: left)
    if case .alert = model.alert { canvas.restyle(area.line(0), as: .alertBadge) }
    if let notice = model.notice, area.rows > 1 {
      canvas.draw(notice, in: area.line(1), style: .warning)
    }
  }

  private func drawState(in line: Rectangle, on canvas: inout Canvas) {
    let clock = [Span(SafeString(model.clock), .text), Span("   ")]
    let state = rate(canvas.glyphs) + [Span("   "), badge(model.alert), Span(" ")]
    // The clock gives way where a long alert leaves it no room.
    let width = (clock + state).reduce(0) { $0 + $1.text.width }
    let right = width <= line.columns ? clock + state : state
    let used = canvas.draw(right, in: line, align: .right)
    let room = line.cut(from: 0, columns: max(0, line.columns - used - 1))
    let taken = canvas.draw(watched(in: room.columns), in: room)
    if !model.isReplay { drawProgress(in: room.cut(from: taken + 2), on: &canvas) }
    // The whole line, so that it is seen from across the room.
    if case .alert = model.alert { canvas.restyle(line, as: .alertBadge) }
  }

  /// What is watched and what becomes of it, the longest way that fits.
  private func watched(in columns: Int) -> [Span] {
    let name = Span(" Logs Monitor 2000 ", .heading)
    let badges = model.badges.flatMap { [Span("  "), badge($0)] }
    let phase = [Span("  "), Span(SafeString(model.phase), model.isWaiting ? .warning : .muted)]
    let format = model.format.isEmpty ? [] : [Span("  "), Span(SafeString(model.format), .muted)]
    let whole = [Span(" "), Span(model.source, .strong)] + badges
    let short = [Span(" "), Span(model.shortSource, .strong)] + badges
    let tail = model.phase.isEmpty ? format : format + phase
    // While it waits, the words name the log.
    let waiting = badges + phase
    let ways =
      model.isWaiting
      ? [[name] + waiting, waiting]
      : [[name] + whole + tail, whole + tail, short + tail, short + format]
    return ways.first { $0.reduce(0) { $0 + $1.text.width } <= columns } ?? ways[ways.count - 1]
  }

  private func drawProgress(in area: Rectangle, on canvas: inout Canvas) {
    guard let progress = model.progress, area.columns >= 6 else { return }
    let bar = area.cut(from: 0, columns: min(30, area.columns))
    canvas.bar(progress, in: bar, style: .bar, track: .barTrack)
  }

  private func drawTotals(in line: Rectangle, on canvas: inout Canvas) {
    let mean = SafeString((line.columns >= 100 ? model.mean : model.shortMean) + " ")
    let right = line.columns >= 78 ? canvas.draw(mean, in: line, style: .muted, align: .right) : 0
    let room = line.cut(from: 1, columns: max(0, line.columns - right - 2))
    var text = ""
    for total in model.totals {
      let longer = text.isEmpty ? total : text + "  " + total
      guard SafeString(longer).width <= room.columns else { break }
      text = longer
    }
    canvas.draw(SafeString(text), in: room, style: .text)
  }

  private func rate(_ glyphs: GlyphSet) -> [Span] {
    let arrow = model.trend > 0 ? glyphs.up : model.trend < 0 ? glyphs.down : " "
    return [
      Span(SafeString(model.rate).padded(to: 8, .right), .strong), Span(" "),
      Span(arrow, model.trend > 0 ? .notice : .muted),
    ]
  }

  private func badge(_ badge: HeaderModel.Badge) -> Span {
    switch badge {
    case .good(let text): Span(SafeString(" \(text) "), .good)
    case .notice(let text): Span(SafeString(" \(text) "), .noticeBadge)
    case .warning(let text): Span(SafeString(" \(text) "), .warningBadge)
    case .alert(let text): Span(SafeString(" \(text) "), .alertBadge)
    }
  }
}
