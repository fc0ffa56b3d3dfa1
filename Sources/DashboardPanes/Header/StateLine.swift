import DashboardModel
import SafeText
import TerminalCanvas

/// The first line: what is watched, its badges, and at the right the clock, the rate and the alert.
/// Where there is less room it says less, and the badges are what it says longest.
struct StateLine {
  /// One of the ways to say it.
  private struct Way {
    var left: [StyledText]
    /// The place of the span on the left that may be cut, and to how many columns.
    var flexible: (index: Int, least: Int)?
    var right: [StyledText]
  }

  let model: HeaderModel
  let glyphs: GlyphSet

  func draw(in line: Rectangle, on canvas: inout Canvas) {
    // The whole line, so that it is seen from across the room.
    canvas.clear(line, style: tone(.text))
    let way = ways.lazy.compactMap { fitted($0, to: line.columns) }.first ?? least(line.columns)
    let right = canvas.draw(way.right, in: line, align: .right)
    let room = line.slice(from: 0, columns: max(0, line.columns - right))
    let left = canvas.draw(way.left, in: room)
    guard let progress = model.progress, !model.isReplay else { return }
    let free = room.slice(from: left + 2, columns: room.columns - left - 3)
    guard free.columns >= 6 else { return }
    canvas.bar(
      progress, in: free.slice(from: 0, columns: 30), style: tone(.bar), track: tone(.barTrack))
  }

  // MARK: - Ways

  /// From the longest to the shortest.
  private var ways: [Way] {
    let badges = model.badges.flatMap { [StyledText("  ", tone(.text)), badge($0)] }
    let name = StyledText(" Logs Monitor 2000 ", tone(.heading))
    let state =
      rate + [StyledText("   ", tone(.text)), badge(model.alert), StyledText(" ", tone(.text))]
    let all =
      [StyledText(SafeString(model.clock), tone(.text)), StyledText("   ", tone(.text))] + state
    let format = model.isWaiting ? [] : muted(model.format)
    let tail = format + (model.isWaiting ? [] : muted(model.phase))
    return [
      Way(left: [name] + watched(model.source) + badges + tail, right: all),
      Way(left: watched(model.source) + badges + tail, right: all),
      Way(left: watched(model.shortSource) + badges + tail, right: all),
      Way(left: watched(model.shortSource) + badges + format, right: all),
      Way(left: watched(model.shortSource) + badges, flexible: (1, 7), right: all),
    ]
      // In a replay the moment says more than the name of the log.
      + (model.isReplay
        ? [
          Way(left: badges, right: all),
          Way(left: tightBadges, right: tightClock + tightState(model.alert)),
        ] : [Way(left: watched(model.shortSource) + badges, flexible: (1, 7), right: state)])
      + [
        Way(left: tightBadges, right: tightState(model.alert)),
        Way(left: tightBadges, right: tightState(model.shortAlert)),
      ]
  }

  /// While it waits, the words name the log.
  private func watched(_ source: SafeString) -> [StyledText] {
    model.isWaiting
      ? [StyledText("  ", tone(.text)), StyledText(SafeString(model.phase), tone(.warning))]
      : [StyledText(" ", tone(.text)), StyledText(source, tone(.strong))]
  }

  private func muted(_ text: String) -> [StyledText] {
    text.isEmpty ? [] : [StyledText("  ", tone(.text)), StyledText(SafeString(text), tone(.muted))]
  }

  private var rate: [StyledText] {
    let arrow = model.trend > 0 ? glyphs.up : model.trend < 0 ? glyphs.down : " "
    return [
      StyledText(SafeString(model.rate).padded(to: 8, .right), tone(.strong)),
      StyledText(" ", tone(.text)),
      StyledText(arrow, tone(model.trend > 0 ? .notice : .muted)),
    ]
  }

  private var tightBadges: [StyledText] { model.badges.map { badge($0) } }

  private var tightClock: [StyledText] {
    let time = model.clock.prefix { $0 != " " }
    return [StyledText(SafeString(String(time)), tone(.text)), StyledText(" ", tone(.text))]
  }

  private func tightState(_ alert: HeaderModel.Badge) -> [StyledText] {
    [
      StyledText(SafeString(model.shortRate), tone(.strong)), StyledText(" ", tone(.text)),
      badge(alert),
    ]
  }

  private func fitted(_ way: Way, to columns: Int) -> Way? {
    var way = way
    let free = columns - width(way.right) - (way.left.isEmpty ? 0 : 1)
    let excess = width(way.left) - free
    guard excess > 0 else { return way }
    guard let (index, least) = way.flexible, index < way.left.count else { return nil }
    let text = way.left[index].text
    guard text.width - excess >= least else { return nil }
    way.left[index].text = text.truncated(to: text.width - excess, as: glyphs.encoding)
    return way
  }

  /// What fits of single words, the one that matters most first; that one is cut if it must be.
  private func least(_ columns: Int) -> Way {
    let words = model.shortBadges.map { badge($0, padded: false) }
    let rate = StyledText(SafeString(model.shortRate), tone(.strong))
    let alert = badge(model.shortAlert, padded: false)
    // A rate says nothing where the log cannot be read.
    var isBlind = false
    if case .warning = model.alert { isBlind = true }
    var left = model.isPaused ? Array(words.prefix(1)) : []
    var right: [StyledText] = []
    func fits(_ span: StyledText) -> Bool {
      let spans = left + right + [span]
      return width(spans) + spans.count - 1 <= columns
    }
    for span in isBlind ? [alert, rate] : [rate, alert]
    where fits(span) || (left + right).isEmpty {
      right.append(span)
    }
    for span in words.dropFirst(left.count) where fits(span) { left.append(span) }
    return Way(left: spaced(left), right: spaced(right))
  }

  private func spaced(_ spans: [StyledText]) -> [StyledText] {
    Array(spans.map { [$0] }.joined(separator: [StyledText(" ", tone(.text))]))
  }

  // MARK: - Styles

  /// While an alert is up, all but the badges has its colour.
  private func tone(_ style: Style) -> Style {
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
