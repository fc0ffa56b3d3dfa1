import AccessLog
import Messages
import TrafficAnalysis

/// The texts of one source.
struct SourceRow {
  /// The seconds of a sparkline.
  private static let trendSeconds = 300

  private let state: SourceState
  private let figures: SourceFigures
  private let context: PaneContext

  /// - Parameter index: its index among the states.
  init(_ index: Int, _ context: PaneContext) {
    let all = context.snapshot.sources
    state = context.sources[index]
    figures =
      context.state.roster.figures(of: index, in: all).map { all[$0] } ?? SourceFigures()
    self.context = context
  }

  /// The hits of the last minutes.
  func trend(_ buckets: Int) -> [Int?] {
    guard buckets > 0, let now = context.snapshot.closedThrough else { return [] }
    let width = Int64(max(1, (Self.trendSeconds + buckets - 1) / buckets))
    return figures.recent.hits(periods: buckets, of: width, through: now)
  }

  func words(_ column: SourceColumn) -> Words {
    let now = figures.current
    return switch column {
    case .name: Words("")
    case .rate: Self.count(now.hits) { _ in Wording.shortRate(Double(now.hits) / 10) }
    case .hits: Self.count(figures.tally.hits) { Wording.grouped($0, in: 9) }
    case .serverErrors:
      Self.count(now.serverErrors, .alert) { Wording.percent($0, of: now.hits) }
    case .rejected:
      Self.count(figures.tally.rejected.total, .warning) { Wording.grouped($0, in: 9) }
    case .late: Self.count(figures.tally.late, .warning) { Wording.grouped($0, in: 9) }
    case .lag: lag
    case .format: Words(state.format ?? "", .muted)
    case .state:
      SourceCondition(state, figures, context.clocks, isReplay: context.isReplay).words
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
    guard let furthest = context.state.roster.furthest, let time = figures.time else {
      return Words("", .faint)
    }
    let seconds = furthest.seconds(since: time)
    guard seconds > 0 else { return Words("", .faint) }
    let text = seconds < 600 ? "\(seconds) s" : Wording.age(seconds)
    return Words(text, figures.isLive && seconds > 60 ? .warning : .muted)
  }
}
