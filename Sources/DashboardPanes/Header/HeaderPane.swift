import DashboardModel
import SafeText
import TerminalCanvas

/// The lines at the top: rate, state and totals, in as much room as there is; the progress of a
/// replay; a notice.
struct HeaderPane {
  /// The least width with room for the date of an old log beside its name, and for the zone of the
  /// time.
  private static let wide = 60

  /// A line that has no room for a blank at its beginning.
  private static let narrowest = 20
  /// A line that has no room for a blank at its end.
  private static let narrow = 30
  /// The least width with room for a whole badge of a filter beside two rates and another badge.
  private static let wideForFilter = 32

  let model: HeaderModel

  func draw(
    in area: Rectangle, timeline: Rectangle, notice: Rectangle, on canvas: inout Canvas
  ) {
    canvas.clear(area)
    canvas.clear(timeline)
    canvas.clear(notice)
    let texts = HeaderTexts(model: model, glyphs: canvas.glyphs)
    switch area.rows {
    case 3: LargeHeader(model: model, texts: texts).draw(in: area, on: &canvas)
    default: drawLines(texts, in: area, on: &canvas)
    }
    if !timeline.isEmpty { TimelineBar(model: model).draw(in: timeline, on: &canvas) }
    if let text = model.notice, !notice.isEmpty {
      canvas.draw(
        [StyledText(" ! ", .warningBadge), StyledText(" "), StyledText(text, .warning)],
        in: notice)
    }
  }

  /// One line with the rate and the state, and another one with what is watched and the totals.
  private func drawLines(_ texts: HeaderTexts, in area: Rectangle, on canvas: inout Canvas) {
    let hasTotals = area.rows > 1
    let margin = area.columns < Self.narrowest ? 0 : 1
    let edge = area.columns < Self.narrow ? 0 : 1
    var first = LineComposer()
    for badge in model.badges.indices {
      first.left(texts.badge(badge), texts.shortBadge(badge), rank: 0, gap: 1, isVital: true)
    }
    let isNarrow = area.columns < Self.wideForFilter
    first.left(
      (isNarrow ? [] : texts.shownSources) + texts.shortShownSources, rank: 0, gap: 1,
      isVital: true)
    first.left(
      isNarrow ? texts.shortFilters : texts.filters, rank: 0, gap: 1, isVital: true)
    first.left(texts.loadingSpeed, rank: 5)
    first.left(texts.loadingTime, rank: 4)
    // Two rates come before a state that nobody has to act upon.
    let rateRank = texts.isCalm && model.allTraffic != nil ? 1 : 2
    first.left(
      texts.state, texts.shortState, texts.stateSign, rank: 3 - rateRank, gap: 1, isVital: true)
    let isWide = area.columns >= Self.wide
    first.left(
      texts.rate, texts.shortRate, texts.shortestRate, rank: rateRank,
      gap: isWide || model.allTraffic == nil ? 2 : 1)
    first.left(
      texts.allTraffic, texts.shortAllTraffic, rank: rateRank, gap: isNarrow ? 1 : 2)
    if !hasTotals, !model.isWaiting { first.left(texts.source, texts.shortSource, rank: 4) }
    // The figures of an old log must not look current.
    if !hasTotals, model.isOld { first.left(texts.phase, texts.shortPhase, rank: 2) }
    first.left(texts.mean, rank: 5)
    first.left(texts.serverErrors, rank: 6)
    first.left(texts.clientErrors, rank: 7)
    first.left(texts.stateText, rank: texts.isWarning ? 2 : 9)
    // The zone must be told where there is room for it.
    first.right(texts.clock, isWide ? texts.zonedTime : texts.time, rank: 3)
    let free = first.draw(in: area.line(0).inset(left: margin, right: edge), on: &canvas)
    if !hasTotals { drawProgress(in: free, on: &canvas) }
    guard hasTotals else { return }
    var second = LineComposer()
    second.left(texts.source, texts.shortSource, rank: 0)
    second.left(texts.format, texts.shortFormat, rank: 2)
    for index in model.totals.indices {
      let total = texts.total(index)
      second.left(
        total.long, total.middle, total.short, rank: index < 3 ? [1, 2, 1][index] : 4,
        isVital: texts.isProblem(index))
    }
    let short = area.columns < Self.wide || !model.isOld ? texts.shortPhase : []
    second.right(texts.phase, short, rank: model.isOld ? 0 : 3)
    drawProgress(
      in: second.draw(in: area.line(1).inset(left: 1, right: edge), on: &canvas), on: &canvas)
  }

  /// Draws how much of the log has been read.
  private func drawProgress(in free: Rectangle, on canvas: inout Canvas) {
    guard let progress = model.progress, !model.isReplay, free.columns >= 8 else { return }
    canvas.bar(progress, in: free.slice(from: 0, columns: 30), paint: .hits5)
  }
}
