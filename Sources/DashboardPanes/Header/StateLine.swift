import DashboardModel
import SafeText
import TerminalCanvas

/// The first line: the log and the badges at the left; the clock, the rate and the alert at the right.
/// A narrower line leaves out more, the badges last.
struct StateLine {
  /// One version of the line.
  private struct Variant {
    var left: [StyledText]
    /// The index of a text on the left that may be truncated, and its minimum width.
    var flexible: (index: Int, minimum: Int)?
    var right: [StyledText]
  }

  let model: HeaderModel
  let glyphs: GlyphSet

  func draw(in line: Rectangle, on canvas: inout Canvas) {
    // An alert colours the whole line, so that it is visible from a distance.
    canvas.clear(line, style: lineStyle(.text))
    let variant =
      variants.lazy.compactMap { fitted($0, to: line.columns) }.first ?? shortest(line.columns)
    let right = canvas.draw(variant.right, in: line, align: .right)
    let room = line.slice(from: 0, columns: max(0, line.columns - right))
    let left = canvas.draw(variant.left, in: room)
    guard let progress = model.progress, !model.isReplay else { return }
    let free = room.slice(from: left + 2, columns: room.columns - left - 3)
    guard free.columns >= 6 else { return }
    canvas.bar(
      progress, in: free.slice(from: 0, columns: 30), style: lineStyle(.bar),
      track: lineStyle(.barTrack))
  }

  // MARK: - Variants

  /// From the longest to the shortest.
  private var variants: [Variant] {
    let badges = model.badges.flatMap { [StyledText("  ", lineStyle(.text)), badge($0)] }
    let name = StyledText(" Logs Monitor 2000 ", lineStyle(.heading))
    let state =
      rate + [
        StyledText("   ", lineStyle(.text)), badge(model.alert), StyledText(" ", lineStyle(.text)),
      ]
    let all =
      [StyledText(SafeString(model.clock), lineStyle(.text)), StyledText("   ", lineStyle(.text))]
      + state
    let format = model.isWaiting ? [] : muted(model.format)
    let wrapped = model.isWaiting ? [] : muted(model.format + model.wrapping)
    let tail = wrapped + (model.isWaiting ? [] : muted(model.phase))
    return [
      Variant(left: [name] + sourceText(model.source) + badges + tail, right: all),
      Variant(left: sourceText(model.source) + badges + tail, right: all),
      Variant(left: sourceText(model.shortSource) + badges + tail, right: all),
      Variant(left: sourceText(model.shortSource) + badges + format, right: all),
      Variant(left: sourceText(model.shortSource) + badges, flexible: (1, 7), right: all),
    ]
      // In a replay the clock is more important than the name of the log.
      + (model.isReplay
        ? [
          Variant(left: badges, right: all),
          Variant(left: tightBadges, right: tightClock + tightState(model.alert)),
        ] : [Variant(left: sourceText(model.shortSource) + badges, flexible: (1, 7), right: state)])
      + [
        Variant(left: tightBadges, right: tightState(model.alert)),
        Variant(left: tightBadges, right: tightState(model.shortAlert)),
      ]
  }

  /// The name of the log, or while it does not exist, the phase, which names it.
  private func sourceText(_ source: SafeString) -> [StyledText] {
    model.isWaiting
      ? [
        StyledText("  ", lineStyle(.text)),
        StyledText(SafeString(model.phase), lineStyle(.warning)),
      ]
      : [StyledText(" ", lineStyle(.text)), StyledText(source, lineStyle(.strong))]
  }

  private func muted(_ text: String) -> [StyledText] {
    text.isEmpty
      ? [] : [StyledText("  ", lineStyle(.text)), StyledText(SafeString(text), lineStyle(.muted))]
  }

  private var rate: [StyledText] {
    let arrow = model.trend > 0 ? glyphs.up : model.trend < 0 ? glyphs.down : " "
    return [
      StyledText(SafeString(model.rate).padded(to: 8, .right), lineStyle(.strong)),
      StyledText(" ", lineStyle(.text)),
      StyledText(arrow, lineStyle(model.trend > 0 ? .notice : .muted)),
    ]
  }

  private var tightBadges: [StyledText] { model.badges.map { badge($0) } }

  private var tightClock: [StyledText] {
    let time = model.clock.prefix { $0 != " " }
    return [
      StyledText(SafeString(String(time)), lineStyle(.text)), StyledText(" ", lineStyle(.text)),
    ]
  }

  private func tightState(_ alert: HeaderModel.Badge) -> [StyledText] {
    [
      StyledText(SafeString(model.shortRate), lineStyle(.strong)),
      StyledText(" ", lineStyle(.text)),
      badge(alert),
    ]
  }

  /// The variant, truncated to some columns if it may be; `nil` if it does not fit.
  private func fitted(_ variant: Variant, to columns: Int) -> Variant? {
    var variant = variant
    let free = columns - width(variant.right) - (variant.left.isEmpty ? 0 : 1)
    let excess = width(variant.left) - free
    guard excess > 0 else { return variant }
    guard let (index, minimum) = variant.flexible, index < variant.left.count else { return nil }
    let text = variant.left[index].text
    guard text.width - excess >= minimum else { return nil }
    variant.left[index].text = text.truncated(to: text.width - excess, as: glyphs.encoding)
    return variant
  }

  /// As many single words as fit, the most important first; only that one is truncated.
  private func shortest(_ columns: Int) -> Variant {
    let badges = model.shortBadges.map { badge($0, padded: false) }
    let rate = StyledText(SafeString(model.shortRate), lineStyle(.strong))
    let alert = badge(model.shortAlert, padded: false)
    // The rate of an unreadable log means nothing.
    var isUnreadable = false
    if case .warning = model.alert { isUnreadable = true }
    var left = model.isPaused ? Array(badges.prefix(1)) : []
    var right: [StyledText] = []
    func fits(_ span: StyledText) -> Bool {
      let spans = left + right + [span]
      return width(spans) + spans.count - 1 <= columns
    }
    for span in isUnreadable ? [alert, rate] : [rate, alert]
    where fits(span) || (left + right).isEmpty {
      right.append(span)
    }
    for span in badges.dropFirst(left.count) where fits(span) { left.append(span) }
    return Variant(left: spaced(left), right: spaced(right))
  }

  private func spaced(_ spans: [StyledText]) -> [StyledText] {
    Array(spans.map { [$0] }.joined(separator: [StyledText(" ", lineStyle(.text))]))
  }

  // MARK: - Styles

  /// The style of everything but the badges, which an active alert colours.
  private func lineStyle(_ style: Style) -> Style {
    if case .alert = model.alert { .alertBadge } else { style }
  }

  private func badge(_ badge: HeaderModel.Badge, padded: Bool = true) -> StyledText {
    let style: Style =
      switch badge {
      case .good: .good
      case .notice: .noticeBadge
      case .warning: .warningBadge
      case .alert: .alertBadge
      }
    return StyledText(SafeString(padded ? " \(badge.text) " : badge.text), style)
  }

  private func width(_ spans: [StyledText]) -> Int {
    spans.reduce(0) { $0 + $1.text.converted(to: glyphs.encoding).width }
  }
}
