import AccessLog
import DashboardModel
import DashboardPanes
import Engine
import EventOutput
import Glibc
import LogInput
import TerminalCanvas
import TrafficAnalysis

/// A session displayed on a screen and controlled by keys.
///
/// It neither waits nor exits: its driver calls it when there is something to do, and then checks
/// `ending` and `drainBacklogRequest`.
@MainActor
final class Dashboard {
  /// Why the program is to exit.
  enum Ending: Equatable {
    case ordinary
    /// With the effect that the signal has by default.
    case signal(Int32)
  }

  /// The longest uninterrupted work, in seconds: keys and timers wait for it.
  private static let budget = 0.008
  /// The time between two frames in which no further second has closed, in seconds.
  private static let framePause = 0.5
  /// The rows of tables that may change in a second: more are updated less often, so that a large
  /// screen stays calm.
  private static let rowsPerSecond = 4
  /// The longest time between two updates of the tables of a live log, in seconds.
  private static let longestTablePause = 8
  /// How long a message is displayed, in seconds.
  private static let messageSeconds = 3.0

  let options: Options
  let session: Session
  let screen: any Screen
  /// The focus, the selection and the other choices of the user.
  var state = ViewState()
  /// The pipeline as it was when the user froze the display; tables can still be made from it.
  var frozen: Pipeline?
  /// The view must be made again although neither the log nor its status has changed.
  var isStale = true
  /// Why reading the log has ended, once it has failed.
  private(set) var failure: InputFailure?
  let zone = LogZone()

  /// The choices that the next run begins with.
  var remembered: RememberedView
  /// Remembers them, and returns why it could not.
  let saveView: (RememberedView) -> String?

  private var renderer: DashboardRenderer
  /// What is displayed.
  private var displayed = SnapshotCache()
  /// The current figures while the display is frozen.
  private var live = SnapshotCache()
  private var displayedStatus: RunStatus?
  private var hasNotice = false
  private var lastFrame = -Double.infinity
  private var message: (text: String, until: Double)?
  private var notices: TimedNotices
  private var dispatcher: Dispatcher
  private var outputFailure: OutputFailure?
  private var requestedEnding: Ending?
  private var hasBacklog = false

  /// - Parameters:
  ///   - dispatcher: passes the events of the session to the actions.
  ///   - remembered: the choices of an earlier run.
  ///   - saveView: remembers choices, and returns why it could not.
  init(
    _ options: Options, session: Session, screen: any Screen, dispatcher: Dispatcher,
    remembered: RememberedView = RememberedView(),
    saveView: @escaping (RememberedView) -> String? = { _ in nil }
  ) {
    self.remembered = remembered
    self.saveView = saveView
    self.options = options
    self.session = session
    self.screen = screen
    self.dispatcher = dispatcher
    renderer = DashboardRenderer(size: screen.size, glyphs: screen.glyphs)
    notices = TimedNotices(start: session.monotonic())
    switch options.shownTimes {
    case .local: state.times = .local
    case .utc: state.times = .utc
    case .log: state.times = .log(zone)
    }
    applyRemembered()
  }

  // MARK: - Work

  /// Reads and analyzes for a short time.
  ///
  /// - Returns: the number of bytes read from the log.
  @discardableResult
  func work() -> Int64 {
    // A replay can still seek within what was read before the failure.
    guard failure == nil || session.isReplay else { return 0 }
    let turn = session.work(budget: Self.budget)
    dispatch(turn.events, isRecent: turn.isRecent)
    report(turn.arrival)
    if let failure = turn.failure { handle(failure) }
    if turn.hasBacklog { queueWork() }
    return turn.bytes
  }

  /// Stops reading. What was read stays on the screen, if there is anything.
  private func handle(_ failure: InputFailure) {
    self.failure = failure
    if session.pipeline.offset == 0 { end(.ordinary) }
    isStale = true
  }

  /// Passes events to the actions. Once an action has failed, none is called again and the program
  /// ends; its driver restores the terminal first.
  private func dispatch(_ events: [MonitorEvent], isRecent: Bool) {
    guard outputFailure == nil else { return }
    do throws(OutputFailure) {
      try dispatcher.handle(events, isRecent: isRecent)
    } catch {
      outputFailure = error
      end(.ordinary)
    }
  }

  /// Requests that `work` is called again as soon as possible.
  func queueWork() { hasBacklog = true }

  /// Whether `work` is to be called again as soon as possible. The request is cleared.
  func drainBacklogRequest() -> Bool {
    defer { hasBacklog = false }
    return hasBacklog
  }

  // MARK: - The end

  /// Why the program is to exit; `nil` while it is to run on.
  var ending: Ending? { requestedEnding ?? (screen.isGone ? .signal(SIGHUP) : nil) }

  /// Requests the end of the program. The first request counts.
  func end(_ ending: Ending) { requestedEnding = requestedEnding ?? ending }

  /// Ends the session in order. Nothing else may be called afterwards.
  func finish() -> Farewell {
    let isRecent = session.isPastStart
    dispatch(session.stop(), isRecent: isRecent)
    var farewell = Farewell(session, failure, options)
    farewell.outputFailure = outputFailure
    return farewell
  }

  // MARK: - The display

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
      size: screen.size, state, hasNotice: hasNotice, hasTimeline: session.isReplay)
  }

  /// Whether the display shows a moment and not a completed log. That includes a replay before its
  /// end.
  var isLive: Bool {
    if session.isReplay { return !displayedPipeline.isFinished }
    return options.isFollowing && (displayedPipeline.isLive || options.demo)
  }

  /// Whether the next tick must come soon even if the log does not grow.
  var needsTick: Bool { session.isReplay || options.demo || hasMessage || !screen.isReady }

  /// Updates the snapshots that may have changed, then draws what differs.
  func publish() {
    guard screen.isReady, !isPaced else { return }
    zone.offset = displayedPipeline.zoneOffset
    if updateSnapshots() { isStale = true }
    let status = runStatus()
    guard isStale || status != displayedStatus else { return }
    isStale = false
    displayedStatus = status
    lastFrame = session.monotonic()
    draw(status)
  }

  /// Whether the next frame can wait: a followed log that grows is drawn when a second closes, or a
  /// second after the last frame, whatever comes first. What the user does is shown at once.
  private var isPaced: Bool {
    guard !isStale, !session.isReplay, session.source.phase == .following,
      hasMessage == (displayedStatus?.message != nil)
    else { return false }
    return displayed.snapshot.closedThrough == displayedPipeline.closedThrough
      && session.monotonic() - lastFrame < Self.framePause
  }

  /// Updates what is displayed after a key, so that the next key acts on what it has left.
  func refreshIfNeeded() {
    _ = updateSnapshots()
    state.settle(displayed.snapshot, rooms)
  }

  /// - Returns: whether a snapshot was replaced.
  private func updateSnapshots() -> Bool {
    let window = state.window(isLive: isLive, interval: options.analysis.statsInterval)
    // Panes are largest without a notice: the request covers both layouts.
    let tables = state.tableRequest(
      window, layout(hasNotice: false).rooms(state), displayed.snapshot.history, isLive: isLive)
    let isNew = displayed.update(
      from: displayedPipeline, tables, includingPending: !session.isReplay,
      tableAge: tablePause)
    guard frozen != nil else { return isNew }
    // The header needs no table, and the window of all seconds needs no sum.
    let none = TableRequest(window: .all)
    return live.update(from: session.pipeline, none, includingPending: !session.isReplay) || isNew
  }

  /// The seconds between two updates of the tables; 0 where they must be exact at every moment.
  private var tablePause: Int64 {
    guard isLive, !session.isReplay, frozen == nil else { return 0 }
    let rows = layout.rooms(state).panes.reduce(0) { sum, pane in
      if case .table = pane.key { sum + pane.value.rows } else { sum }
    }
    return Int64(min(rows / Self.rowsPerSecond, Self.longestTablePause))
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
    status.isPaused = frozen != nil || (session.replay?.pacer.isPaused ?? false)
    status.isSimulated = options.demo
    if !session.isReplay { status.wall = session.now }
    (status.notices, status.terminalNotice) = notices.current(
      session.input, screen, now: session.monotonic())
    status.failure = failure
    if let replay = session.replay {
      status.replay = RunStatus.Replay(
        speed: replay.pacer.speedText, position: session.position, alerts: session.alertSpans)
    }
    status.seekPosition = session.seekPosition
    if hasMessage { status.message = message?.text }
    return status
  }

  // MARK: - Messages

  private var hasMessage: Bool { message.map { session.monotonic() < $0.until } ?? false }

  /// Displays a message for a short time.
  func show(_ text: String) {
    message = (text, session.monotonic() + Self.messageSeconds)
  }
}
