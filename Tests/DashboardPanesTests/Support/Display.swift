import AccessLog
import DashboardModel
import TerminalCanvas
import TrafficAnalysis

@testable import DashboardPanes

/// A dashboard of some size that shows a sample log: what the program does from a key to the canvas.
struct Display {
  var log: SampleLog
  var status: RunStatus
  var state = ViewState()
  /// The snapshot without its tables.
  var snapshot: Snapshot
  private(set) var renderer: DashboardRenderer
  private(set) var view: DashboardView?
  private(set) var areas: [Rectangle] = []

  var size: Size { renderer.canvas.size }
  var canvas: Canvas { renderer.canvas }

  /// - Parameter snapshot: that of the log, if it was made before.
  init(
    _ log: SampleLog, _ status: RunStatus, _ size: Size, glyphs: GlyphSet = .unicode,
    snapshot: Snapshot? = nil
  ) {
    (self.log, self.status) = (log, status)
    self.snapshot = snapshot ?? log.snapshot
    renderer = DashboardRenderer(size: size, glyphs: glyphs)
  }

  /// Draws a scene.
  init(_ scene: Scene, _ size: Size) {
    self.init(
      scene.log, scene.status, size, glyphs: scene.glyphs, snapshot: Scene.snapshots[scene])
    var state = state
    scene.apply(to: &state, answered) { layout($0).rooms($0) }
    self.state = state
    draw()
  }

  /// The areas for a state.
  func layout(_ state: ViewState) -> DashboardLayout {
    DashboardLayout(
      size: size, state, hasNotice: HeaderModel.notice(snapshot, status, state) != nil,
      hasTimeline: status.replay != nil, sources: status.sources.count,
      rules: snapshot.rules.count > 1 ? snapshot.rules.count : 0)
  }

  var layout: DashboardLayout { layout(state) }

  /// The snapshot with the tables that the state needs.
  var answered: Snapshot {
    var answered = snapshot
    let window = state.window(isLive: status.isLive, interval: 10)
    let request = state.tableRequest(
      window, layout.rooms(state), snapshot, isLive: status.isLive)
    answered.table = log.tables(request, snapshot)
    return answered
  }

  /// Draws what differs from what was drawn last.
  mutating func draw() {
    let (snapshot, layout) = (answered, layout)
    let rooms = layout.rooms(state)
    state.arrangeSources(snapshot, status)
    state.settle(snapshot, rooms)
    let view = DashboardView(snapshot, status, state, rooms: rooms)
    areas = renderer.draw(view, layout)
    self.view = view
  }

  /// The same display, drawn from the beginning.
  var fresh: Display {
    var fresh = self
    fresh.renderer = DashboardRenderer(size: size, glyphs: canvas.glyphs)
    fresh.draw()
    return fresh
  }

  /// Moves the selection as a key does.
  mutating func move(by step: Int) { state.move(by: step, answered, layout.rooms(state)) }
}

extension RunStatus {
  /// A log that is followed.
  static let following = RunStatus(
    source: SourceState(
      path: Name("/var/log/nginx/access.log"), format: "combined", phase: .following),
    isLive: true)
}
