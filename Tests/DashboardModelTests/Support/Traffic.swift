import AccessLog
import DashboardModel
import TrafficAnalysis
import TrafficKit

/// A log that is read second by second, and the state of a dashboard that displays it.
struct Traffic {
  private var analyzer: TrafficAnalyzer
  private var second: Int64 = 1000
  private var now = 0.0
  var state = ViewState()
  var rooms = PaneRooms()

  /// - Parameter rules: the rules besides that of high traffic.
  init(rules: [RuleDefinition] = []) {
    var options = AnalysisOptions()
    options.lateness = 0
    options.following = true
    options.rules = rules
    analyzer = TrafficAnalyzer(options: options)
    for pane in [Pane.sections, .clients] { rooms.panes[pane] = PaneRoom(rows: 5, columns: 60) }
  }

  /// Reads one second: hits by section, all from one client.
  mutating func read(_ hits: KeyValuePairs<String, Int>) {
    read(hits.map { ($0.key, "10.0.0.1", $0.value) })
  }

  /// Reads one second in which each client of a range has a hit.
  mutating func read(clients: Range<Int>) {
    read(clients.map { ("/", "c\($0 + 1_000_000)", 1) })
  }

  private mutating func read(_ hits: [(section: String, client: String, count: Int)]) {
    let batch = RecordBatch()
    for hit in hits {
      batch.addHits(
        at: [Int64](repeating: second, count: hit.count),
        names: [.section: hit.section, .client: hit.client])
    }
    analyzer.add(batch, wall: EpochSecond(second))
    analyzer.caughtUp(now: now, wall: EpochSecond(second))
    // The second closes after a silence that is longer than the idle grace.
    now += 11
    analyzer.caughtUp(now: now, wall: EpochSecond(second))
    var events: [MonitorEvent] = []
    _ = analyzer.release(until: EpochSecond(second), &events)
    second += 1
  }

  /// Takes the snapshot that the state requests, and settles the state with it.
  mutating func settledSnapshot(_ window: TableWindow = .all) -> Snapshot {
    let request = state.tableRequest(window, rooms, Snapshot(), isLive: true)
    let snapshot = analyzer.snapshot(request, includingPending: false)
    state.settle(snapshot, rooms)
    return snapshot
  }

  /// The visible rows of the focused pane, the selected one in brackets.
  mutating func rows(_ window: TableWindow = .all) -> [String] {
    let status = RunStatus(source: SourceState(path: Name("a"), phase: .following), isLive: true)
    let view = DashboardView(settledSnapshot(window), status, state, rooms: rooms)
    let table = view.panes[state.focus] as? TableModel
    return (table?.rows ?? []).map { $0.isSelected ? "[\($0.name.text)]" : $0.name.text }
  }

  /// Moves the selection as a key does.
  mutating func move(by step: Int) {
    state.move(by: step, settledSnapshot(), rooms)
  }
}

extension Pane {
  /// The table of sections, and that of clients, as they are at the start.
  static let sections = Pane.table(0)
  static let clients = Pane.table(1)
}

extension Snapshot {
  /// The rows of the table of sections, and of that of clients.
  var sections: RankedRows { table.rankings[0] }
  var clients: RankedRows { table.rankings[1] }
}
