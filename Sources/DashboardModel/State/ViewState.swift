import AccessLog
import TrafficAnalysis

/// The choices of the user: focus, selection, window, zone and what is open.
package struct ViewState: Sendable {
  /// The effect of going one level back.
  package enum BackOutcome: Equatable, Sendable {
    case changed
    /// There was nothing to go back from.
    case quit
  }

  /// The windows of the tables.
  package static let windows: [TableWindow] =
    [10, 60, 120, 300, 900, 3600].map { .last(seconds: $0) } + [.all]
  /// The spans of the chart that the seconds of a run suffice for.
  private static let shortSpans: [Int64] = [300, 900, 3600, 21_600, 86_400]
  /// Those that need the minutes of earlier runs: 7 and 30 days.
  private static let longSpans: [Int64] = [604_800, 2_592_000]

  /// The panes that have had the focus, the latest first. If not all panes fit, these are displayed
  /// first.
  package private(set) var recent = [Pane.first]
  /// The focused pane fills the screen.
  package private(set) var isZoomed = false
  /// The help is open.
  package private(set) var showsHelp = false
  /// The first visible line of the help.
  package internal(set) var helpOffset = 0
  /// The window of the tables; `nil` for the statistics interval while the log is live, and all of it
  /// afterwards.
  package var window: TableWindow?
  /// The span of the chart; `nil` for five minutes while the log is live, and all of it afterwards.
  package var span: TableWindow?
  /// Whether the chart has spans of days, because minutes of earlier runs are known.
  package var offersDays = false
  /// What the figures of the window are compared with.
  package var comparison = TableComparison.windowBefore
  /// What each table shows.
  package internal(set) var tables: [TableState]
  /// The dimensions that tables can show.
  package let dimensions: [Dimension]
  /// The list of each pane that has been used.
  package internal(set) var lists: [Pane: PaneList] = [:]
  /// The sources in the order of their list.
  package internal(set) var roster = SourceRoster()
  /// The order that the user has chosen for them.
  package internal(set) var sourceOrder = SourceOrder()
  /// The name of the only source that the panes show; `nil` if they show all.
  package internal(set) var shownSource: Name?
  /// The list of sources filled the screen before one was shown alone.
  var returnsToZoom = false
  /// The second that the cursor of the chart is at; `nil` if there is no cursor.
  package internal(set) var cursor: EpochSecond?
  /// The alert whose details are open.
  package internal(set) var openAlert: AlertKey?
  /// The text that is being typed; `nil` if none is.
  package var prompt: String?
  /// The text that was searched last.
  package var query = ""
  /// The zone in which times are displayed.
  package var times = TimeDisplay.utc

  /// The state at the start.
  ///
  /// - Parameter ranked: the dimensions that tables can show besides the common ones. The second table
  ///   shows the first of them at the start.
  package init(ranked: [Dimension] = []) {
    let others = ranked.filter { !$0.isCommon }
    dimensions = Dimension.common + others
    let second = ranked.first { $0 != .section } ?? .client
    tables = [TableState(.section), TableState(second)]
  }

  /// The spans of the chart, the longest last.
  package var spans: [TableWindow] {
    (Self.shortSpans + (offersDays ? Self.longSpans : [])).map { .last(seconds: $0) } + [.all]
  }

  /// The pane that receives the keys.
  package var focus: Pane { recent[0] }

  // MARK: - Levels

  /// Goes one level back: closes the help, else the details, else ends the selection or the cursor,
  /// else the zoom, else the view of a single source.
  package mutating func back() -> BackOutcome {
    if showsHelp {
      showsHelp = false
    } else if openAlert != nil {
      closeDetails()
    } else if lists[focus]?.selected != nil {
      lists[focus] = PaneList(offset: lists[focus]?.offset ?? 0)
    } else if cursor != nil {
      cursor = nil
    } else if isZoomed {
      isZoomed = false
    } else if shownSource != nil {
      showAllSources()
    } else {
      return .quit
    }
    return .changed
  }

  /// Whether going back ends something within the panes.
  package var isInside: Bool {
    openAlert != nil || lists[focus]?.selected != nil || cursor != nil || isZoomed
  }

  /// Opens the help at its first line, or closes it.
  package mutating func toggleHelp() {
    showsHelp.toggle()
    helpOffset = 0
  }

  /// Moves the focus to a pane; the layout brings it to the screen.
  package mutating func focus(_ pane: Pane) {
    recent.removeAll { $0 == pane }
    recent.insert(pane, at: 0)
    if pane != .alerts { openAlert = nil }
  }

  /// Moves the focus to a following pane on the screen, or to a previous one if `step` is negative.
  ///
  /// - Returns: whether there is another pane.
  @discardableResult
  package mutating func focus(by step: Int, among visible: Set<Pane>) -> Bool {
    let panes = Pane.allCases.filter { visible.contains($0) }
    guard let index = panes.firstIndex(of: focus), panes.count > 1 else { return false }
    focus(panes[(index + step + panes.count) % panes.count])
    return true
  }

  /// Makes the focused pane fill the screen, or ends that.
  package mutating func toggleZoom() { isZoomed.toggle() }

  /// Makes the focused pane fill the screen, or ends that.
  mutating func zoom(_ isZoomed: Bool) { self.isZoomed = isZoomed }
}
