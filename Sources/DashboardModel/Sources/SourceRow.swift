import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The texts of one source.
struct SourceRow {
  /// The seconds of the rate.
  private static let rateSeconds: Int64 = 10
  /// The seconds of a sparkline.
  private static let trendSeconds = 300

  private let state: SourceState
  private let figures: SourceFigures
  private let context: PaneContext

  init(_ state: SourceState, _ figures: SourceFigures, _ context: PaneContext) {
    self.state = state
    self.figures = figures
    self.context = context
  }

  /// The name, without the bytes of a directory that all have in common.
  func name(without directory: Int) -> SafeString {
    guard state.path != Name("-") else { return "standard input" }
    return SafeString(Array(state.path.bytes.dropFirst(directory)), limit: 256)
  }

  /// The hits of the last minutes.
  func trend(_ buckets: Int) -> [Int?] {
    guard buckets > 0, let now = context.snapshot.closedThrough else { return [] }
    let width = Int64(max(1, (Self.trendSeconds + buckets - 1) / buckets))
    return figures.recent.hits(periods: buckets, of: width, through: now)
  }

  private var now: SecondTotals {
    guard let second = context.snapshot.closedThrough else { return SecondTotals() }
    return figures.recent.total(Self.rateSeconds, through: second)
  }

  func words(_ column: SourceLayout.Column) -> Words {
    switch column {
    case .rate: Self.count(now.hits) { _ in Wording.shortRate(Double(now.hits) / 10) }
    case .hits: Self.count(figures.tally.hits) { Wording.grouped($0, in: 9) }
    case .serverErrors:
      Self.count(now.serverErrors, .alert) { Wording.percent($0, of: now.hits) }
    case .rejected:
      Self.count(figures.tally.rejected.total, .warning) { Wording.grouped($0, in: 9) }
    case .late: Self.count(figures.tally.late, .warning) { Wording.grouped($0, in: 9) }
    case .lag: lag
    case .format: Words(state.format ?? "", .muted)
    case .state: stateWords
    }
  }

  /// A number; none is faint.
  private static func count(
    _ number: Int, _ emphasis: Emphasis = .plain, _ text: (Int) -> String
  ) -> Words {
    number == 0 ? Words("", .faint) : Words(text(number), emphasis)
  }

  /// How far its clock is behind that of the source that is furthest ahead.
  private var lag: Words {
    let furthest = context.snapshot.sources.compactMap(\.time).max()
    guard let furthest, let time = figures.time else { return Words("", .faint) }
    let seconds = furthest.seconds(since: time)
    guard seconds > 0 else { return Words("", .faint) }
    let text = seconds < 600 ? "\(seconds) s" : Wording.age(seconds)
    return Words(text, figures.isLive && seconds > 60 ? .warning : .muted)
  }

  /// The number of peers, or that of the messages that were lost; always whether others can send.
  private func words(_ listener: ListenerFigures) -> Words {
    let isOpen = listener.isOpenToOthers
    if listener.lost > 0 {
      // In four characters: the column has no room for more behind the warning.
      let count =
        isOpen
        ? "open " + ShortNumber.text(Double(listener.lost), wholeFrom: 10)
        : Wording.grouped(listener.lost, in: 9)
      return Words(count + " lost", .alert)
    }
    let peers = Wording.count(listener.peers, listener.isTopic ? "partition" : "peer")
    return isOpen ? Words("open " + peers, .warning) : Words(peers, .muted)
  }

  private var stateWords: Words {
    if let listener = state.listener, state.phase == .following { return words(listener) }
    switch state.phase {
    case .waiting: return Words("waiting", .warning)
    case .failed: return Words("unreadable", .alert)
    case .loading where context.isReplay: return Words("playing", .accent)
    case .loading(let read, let total):
      guard let total, total > 0 else { return Words("reading", .accent) }
      let share = Int(min(1, Double(read) / Double(total)) * 100)
      return Words("loading \(share) %", .accent)
    case .ended: return Words("read", .muted)
    case .following: break
    }
    if figures.tally.hits == 0, figures.tally.rejected.total > 0 {
      return Words("no format", .alert)
    }
    if figures.tally.lines == 0 { return Words("empty", .muted) }
    return figures.isLive ? Words("live", .good) : Words("quiet", .muted)
  }
}
