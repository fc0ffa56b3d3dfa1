import AccessLog
import DashboardModel
import SafeText
import TerminalCanvas
import TrafficAnalysis

/// What a picture shows: the traffic, the state of the run and the choices of the user.
enum Scene: String, CaseIterable {
  case empty, normal, alert, loading, waiting, unreadable, replay, paused, ascii, help, zoomed
  case chart, status, alerts, selected, details, cursor, typing, quiet, finished
  case longNames, hostile, heavy, zero, scattered, sources
  case rules, notified, filtered
  case week, month
  /// Many servers, the same with one selected, and one of them alone.
  case fleet, fleetInASCII, fleetSelected, server

  var glyphs: GlyphSet { self == .ascii || self == .fleetInASCII ? .ascii : .unicode }

  /// Servers send reports.
  private var isFleet: Bool {
    [Scene.fleet, .fleetInASCII, .fleetSelected, .server].contains(self)
  }

  /// The chart is of days.
  private var isOfDays: Bool { self == .week || self == .month }

  var log: SampleLog {
    switch self {
    case .empty, .waiting: SampleLog(seconds: 0)
    case .normal, .loading, .help, .quiet, .finished, .paused, .filtered: SampleLog(seconds: 1800)
    case .heavy: SampleLog(seconds: 1800, scale: 10_000)
    case .zero: SampleLog(seconds: 600, scale: 0)
    case .scattered: SampleLog(seconds: 600, names: .scattered)
    case .longNames: SampleLog(seconds: 900, names: .long)
    case .hostile: SampleLog(seconds: 900, names: .hostile)
    case .unreadable: SampleLog(seconds: 600)
    default: SampleLog(seconds: 1800, hasAlert: true)
    }
  }

  var status: RunStatus {
    let path = Name("/var/log/nginx/access.log")
    var source = SourceState(path: path, format: "combined", phase: .following)
    if self == .waiting || self == .empty { source.format = nil }
    if self == .waiting { source.phase = .waiting }
    if self == .loading { source.phase = .loading(read: 3, total: 10) }
    if self == .finished { source.phase = .ended }
    var status = RunStatus(source: source, isLive: self != .finished && self != .quiet)
    status.wall = EpochSecond(SampleLog.end + 2)
    if isOfDays { status.historySaved = EpochSecond(SampleLog.end - 20) }
    if self == .quiet { status.wall = EpochSecond(SampleLog.end + 21_600_000) }
    if self == .finished { status.wall = EpochSecond(SampleLog.end + 7300) }
    if self == .loading {
      status.loading = .init(bytesPerSecond: 412_300_000, secondsLeft: 2)
    }
    if self == .replay {
      status.replay = .init(speed: "x60", position: 0.4, alerts: [0.1...0.2, 0.8...0.81])
      status.wall = nil
    }
    status.isPaused = self == .paused
    if self == .sources {
      status.sources = SampleSources.states
      status.source = SourceState(joining: status.sources, named: Name("5 logs"))
    }
    if isFleet { SampleFleet.add(to: &status, shown: self == .server ? 10 : nil) }
    if self == .rules || self == .notified { status.deliveries = SampleRules.deliveries }
    if self == .filtered {
      status.filter = "section=/api,/checkout and status=5xx and not client=10.0.0.0/8"
      status.allTraffic = Rate(hits: 4120, seconds: 10)
    }
    return status
  }

  /// Everything but the tables. Made once for all pictures.
  static let snapshots: [Scene: Snapshot] = Dictionary(
    uniqueKeysWithValues: allCases.map { scene in
      var snapshot = scene.log.snapshot
      if scene == .unreadable {
        snapshot.notices = [.doubtfulFormat(FailedLines(lines: 1500, format: "combined"))]
        snapshot.tally.rejected[.shape] = 1480
      }
      if scene == .rules || scene == .notified {
        snapshot.rules += SampleRules.states
        snapshot.transitions += SampleRules.transitions
      }
      if scene.isOfDays { SampleMinutes.add(to: &snapshot) }
      if scene == .filtered { snapshot.highTraffic.isSilent = true }
      if scene.isFleet { snapshot.sources = SampleFleet.figures }
      if scene == .server {
        let since = EpochSecond(SampleLog.end - 840)
        snapshot.shownSource = ShownSource(name: SampleFleet.states[10].path, since: since)
        snapshot.highTraffic.isSilent = true
      }
      if scene == .sources { snapshot.sources = SampleSources.figures }
      return (scene, snapshot)
    })

  /// What the user has done before the picture.
  func apply(to state: inout ViewState, _ snapshot: Snapshot, _ rooms: (ViewState) -> PaneRooms) {
    switch self {
    case .help: state.toggleHelp()
    case .week, .month:
      state.offersDays = true
      for _ in 0..<(self == .week ? 5 : 6) { state.changeSpan(by: 1, isLive: true) }
    case .zoomed: state.toggleZoom()
    case .chart: zoom(.chart, &state)
    case .status: zoom(.status, &state)
    case .sources, .fleet, .fleetInASCII: state.focus(.sources)
    case .fleetSelected:
      state.focus(.sources)
      state.arrangeSources(snapshot, status)
      state.toggleZoom()
      for _ in 0..<4 { state.move(by: 1, snapshot, rooms(state)) }
      state.arrangeSources(snapshot, status)
    case .server: state.showSource(SampleFleet.states[10].path)
    case .alerts: zoom(.alerts, &state)
    case .rules:
      state.focus(.rules)
      state.select(1, snapshot, rooms(state))
    case .notified:
      state.focus(.alerts)
      state.select(1, snapshot, rooms(state))
      _ = state.openSelectedAlert(snapshot, isLive: true)
    case .typing: state.prompt = "10.0"
    case .selected:
      for _ in 0..<3 { state.move(by: 1, snapshot, rooms(state)) }
    case .details:
      state.focus(.alerts)
      _ = state.openSelectedAlert(snapshot, isLive: true)
    case .cursor:
      state.focus(.chart)
      for _ in 0..<12 { state.moveCursor(by: -1, snapshot, rooms(state), isLive: true) }
    default: break
    }
  }

  private func zoom(_ pane: Pane, _ state: inout ViewState) {
    state.focus(pane)
    state.toggleZoom()
  }
}
