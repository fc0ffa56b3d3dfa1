import DashboardModel
import TerminalCanvas

/// Which panes are on the screen, and where.
struct PaneArrangement {
  /// The least width of two panes side by side.
  private static let wide = 100
  /// The least height of panes with frames.
  private static let framed = 15
  /// The least height of all panes in two columns, and one below the other.
  private static let wideRows = 24
  private static let narrowRows = 32
  /// The rows of a list below everything else besides its own: the frame and the head.
  private static let framingRows = 3
  /// The least height of such a list: two rows of it.
  private static let leastListRows = framingRows + 2

  private(set) var areas: [Pane: Rectangle] = [:]
  /// There is room for frames.
  let isFramed: Bool

  /// - Parameters:
  ///   - sources: the number of logs; several have a pane where there is room for all panes.
  ///   - rules: the number of rules, which have a pane likewise; 0 if there is only the default one.
  init(_ body: Rectangle, _ state: ViewState, sources: Int = 1, rules: Int = 0) {
    isFramed = body.rows >= Self.framed
    if state.openAlert != nil {
      arrangeDetails(body)
    } else if state.isZoomed {
      areas = [state.focus: body]
    } else if !isFramed {
      arrangeSmall(body, state.recent)
    } else {
      let rest = arrangeLists(sources: sources, rules: rules, in: body, state.recent)
      if rest.columns >= Self.wide, rest.rows >= Self.wideRows {
        arrangeWide(rest)
      } else {
        arrangeNarrow(rest, state.recent)
      }
    }
    if areas[state.focus] == nil { areas = [state.focus: body] }
  }

  /// The chart above the details of an alert; on a small screen the details alone.
  private mutating func arrangeDetails(_ body: Rectangle) {
    guard body.rows >= 18 else {
      areas = [.alerts: body]
      return
    }
    let rows = body.split(rows: [.atLeast(8, share: 1), .atLeast(10, share: 1)])
    areas = [.chart: rows[0], .alerts: rows[1]]
  }

  /// A low chart and one other pane, without frames.
  private mutating func arrangeSmall(_ body: Rectangle, _ recent: [Pane]) {
    guard body.rows >= 6 else {
      areas = [recent[0]: body]
      return
    }
    let chart = recent[0] == .chart ? max(3, body.rows / 2) : 3
    let rows = body.split(rows: [.fixed(chart), .share(1)])
    areas[.chart] = rows[0]
    share(rows[1], recent)
  }

  /// Several rules and several sources below everything else, if the other panes keep their room.
  ///
  /// - Returns: the area of the other panes.
  private mutating func arrangeLists(
    sources: Int, rules: Int, in body: Rectangle, _ recent: [Pane]
  ) -> Rectangle {
    let others = body.columns >= Self.wide ? Self.wideRows : Self.narrowRows
    let spare = body.rows - others
    func height(_ count: Int) -> Int { min(count, max(2, body.rows / 6)) + Self.framingRows }
    let heights =
      (rules > 0 ? [(Pane.rules, height(rules))] : [])
      + (sources > 1 ? [(.sources, height(sources))] : [])
    guard let tallest = heights.map(\.1).max(), spare >= Self.leastListRows else { return body }
    let sum = heights.reduce(0) { $0 + $1.1 }
    if heights.count == 1 || sum <= spare {
      let parts = body.split(rows: [.share(1)] + heights.map { .fixed(min($0.1, spare)) })
      for (index, list) in heights.enumerated() { areas[list.0] = parts[index + 1] }
      return parts[0]
    }
    let parts = body.split(rows: [.share(1), .fixed(min(tallest, spare))])
    if body.columns >= Self.wide {
      let halves = parts[1].split(columns: [.share(1), .share(1)])
      (areas[.rules], areas[.sources]) = (halves[0], halves[1])
    } else {
      // There is room for one of them.
      let latest = recent.first { $0 == .rules || $0 == .sources } ?? .rules
      areas[latest] = parts[1]
    }
    return parts[0]
  }

  /// Panes in two columns below the chart.
  private mutating func arrangeWide(_ body: Rectangle) {
    let rows = body.split(rows: [
      .atLeast(9, share: 5), .atLeast(7, share: 4), .atLeast(5, share: 3),
    ])
    areas[.chart] = rows[0]
    let upper = rows[1].split(columns: [.share(3), .share(2)])
    let lower = rows[2].split(columns: [.share(3), .share(2)])
    (areas[.table(0)], areas[.table(1)]) = (upper[0], upper[1])
    (areas[.alerts], areas[.status]) = (lower[0], lower[1])
  }

  /// Panes one below the other, as many as fit.
  private mutating func arrangeNarrow(_ body: Rectangle, _ recent: [Pane]) {
    switch body.rows {
    case ..<18:
      let rows = body.split(rows: [.fixed(8), .share(1)])
      areas[.chart] = rows[0]
      share(rows[1], recent)
    case ..<32:
      let rows = body.split(rows: [
        .atLeast(8, share: 1), .atLeast(8, share: 3), .atLeast(5, share: 1),
      ])
      areas[.chart] = rows[0]
      areas[.alerts] = rows[2]
      share(rows[1], recent)
    default:
      let rows = body.split(rows: [
        .atLeast(9, share: 3), .atLeast(6, share: 3), .atLeast(6, share: 3),
        .atLeast(5, share: 2), .atLeast(6, share: 1),
      ])
      for (pane, area) in zip([Pane.chart, .table(0), .table(1), .alerts, .status], rows) {
        areas[pane] = area
      }
    }
  }

  /// Gives an area to the pane that was used last of those that have none.
  private mutating func share(_ area: Rectangle, _ recent: [Pane]) {
    let pane = recent.first { areas[$0] == nil } ?? Pane.allCases.first { areas[$0] == nil }
    areas[pane ?? .first] = area
  }
}
