import AccessLog
import CursesTerminal
import DashboardModel
import DashboardPanes
import Dispatch
import Glibc
import LogInput
import Monitoring
import TerminalCanvas
import TrafficAnalysis

/// The dashboard: one loop on the main queue, whose timer tick reads the log and publishes a
/// snapshot, and whose other sources are keys, signals and, for a pipe, the log itself.
@MainActor
final class DashboardRun {
  /// Seconds of work between two looks at keys and timers.
  private static let budget = 0.008
  /// Rows asked for of each ranking.
  private static let rows = 200

  let options: Options
  let session: Session
  let screen: CursesScreen
  let signals = Signals()
  var state = ViewState()
  var message: (text: String, until: Double)?
  private var renderer: DashboardRenderer
  private var frozen: Snapshot?
  private var latest = Snapshot()
  private var snapshotOf: (revision: Revision, window: TableWindow)?
  private var timer: (any DispatchSourceTimer)?
  private var sources: [any DispatchSourceRead] = []
  private var isWorkQueued = false
  private var hasAlerted = false
  private var failure: InputFailure?
  private let zone = LogZone()

  init(_ options: Options, session: Session, screen: CursesScreen) {
    self.options = options
    self.session = session
    self.screen = screen
    renderer = DashboardRenderer(size: screen.size, glyphs: screen.glyphs)
    switch options.times {
    case .local: state.times = .local
    case .utc: state.times = .utc
    case .log: state.times = .log(zone)
    }
  }

  // MARK: - The loop

  func start(keys descriptor: Int32) {
    publish()
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      signals.on(number) { [weak self] in self?.end(dyingOf: number) }
    }
    signals.on(SIGTSTP) { [weak self] in self?.suspend() }
    signals.on(SIGWINCH) { [weak self] in self?.resize() }
    watch(descriptor) { [weak self] in self?.takeKeys() }
    if let stream = session.input.stream { watch(stream) { [weak self] in self?.work() } }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: .milliseconds(100), leeway: .milliseconds(10))
    timer.setEventHandler { MainActor.assumeIsolated { [weak self] in self?.tick() } }
    timer.resume()
    self.timer = timer
  }

  private func watch(_ descriptor: Int32, _ handler: @escaping @MainActor () -> Void) {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(handler) }
    source.resume()
    sources.append(source)
  }

  private func tick() {
    if screen.isGone { end(dyingOf: SIGHUP) }
    work()
    screen.flush()
    publish()
  }

  /// Goes on for a moment, and queues itself again while there is more.
  private func work() {
    guard failure == nil else { return }
    do {
      let turn = try session.work(budget: Self.budget)
      note(turn.events)
      if turn.hasBacklog { queueWork() }
    } catch {
      failure = error
      if !options.effectivelyFollows { end(status: 1) }
    }
  }

  private func note(_ events: [MonitorEvent]) {
    for case .alert(let transition) in events where transition.change == .triggered {
      hasAlerted = true
      if options.bell { screen.beep() }
    }
  }

  private func queueWork() {
    guard !isWorkQueued else { return }
    isWorkQueued = true
    DispatchQueue.main.async { [weak self] in
      self?.isWorkQueued = false
      self?.work()
    }
  }

  // MARK: - The picture

  private var isLive: Bool {
    options.effectivelyFollows && (session.pipeline.isLive || options.demo)
  }

  private var window: TableWindow {
    state.window(isLive: isLive, interval: options.analysis.statsInterval)
  }

  /// Takes a snapshot if anything can have changed, and draws what differs.
  func publish() {
    guard screen.isReady else { return }
    zone.offset = session.pipeline.zoneOffset
    let stamp = (revision: session.pipeline.revision, window: window)
    if snapshotOf == nil || snapshotOf! != stamp {
      latest = session.pipeline.snapshot(
        window: window, rows: Self.rows, withNews: !session.isReplay)
      snapshotOf = stamp
    }
    let status = runStatus()
    let shown = frozen ?? latest
    let layout = DashboardLayout(
      size: screen.size, zoomed: state.zoomed, hasNotice: hasNotice(status))
    var view = DashboardView(shown, status, &state, rooms: layout.rooms)
    if frozen != nil { view.header.takeRate(of: latest, status, state) }
    let areas = renderer.draw(view, layout)
    if !areas.isEmpty { screen.present(renderer.canvas, changed: areas) }
  }

  private func hasNotice(_ status: RunStatus) -> Bool {
    HeaderModel(latest, status, state).notice != nil
  }

  private func runStatus() -> RunStatus {
    var status = RunStatus(source: session.source, isLive: isLive)
    status.isPaused = frozen != nil || (session.pacer?.isPaused ?? false)
    status.simulated = options.demo
    if let failure { status.source.phase = .failed(reason: failure.reason) }
    if let pacer = session.pacer {
      status.replay = RunStatus.Replay(
        speed: pacer.speedText, position: session.position, alerts: session.alertSpans)
    }
    status.seeking = session.seekPosition
    if let message, Clocks.monotonic() < message.until { status.message = message.text }
    return status
  }

  // MARK: - Keys

  private func takeKeys() {
    while true {
      let key = screen.nextKey()
      guard key != .none else { break }
      if key == .resize {
        resize()
        continue
      }
      if session.seek != nil {
        session.cancelSeek()
        say("seek cancelled")
        continue
      }
      if let command = KeyBindings.command(for: key) { obey(command) }
    }
    if screen.isGone { end(dyingOf: SIGHUP) }
    queueWork()
    publish()
  }

  private func obey(_ command: Command) {
    switch command {
    case .help: state.showsHelp.toggle()
    case .quit: if state.back() == .quit { end() }
    case .back: _ = state.back()
    case .interrupt: end(dyingOf: SIGINT)
    case .focusNext: state.focus(by: 1)
    case .focusPrevious: state.focus(by: -1)
    case .focus(let number): if let pane = Pane(rawValue: number) { state.focus(pane) }
    case .zoom: state.zoom()
    case .move(let step): move(by: step)
    case .page(let pages): move(by: Int(Double(max(visibleRows - 1, 1)) * pages))
    case .first: move(by: .min)
    case .last: move(by: .max)
    case .pause: pause()
    case .window(let step):
      state.changeWindow(by: step, isLive: isLive, interval: options.analysis.statsInterval)
    case .span(let step):
      state.changeSpan(by: step, now: DashboardView.span(latest, runStatus(), state))
    case .times: changeTimes()
    case .redraw: screen.redraw()
    case .open: open()
    case .speed, .originalSpeed, .seek, .nextAlert, .skipSilence: obeyReplay(command)
    }
  }

  private var visibleRows: Int {
    let layout = DashboardLayout(size: screen.size, zoomed: state.zoomed, hasNotice: false)
    return layout.rooms.rows[state.focus] ?? 0
  }

  private func move(by step: Int) {
    let keys = DashboardView.keys(frozen ?? latest, state)
    state.move(by: step, in: keys, visible: visibleRows)
  }

  private func pause() {
    if session.isReplay {
      session.togglePause()
    } else {
      frozen = frozen == nil ? latest : nil
    }
  }

  private func changeTimes() {
    switch state.times.zone {
    case "local": state.times = .utc
    case "UTC": state.times = .log(zone)
    default: state.times = .local
    }
  }

  // MARK: - The terminal

  private func resize() {
    screen.resize()
    renderer.resize(to: screen.size)
    publish()
  }

  private func suspend() {
    screen.suspend()
    kill(getpid(), SIGSTOP)
    screen.resume()
    resize()
  }

  func say(_ text: String) {
    message = (text, Clocks.monotonic() + 3)
  }

  /// Gives the terminal back and ends, by the signal where it was one.
  private func end(status: Int32 = 0, dyingOf signal: Int32? = nil) -> Never {
    let events = session.stop()
    note(events)
    screen.restore()
    if let signal { Signals.die(of: signal) }
    if let failure {
      Diagnostics.say(session.input.path, failure.reason)
      exit(1)
    }
    if !session.pipeline.matchedAnything, session.pipeline.linesRejected > 0 {
      Diagnostics.say(session.input.path, "no line matches a known format; lm2000 --formats")
      exit(1)
    }
    if status == 0, hasAlerted, options.failOnAlert { exit(3) }
    exit(status)
  }
}

// MARK: - Replay

extension DashboardRun {
  /// Goes to the alert that is selected.
  private func open() {
    guard let second = state.selectedAlert else { return }
    guard session.isReplay else { return }
    if !session.seek(to: second) { say("standard input cannot go back") }
  }

  private func obeyReplay(_ command: Command) {
    guard session.isReplay else { return }
    switch command {
    case .speed(let step): session.changeSpeed(by: step)
    case .originalSpeed: session.setSpeed(.times(1))
    case .seek(let seconds):
      guard let now = session.pipeline.closedThrough else { return }
      if !session.seek(to: now.advanced(by: seconds)) { say("standard input cannot go back") }
    case .nextAlert:
      guard session.input.feed.canGoBack else { return say("standard input cannot look ahead") }
      session.seekNextAlert()
    case .skipSilence: session.skipSilence()
    default: break
    }
  }
}

extension TimeDisplay {
  static let local = TimeDisplay(zone: "local") { LocalZone.offset($0) }

  static func log(_ zone: LogZone) -> TimeDisplay {
    TimeDisplay(zone: "log") { _ in zone.offset }
  }
}
