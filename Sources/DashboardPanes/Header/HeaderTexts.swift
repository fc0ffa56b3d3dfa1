import DashboardModel
import SafeText
import TerminalCanvas

/// The texts of the header with their styles, each in the versions that lines of some width choose
/// from.
struct HeaderTexts {
  /// A longer name would take the room of the totals.
  private static let widestShortSource = 32
  /// The columns of the expression of a filter, the most first.
  private static let filterWidths = [40, 28, 16]

  let model: HeaderModel
  let glyphs: GlyphSet

  private func styled(_ text: String, _ style: Style = .text) -> [StyledText] {
    text.isEmpty ? [] : [StyledText(SafeString(text), style)]
  }

  // MARK: - State

  func badge(_ index: Int) -> [StyledText] { styled(model.badges[index]) }
  func shortBadge(_ index: Int) -> [StyledText] { styled(model.shortBadges[index]) }
  var state: [StyledText] { styled(model.state) }
  var shortState: [StyledText] { styled(model.shortState) }

  /// The sign of a good state alone, so that two rates have room; else empty.
  var stateSign: [StyledText] {
    guard model.allTraffic != nil, case .good = model.shortState else { return [] }
    return [StyledText(glyphs.active, .good)]
  }

  var loadingSpeed: [StyledText] { styled(model.loadingSpeed) }
  var loadingTime: [StyledText] { styled(model.loadingTime) }

  /// The versions of the badge of the only source that is shown: with the moment from which its tables
  /// count, with its name, and with its name shortened in the middle.
  var shownSources: [[StyledText]] {
    guard let shown = model.shownSource else { return [] }
    let names = Self.filterWidths.dropFirst().map { columns in
      " \(shown.kind) " + shown.name.truncatedInMiddle(to: columns, as: glyphs.encoding) + " "
    }
    let whole = model.shownSince.isEmpty ? [] : [names[0] + SafeString(model.shownSince + " ")]
    return (whole + names).map { [StyledText($0, .noticeBadge)] }
  }

  /// The name alone, for narrow screens.
  var shortShownSources: [[StyledText]] {
    guard let shown = model.shownSource else { return [] }
    return [16, 8].map { columns in
      let name = shown.name.truncatedInMiddle(to: columns, as: glyphs.encoding)
      return [StyledText(" " + name + " ", .noticeBadge)]
    }
  }

  /// The versions of the badge of the filter: with its expression shortened in the middle, and without.
  var filters: [[StyledText]] {
    guard let filter = model.filter else { return [] }
    let texts = Self.filterWidths.map { columns in
      " FILTER " + filter.truncatedInMiddle(to: columns, as: glyphs.encoding) + " "
    }
    return (texts + [" FILTER "]).map { [StyledText($0, .noticeBadge)] }
  }

  /// The same for the narrowest screens, where two rates need the room.
  var shortFilters: [[StyledText]] {
    filters.isEmpty ? [] : filters.suffix(1) + [[StyledText(" F ", .noticeBadge)]]
  }

  private func styled(_ badge: HeaderModel.Badge) -> [StyledText] {
    switch badge {
    case .good(let text):
      [StyledText(glyphs.active, .good), StyledText(SafeString(" " + text), .good)]
    case .muted(let text): styled(text, .muted)
    case .notice(let text): styled(" \(text) ", .noticeBadge)
    case .warning(let text): styled(" \(text) ", .warningBadge)
    case .alert(let text): styled(" \(text) ", .alertBadge)
    }
  }

  var stateText: [StyledText] {
    switch model.state {
    case .alert: styled(model.stateText, .alert)
    case .warning: styled(model.stateText, .warning)
    default: styled(model.stateText, .muted)
    }
  }

  /// The figures mean nothing, or there is no log yet.
  var isWarning: Bool { if case .warning = model.state { true } else { false } }

  /// Nothing is wrong.
  var isCalm: Bool {
    switch model.state {
    case .good, .muted: true
    default: false
    }
  }

  var isAlert: Bool { if case .alert = model.state { true } else { false } }

  // MARK: - Figures

  private var arrow: StyledText {
    StyledText(
      model.trend > 0 ? glyphs.up : model.trend < 0 ? glyphs.down : " ",
      isAlert ? .alert : model.trend > 0 ? .notice : .muted)
  }

  var rate: [StyledText] {
    [
      StyledText(SafeString(model.rate + "/s").padded(to: 8, .right), isAlert ? .alert : .strong),
      StyledText(" "), arrow,
    ]
  }

  var shortRate: [StyledText] {
    [StyledText(SafeString(model.shortRate).padded(to: 6, .right), isAlert ? .alert : .strong)]
  }

  /// The rate beside that of all traffic, without blanks; empty if there is no filter.
  var shortestRate: [StyledText] {
    guard model.allTraffic != nil else { return [] }
    return [StyledText(SafeString(model.shortRate), isAlert ? .alert : .strong)]
  }

  /// The rate of all traffic beside that of what passes the filter.
  var allTraffic: [StyledText] {
    // Padded, so that what follows keeps its place.
    model.allTraffic.map { [StyledText(SafeString($0).padded(to: 11), .muted)] } ?? []
  }

  /// The same without blanks behind it.
  var shortAllTraffic: [StyledText] { styled(model.allTraffic ?? "", .muted) }

  var unit: [StyledText] { [StyledText("hits/s ", .strong), arrow] }

  var change: [StyledText] {
    guard let change = model.change else { return [] }
    return [
      StyledText(SafeString(change), isAlert ? .alert : .text),
      StyledText(SafeString(" " + model.changeText), .muted),
    ]
  }

  var mean: [StyledText] {
    [
      StyledText("mean ", .muted),
      StyledText(SafeString(model.mean).padded(to: 8, .right), .strong),
    ] + (model.threshold.map { [StyledText(SafeString(" of \($0)"), .muted)] } ?? [])
  }

  var serverErrors: [StyledText] { share("5xx", model.serverErrors) }
  var clientErrors: [StyledText] { share("4xx", model.clientErrors) }

  private func share(_ name: String, _ words: Words) -> [StyledText] {
    [
      StyledText(SafeString(name + " "), .muted),
      StyledText(SafeString(words.text).padded(to: 6, .right), words.emphasis.style),
    ]
  }

  /// Whether a total is to be seen with its reasons, whatever the name of the log is.
  func isProblem(_ index: Int) -> Bool { model.totals[index].emphasis == .warning }

  /// The versions of a total: as it is, without the share of what is rejected, and without the reasons.
  func total(_ index: Int) -> (long: [StyledText], middle: [StyledText], short: [StyledText]) {
    let words = model.totals[index]
    let reasons = words.text.prefix { $0 != ")" }
    let hasReasons = reasons.endIndex < words.text.endIndex
    let short = words.text.prefix { $0 != "(" }.trimmingSuffix { $0 == " " }
    func styled(_ text: String) -> [StyledText] { [Words(text, words.emphasis).styled] }
    return (
      [words.styled], hasReasons ? styled(reasons + ")") : [],
      index == 0 ? [] : styled(String(short))
    )
  }

  // MARK: - What is watched

  var source: [StyledText] { [StyledText(model.source, .strong)] }
  var shortSource: [StyledText] {
    let name = model.shortSource.truncatedInMiddle(
      to: Self.widestShortSource, as: glyphs.encoding)
    return [StyledText(name, .strong)]
  }
  var format: [StyledText] { styled(model.format + model.wrapping, .muted) }
  var shortFormat: [StyledText] { styled(model.format, .muted) }
  /// The age of an old log stands out.
  var phase: [StyledText] {
    styled(model.phase, model.phase.hasPrefix("quiet") ? .warning : .muted)
  }

  /// The phase without its date.
  var shortPhase: [StyledText] {
    phase.map { StyledText(SafeString(String($0.text.text.prefix { $0 != ":" })), $0.style) }
  }

  var clock: [StyledText] {
    (model.date.isEmpty ? [] : [StyledText(SafeString(model.date + " "), .muted)])
      + [StyledText(SafeString(model.clock), .strong)]
  }

  var zonedTime: [StyledText] { styled(model.zonedTime, .strong) }

  var time: [StyledText] { styled(model.time, .strong) }
}

extension Substring {
  /// The text without the characters at its end that satisfy a condition.
  fileprivate func trimmingSuffix(_ isDropped: (Character) -> Bool) -> Substring {
    self[..<(lastIndex { !isDropped($0) }.map { index(after: $0) } ?? startIndex)]
  }
}
