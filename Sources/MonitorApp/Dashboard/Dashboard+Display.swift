import AccessLog
import DashboardModel
import DashboardPanes
import Engine
import SafeText
import TerminalCanvas
import TrafficAnalysis

// What is displayed, and when.

extension Dashboard {
  /// The time between two frames in which no further second has closed, in seconds.
  private static let framePause = 0.5
  /// So many rows of tables may change every second. Each two more make the time between two updates a
  /// second longer, so that a large screen stays calm.
  private static let calmRows = 12
  /// The longest time between two updates of the tables of a live log, in seconds.
  private static let longestTablePause = 10

  var displayedPipeline: Pipeline {
    _read {
      if frozen != nil { yield frozen! } else { yield session.pipeline }
    }
  }

  var displayedSnapshot: Snapshot { displayed.snapshot }

  /// The areas of the screen for the current state.
  var layout: DashboardLayout { layout(hasNotice: hasNotice) }

  /// How much the panes can display.
  var rooms: PaneRooms { layout.rooms(state) }

  private func layout(hasNotice: Bool) -> DashboardLayout {
    DashboardLayout(
      size: screen.size, state, hasNotice: hasNotice, hasTimeline: session.isReplay,
      sources: session.inputs.inputs.count,
      rules: ruleCount)
  }

  /// The number of rules that can alert; 0 if there is only the default one.
  private var ruleCount: Int {
    let analysis = options.analysis
    guard !analysis.rules.isEmpty else { return 0 }
    return analysis.rules.count + (analysis.alertsOnHighTraffic ? 1 : 0)
  }

  /// Whether the display shows a moment and not a completed log. That includes a replay before its
  /// end.
  var isLive: Bool {
    if session.isReplay { return !displayedPipeline.isFinished }
    return options.isFollowing && !displayedPipeline.isFinished
      && (displayedPipeline.isLive || options.demo)
  }

  /// Whether the next tick must come soon even if the log does not grow.
  var needsTick: Bool { session.isReplay || options.demo || hasMessage || !screen.isReady }

  /// Updates the snapshots that may have changed, then draws what differs.
  func publish() {
    guard screen.isReady, !isPaced else { return }
    zone.offset = displayedPipeline.zoneOffset
    announceContinuation()
    followShownSource()
    if updateSnapshots(tableAge: tablePause) { isStale = true }
    let status = runStatus()
    guard isStale || status != displayedStatus else { return }
    isStale = false
    displayedStatus = status
    lastFrame = session.monotonic()
    draw(status)
  }

  /// Displays from when on the log is counted, once its zone is known.
  private func announceContinuation() {
    guard let second = continuation, displayedPipeline.closedThrough != nil else { return }
    continuation = nil
    show("continues at " + state.times.clock(second))
  }

  /// Whether the next frame can wait: a followed log that grows is drawn when a second closes, or half
  /// a second after the last frame, whichever comes first. What the user does is shown at once.
  private var isPaced: Bool {
    guard !isStale, !session.isReplay, session.source.phase == .following,
      hasMessage == (displayedStatus?.message != nil)
    else { return false }
    return displayed.snapshot.closedThrough == displayedPipeline.closedThrough
      && session.monotonic() - lastFrame < Self.framePause
  }

  /// Updates what is displayed after a key, so that the next key acts on what it has left.
  ///
  /// - Parameter isExact: the tables must be those of the last closed second.
  func refreshIfNeeded(isExact: Bool = false) {
    _ = updateSnapshots(tableAge: isExact ? 0 : tablePause)
    state.settle(displayed.snapshot, rooms)
  }

  /// - Returns: whether a snapshot was replaced.
  private func updateSnapshots(tableAge: Int64) -> Bool {
    // Panes are largest without a notice: the request covers both layouts.
    let tables = state.tableRequest(
      window, layout(hasNotice: false).rooms(state), displayed.snapshot, isLive: isLive)
    let isNew = displayed.update(
      from: displayedPipeline, tables, includingPending: !session.isReplay, tableAge: tableAge,
      minutes: chartMinutes?.series)
    if displayed.snapshot.tableLag == 0 { lastTables = session.monotonic() }
    if tables.wantsSources { arrangeSources() }
    guard frozen != nil else { return isNew }
    // The header needs no table, and the window of all seconds needs no sum.
    var none = TableRequest(window: .all)
    none.wantsSources = false
    return live.update(from: session.pipeline, none, includingPending: !session.isReplay) || isNew
  }

  /// Puts the sources in order, and adds what is displayed of those that are visible.
  private func arrangeSources() {
    var status = RunStatus(source: session.source, isLive: isLive)
    addSources(to: &status)
    state.arrangeSources(displayed.snapshot, status)
    let rooms = rooms
    state.settle(displayed.snapshot, rooms)
    let visible = state.visibleSources(rooms).compactMap {
      state.figures(ofSource: $0, in: displayed.snapshot)
    }
    if displayed.addSeconds(of: visible, from: displayedPipeline) { isStale = true }
  }

  /// Adds the states of the sources and what they depend on.
  private func addSources(to status: inout RunStatus) {
    status.sources = session.sources
    if !session.isReplay { status.wall = session.now }
    guard status.sources.contains(where: { $0.sender != nil }) else { return }
    status.senderClocks.now = Int64(session.monotonic())
    status.senderClocks.grace = options.analysis.idleGrace
    status.senderClocks.maxJump = options.analysis.maxJump
  }

  /// The seconds between two updates of the tables; 0 where they must be exact at every moment.
  private var tablePause: Int64 {
    guard isLive, !session.isReplay, frozen == nil, failure == nil else { return 0 }
    let rows = layout.rooms(state).panes.reduce(0) { sum, pane in
      if case .table = pane.key { sum + pane.value.rows } else { sum }
    }
    let pause = min(max(0, rows - Self.calmRows) / 2, Self.longestTablePause)
    // Also where no further second closes, tables do not stay behind.
    return session.monotonic() - lastTables < Double(pause) ? Int64(pause) : 0
  }

  private func draw(_ status: RunStatus) {
    var snapshot = displayed.snapshot
    if frozen != nil {
      // A frozen display must not hide that the log has become unreadable.
      (snapshot.notices, snapshot.undecided) = (live.snapshot.notices, live.snapshot.undecided)
    }
    hasNotice = HeaderModel.notice(snapshot, status, state) != nil
    let layout = layout
    let rooms = layout.rooms(state)
    state.settle(snapshot, rooms)
    var view = DashboardView(snapshot, status, state, rooms: rooms)
    if frozen != nil { view.header.updateRate(from: live.snapshot, status, state) }
    let areas = renderer.draw(view, layout)
    if !areas.isEmpty { screen.present(renderer.canvas, changed: areas) }
  }

  /// Adopts the size of the terminal and draws everything again.
  func resize() {
    screen.resize()
    redrawEverything()
    publish()
  }

  /// Makes the next frame draw every cell.
  func redrawEverything() {
    renderer.resize(to: screen.size)
    isStale = true
  }

  private func runStatus() -> RunStatus {
    var status = RunStatus(source: session.source, isLive: isLive)
    addSources(to: &status)
    if let name = state.shownSource, let shown = session.sources.first(where: { $0.path == name }) {
      status.source = shown
      status.shownSource = RunStatus.ShownName(
        name: state.shortName(of: shown), isServer: shown.sender != nil || shown.isPeer)
    }
    status.isPaused = frozen != nil || (session.replay?.pacer.isPaused ?? false)
    status.isSimulated = options.demo
    status.filter = filter
    status.allTraffic = (frozen == nil ? displayed : live).snapshot.allTraffic
    status.deliveries = deliveries?.current(
      displayed.snapshot.transitions, time: state.times.clock)
    (status.notices, status.terminalNotice) = notices.current(
      session.inputs, screen, now: session.monotonic())
    status.hasRecentLoss = notices.hasRecentLoss(
      session.source.listener?.lost ?? 0, now: session.monotonic())
    let ofHistory = history?.current(now: session.monotonic()).map { SafeString($0) }
    status.historySaved = history?.saved
    status.storeNotices =
      [ofHistory, influx?.notice, eventStream?.notice(time: state.times.clock)].compactMap { $0 }
    status.failure = failure
    status.loading = loading.figures
    if let replay = session.replay {
      status.replay = RunStatus.Replay(
        speed: replay.pacer.speedText, position: session.position, alerts: session.alertSpans)
    }
    status.seekPosition = session.seekPosition
    if hasMessage { status.message = message?.text }
    return status
  }
}
