import AccessLog
import DashboardModel
import DashboardPanes
import Engine
import EventOutput
import Glibc
import LogInput
import TerminalCanvas
import TrafficAnalysis

/// What a session looks like on a screen, and what keys do to both. It waits for nothing and ends
/// nothing: whoever drives it calls it when there is something to do, and then looks at `ending`
/// and at `takeBacklog`.
@MainActor
final class Dashboard {
  /// Why the program is to end.
  enum Ending: Equatable {
    case ordinary
    /// As the signal would end it.
    case signal(Int32)
  }

  /// Seconds of work between two looks at keys and timers.
  private static let budget = 0.008
  /// How long an answer to a key is shown, in seconds.
  private static let messageSeconds = 3.0

  let options: Options
  let session: Session
  let screen: any Screen
  /// What was asked for: which pane has the keys, what is selected.
  var state = ViewState()
  /// What was read when the picture was frozen: tables can still be made of it.
  var frozen: Pipeline?
  /// Something was asked for that neither the log nor its status tells: the picture is made anew.
  var isStale = true
  /// The log cannot be read any further.
  private(set) var failure: InputFailure?
  let zone = LogZone()

  private var renderer: DashboardRenderer
  /// What is shown.
  private var picture = SnapshotCache()
  /// What goes on while the picture is frozen.
  private var live = SnapshotCache()
  private var shownStatus: RunStatus?
  private var hasNotice = false
  private var message: (text: String, until: Double)?
  private var notices: TimedNotices
  private var dispatcher: Dispatcher
  private var requestedEnding: Ending?
  private var hasBacklog = false

  init(_ options: Options, session: Session, screen: any Screen) {
    self.options = options
    self.session = session
    self.screen = screen
    renderer = DashboardRenderer(size: screen.size, glyphs: screen.glyphs)
    dispatcher = ActionCatalog.dispatcher(
      options, alarms: .news, bell: { () throws(OutputFailure) in screen.beep() })
    notices = TimedNotices(start: session.monotonic())
    switch options.times {
    case .local: state.times = .local
    case .utc: state.times = .utc
    case .log: state.times = .log(zone)
    }
  }

  // MARK: - Work

  /// Reads and analyzes for a moment.
  ///
  /// - Returns: how many bytes of the log were taken.
  @discardableResult
  func work() -> Int64 {
    // A replay can still go to what was read before.
    guard failure == nil || session.isReplay else { return 0 }
    let turn = session.work(budget: Self.budget)
    dispatcher.handOrEnd(turn.events, isRecent: turn.isRecent)
    tell(turn.arrival)
    if let failure = turn.failure { fail(failure) }
    if turn.hasBacklog { queueWork() }
    return turn.bytes
  }

  /// The log cannot be read any further: what was read stays on the screen, if there is anything.
  private func fail(_ failure: InputFailure) {
    self.failure = failure
    if session.pipeline.offset == 0 { end(.ordinary) }
    isStale = true
  }

  /// There is more to do at once.
  func queueWork() { hasBacklog = true }

  /// Whether there is more to do at once; asked again, it says so once.
  func takeBacklog() -> Bool {
    defer { hasBacklog = false }
    return hasBacklog
  }

  // MARK: - The end

  /// Why the program is to end, once it is.
  var ending: Ending? { requestedEnding ?? (screen.isGone ? .signal(SIGHUP) : nil) }

  func end(_ ending: Ending) { requestedEnding = requestedEnding ?? ending }

  /// Ends in order; nothing may follow.
  func finish() -> Farewell {
    let isRecent = session.isPastStart
    dispatcher.handOrEnd(session.stop(), isRecent: isRecent)
    return Farewell(session, failure, options)
  }

  // MARK: - The picture

  private var shownPipeline: Pipeline { frozen ?? session.pipeline }

  var shownSnapshot: Snapshot { picture.snapshot }

  /// Where everything stands as the state is now.
  var layout: DashboardLayout { layout(hasNotice: hasNotice) }

  private func layout(hasNotice: Bool) -> DashboardLayout {
    DashboardLayout(
      size: screen.size, state, hasNotice: hasNotice, hasTimeline: session.isReplay)
  }

  /// What is shown is a moment, not a whole: a replay that has not come to its end is live, too.
  var isLive: Bool {
    let pipeline = shownPipeline
    if session.isReplay { return !pipeline.isFinished }
    return options.isFollowing && (pipeline.isLive || options.demo)
  }

  /// The next tick must not be long in coming, whether the log brings something or not.
  var needsTick: Bool { session.isReplay || options.demo || isSaying || !screen.isReady }

  /// Takes snapshots where anything can have changed, and then draws what differs.
  func publish() {
    guard screen.isReady else { return }
    zone.offset = shownPipeline.zoneOffset
    if takeSnapshots() { isStale = true }
    let status = runStatus()
    guard isStale || status != shownStatus else { return }
    isStale = false
    shownStatus = status
    draw(status)
  }

  /// - Returns: whether one is new.
  private func takeSnapshots() -> Bool {
    let window = state.window(isLive: isLive, interval: options.analysis.statsInterval)
    // Without a notice there is most room.
    let tables = state.tableRequest(window, layout(hasNotice: false).rooms)
    let isNew = picture.update(from: shownPipeline, tables, includingPending: !session.isReplay)
    guard frozen != nil else { return isNew }
    // Of all of it no table is summed.
    let none = TableRequest(window: .all, rows: 0)
    return live.update(from: session.pipeline, none, includingPending: !session.isReplay) || isNew
  }

  private func draw(_ status: RunStatus) {
    var snapshot = picture.snapshot
    if frozen != nil {
      // A frozen picture of a log that cannot be read any more must not look healthy.
      (snapshot.notices, snapshot.undecided) = (live.snapshot.notices, live.snapshot.undecided)
    }
    hasNotice = HeaderModel.notice(snapshot, status, state) != nil
    let layout = layout
    let rooms = layout.rooms
    state.settle(snapshot, rooms)
    var view = DashboardView(snapshot, status, state, rooms: rooms)
    if frozen != nil { view.header.takeRate(of: live.snapshot, status, state) }
    let areas = renderer.draw(view, layout)
    if !areas.isEmpty { screen.present(renderer.canvas, changed: areas) }
  }

  /// The screen has another size, or shows something else: draws everything anew.
  func resize() {
    screen.resize()
    renderer.resize(to: screen.size)
    isStale = true
    publish()
  }

  private func runStatus() -> RunStatus {
    var status = RunStatus(source: session.source, isLive: isLive)
    status.isPaused = frozen != nil || (session.replay?.pacer.isPaused ?? false)
    status.simulated = options.demo
    (status.notices, status.terminalNotice) = notices.current(
      session.input, screen, now: session.monotonic())
    status.failure = failure
    if let replay = session.replay {
      status.replay = RunStatus.Replay(
        speed: replay.pacer.speedText, position: session.position, alerts: session.alertSpans)
    }
    status.seeking = session.seekPosition
    if isSaying { status.message = message?.text }
    return status
  }

  // MARK: - Answers

  private var isSaying: Bool { message.map { session.monotonic() < $0.until } ?? false }

  /// Shows an answer to a key for a moment.
  func say(_ text: String) {
    message = (text, session.monotonic() + Self.messageSeconds)
  }
}
