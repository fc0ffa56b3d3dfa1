import DashboardModel
import SafeText
import TerminalCanvas

/// The header of a large screen: the rate in big digits; beside it the state, the mean beside the
/// threshold, and the totals; what is watched at the right.
struct LargeHeader {
  /// The columns of the digits, and of what stands beside them.
  private static let digitColumns = 17
  private static let sideColumns = 20
  private static let narrowestGauge = 12
  private static let widestGauge = 44
  /// The room of the usual phase, `12 s behind`, with a gap.
  private static let phaseColumns = 14
  /// The room for the progress of loading with its bar and the date.
  private static let loadingColumns = 90

  let model: HeaderModel
  let texts: HeaderTexts

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    let digits = BigDigits(text: model.bigRate)
    let width = max(Self.digitColumns, digits.columns)
    let big = area.slice(from: 1, columns: width)
    if canvas.glyphs.encoding == .ascii {
      canvas.draw(texts.shortRate, in: big.line(0), align: .right)
    } else {
      digits.draw(in: big, style: texts.isAlert ? .alert : .strong, on: &canvas)
    }
    let side = area.slice(from: width + 3, columns: Self.sideColumns)
    canvas.draw(texts.change, in: side.line(0))
    canvas.draw(texts.allTraffic, in: side.line(1))
    canvas.draw(texts.unit, in: side.line(2))
    let rest = area.slice(from: width + 3 + Self.sideColumns).inset(right: 1)
    drawState(in: rest.line(0), on: &canvas)
    drawMean(in: rest.line(1), on: &canvas)
    drawTotals(in: rest.line(2), on: &canvas)
  }

  private func drawState(in line: Rectangle, on canvas: inout Canvas) {
    var composer = LineComposer()
    composer.left(texts.state, texts.shortState, rank: 1, isVital: true)
    for badge in model.badges.indices {
      composer.left(texts.badge(badge), texts.shortBadge(badge), rank: 0, gap: 1, isVital: true)
    }
    composer.left(texts.shownSources, rank: 0, gap: 1, isVital: true)
    composer.left(texts.filters, rank: 0, gap: 1, isVital: true)
    composer.left(texts.loadingSpeed, rank: 5)
    composer.left(texts.loadingTime, rank: 4)
    // As long as the log is read, its progress says more than when the last alert was.
    let isLoading = model.progress != nil && !model.isReplay
    if !isLoading || texts.isWarning {
      // From when on the figures of a single source count comes first.
      composer.left(texts.stateText, rank: model.shownSince.isEmpty ? 3 : 4)
    } else if texts.isAlert {
      composer.left(texts.stateText, rank: 6)
    }
    let hasDate = !isLoading || line.columns >= Self.loadingColumns
    composer.right(hasDate ? texts.clock : [], texts.zonedTime, rank: 2)
    let free = composer.draw(in: line, on: &canvas)
    guard let progress = model.progress, !model.isReplay, free.columns >= 8 else { return }
    canvas.bar(progress, in: free.slice(from: 0, columns: 24), paint: .hits5)
  }

  private func drawMean(in line: Rectangle, on canvas: inout Canvas) {
    let mean = [
      StyledText(SafeString("mean \(model.window) "), .muted),
      StyledText(SafeString(model.mean).padded(to: 9, .right), texts.isAlert ? .alert : .strong),
    ]
    let used = canvas.draw(mean, in: line) + 1
    let threshold =
      model.threshold.map { [StyledText(SafeString(" threshold \($0)"), .muted)] } ?? []
    let width = canvas.width(of: threshold)
    // The phase has a room of its own at the right, so that it does not move the gauge.
    let free = line.columns - used - width - 2 - Self.narrowestGauge
    let text = canvas.width(of: texts.phase) <= free ? texts.phase : texts.shortPhase
    let phase = canvas.width(of: text)
    let room = line.columns - used - width - max(Self.phaseColumns, phase + 2)
    let bar = line.slice(from: used, columns: min(Self.widestGauge, room))
    if let gauge = model.gauge { GaugeBar(gauge: gauge).draw(in: bar, on: &canvas) }
    canvas.draw(threshold, in: line.slice(from: used + bar.columns, columns: width))
    canvas.draw(text, in: line.slice(from: line.columns - phase), align: .right)
  }

  private func drawTotals(in line: Rectangle, on canvas: inout Canvas) {
    var composer = LineComposer()
    composer.left(texts.serverErrors, rank: 4)
    composer.left(texts.clientErrors, rank: 5)
    for index in model.totals.indices {
      let total = texts.total(index)
      composer.left(
        total.long, total.middle, total.short, rank: index < 3 ? 1 : 6,
        isVital: texts.isProblem(index))
    }
    composer.right(texts.source, texts.shortSource, rank: 0)
    composer.right(texts.format, texts.shortFormat, rank: 2)
    composer.draw(in: line, on: &canvas)
  }
}
