import AccessLog
import CursesTerminal
import DashboardModel
import DashboardPanes
import EventOutput
import Glibc
import LogInput
import Messages
import Monitoring
import TerminalCanvas
import TrafficAnalysis

/// The dashboard: one loop on the main queue, whose timer tick reads the log and publishes a
/// snapshot, and whose other sources are keys, signals and, for a pipe, the log itself.
@MainActor
final class DashboardRun {
  /// Seconds of work between two looks at keys and timers.
  private static let budget = 0.008

  let options: Options
  let session: Session
  let screen: CursesScreen
  private let loop = MainLoop()
  var state = ViewState()
  var message: (text: String, until: Double)?
  private var renderer: DashboardRenderer
  /// What was read when the picture was frozen: tables can still be made of it.
  var frozen: Pipeline?
  /// What is shown.
  private var picture = SnapshotCache()
  /// What goes on while the picture is frozen.
  private var live = SnapshotCache()
  private var shownStatus: RunStatus?
  /// Something was asked for that neither the log nor its status tells: the picture is made anew.
  var isStale = true
  private var hasNotice = false
  private var failure: InputFailure?
  /// What went wrong and was mended, and until when it is shown.
  private var notice: (notice: Notice, until: Double)?
  private var dispatcher: Dispatcher
  /// Until when it is said how the terminal is drawn, if there is anything to say.
  private let terminalNoticeEnd = Clocks.monotonic() + noticeSeconds
  private static let noticeSeconds = 60.0
  let zone = LogZone()
  private let fault = RehearsedFault(environment: Surroundings.environment)
  /// Where keys come from.
  private let keys: Int32
  /// When the terminal was taken again after a stop.
  private var resumed = -Double.infinity

  init(_ options: Options, session: Session, screen: CursesScreen, keys: Int32) {
    self.options = options
    self.keys = keys
    self.session = session
    self.screen = screen
    renderer = DashboardRenderer(size: screen.size, glyphs: screen.glyphs)
    dispatcher = ActionCatalog.dispatcher(
      options, alarms: .news, bell: { () throws(OutputFailure) in screen.beep() })
    switch options.times {
    case .local: state.times = .local
    case .utc: state.times = .utc
    case .log: state.times = .log(zone)
    }
  }

  // MARK: - The loop

  func start() {
    publish()
    loop.onEnd(leaving: restoreTerminalAtOnce) { [self] in end(dyingOf: $0) }
    loop.on(signal: SIGTSTP) { [self] in suspend() }
    loop.on(signal: SIGCONT) { [self] in goOn() }
    loop.on(signal: SIGWINCH) { [self] in resize() }
    loop.watch(keys) { [self] in takeKeys() }
    let waking = LogWaking(loop, session) { [self] in work() }
    loop.everyTick { [self] in tick(waking) }
  }

  private func tick(_ waking: LogWaking) {
    if screen.isGone { end(dyingOf: SIGHUP) }
    waking.tick(
      isBusy: session.isReplay || options.demo || isSaying || !screen.isReady)
    screen.flush()
    publish()
    if fault == .trap, screen.isReady { RehearsedFault.failCheck() }
  }

  /// Goes on for a moment, and queues itself again while there is more.
  ///
  /// - Returns: how many bytes of the log were taken.
  @discardableResult
  func work() -> Int64 {
    // A replay can still go to what was read before.
    guard failure == nil || session.isReplay else { return 0 }
    let turn = session.work(budget: Self.budget)
    dispatcher.handOrEnd(turn.events, isNews: turn.isNews)
    tell(turn.arrival)
    if let failure = turn.failure { fail(failure) }
    if turn.hasBacklog { queueWork() }
    return turn.bytes
  }

  /// The log cannot be read any further: what was read stays on the screen, if there is anything.
  private func fail(_ failure: InputFailure) {
    self.failure = failure
    if session.pipeline.offset == 0 { end() }
    isStale = true
  }

  func queueWork() {
    loop.goOn { [self] in work() }
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
    let isNew = picture.update(from: shownPipeline, tables, withNews: !session.isReplay)
    guard frozen != nil else { return isNew }
    // Of all of it no table is summed.
    let none = TableRequest(window: .all, rows: 0)
    return live.update(from: session.pipeline, none, withNews: !session.isReplay) || isNew
  }

  private func draw(_ status: RunStatus) {
    var snapshot = picture.snapshot
    if frozen != nil {
      // A frozen picture of a log that cannot be read any more must not look healthy.
      (snapshot.notices, snapshot.undecided) = (live.snapshot.notices, live.snapshot.undecided)
    }
    hasNotice = HeaderModel.notice(snapshot, status, state) != nil
    let layout = layout
    state.settle(snapshot, layout.rooms)
    var view = DashboardView(snapshot, status, state, rooms: layout.rooms)
    if frozen != nil { view.header.takeRate(of: live.snapshot, status, state) }
    let areas = renderer.draw(view, layout)
    if !areas.isEmpty { screen.present(renderer.canvas, changed: areas) }
  }

  private func runStatus() -> RunStatus {
    var status = RunStatus(source: session.source, isLive: isLive)
    status.isPaused = frozen != nil || (session.replay?.pacer.isPaused ?? false)
    status.simulated = options.demo
    status.notices = [sourceNotice()].compactMap { $0 }
    status.terminalNotice = terminalNotice
    status.failure = failure
    if let replay = session.replay {
      status.replay = RunStatus.Replay(
        speed: replay.pacer.speedText, position: session.position, alerts: session.alertSpans)
    }
    status.seeking = session.seekPosition
    if isSaying { status.message = message?.text }
    return status
  }

  /// What there is to say of how the log is read, if anything.
  private func sourceNotice() -> Notice? {
    let now = Clocks.monotonic()
    for latest in session.input.takeNotices() { notice = (latest, now + Self.noticeSeconds) }
    if let notice, now < notice.until { return notice.notice }
    return session.input.watch?.refusal
  }

  private var terminalNotice: String? {
    Clocks.monotonic() < terminalNoticeEnd ? screen.notice : nil
  }

  // MARK: - The terminal

  func resize() {
    screen.resize()
    renderer.resize(to: screen.size)
    isStale = true
    publish()
  }

  private func suspend() {
    screen.suspend()
    stopAsByDefault()
    takeAgain()
  }

  /// Somebody stopped us without asking, and whoever had the terminal since left it somehow. After
  /// a stop of our own the signal comes too, and all is done already.
  private func goOn() {
    guard Clocks.monotonic() - resumed > 1 else { return }
    waitForForeground(keys)
    screen.lose()
    takeAgain()
  }

  private func takeAgain() {
    waitForForeground(keys)
    screen.resume()
    resize()
    resumed = Clocks.monotonic()
  }

  private var isSaying: Bool { message.map { Clocks.monotonic() < $0.until } ?? false }

  func say(_ text: String) {
    message = (text, Clocks.monotonic() + 3)
  }

  /// Gives the terminal back and ends, by the signal where it was one.
  func end(dyingOf signal: Int32? = nil) -> Never {
    while fault == .stall { pause() }
    let isNews = session.isPastStart
    dispatcher.handOrEnd(session.stop(), isNews: isNews)
    screen.restore()
    if let signal { die(of: signal) }
    if let failure {
      Diagnostics.say(session.input.path, .input(.unreadable(failure)))
      exit(1)
    }
    if let notice = SourceNotices.summary(session.source, verbose: options.verbose) {
      Diagnostics.say(session.input.path, .input(notice))
    }
    let pipeline = session.pipeline
    if let unmatched = pipeline.unmatched {
      Diagnostics.say(session.input.path, .unknownFormat(unmatched))
    }
    if options.verbose, pipeline.rejected.total > 0 {
      Diagnostics.say(session.input.path, .rejected(pipeline.rejected))
    }
    exit(session.exitStatus(failOnAlert: options.failOnAlert))
  }
}
