import AccessLog
import DashboardModel
import Glibc
import TerminalCanvas
import TrafficAnalysis

// What keys choose in tables and chart, and the search.

extension Dashboard {
  func executeChoice(_ command: Command, _ key: Key) {
    switch command {
    case .window(let step):
      state.changeWindow(by: step, isLive: isLive, interval: options.analysis.statsInterval)
    case .span(let step): state.changeSpan(by: step, isLive: isLive)
    case .dimension(let step): if !state.changeDimension(by: step) { needsTable(key) }
    case .sort where state.focus == .sources:
      state.changeSourceOrder(among: visibleSourceColumns)
      rememberSourceOrder()
    case .reverse where state.focus == .sources:
      state.reverseSources()
      rememberSourceOrder()
    case .sort:
      if state.changeSorting(among: visibleColumns) { rememberSorting() } else { needsTable(key) }
    case .reverse:
      if state.reverseSorting() { rememberSorting() } else { needsTable(key) }
    case .compare:
      guard window != .all else {
        return show("all of the log has nothing to compare with; w chooses a window")
      }
      state.changeComparison()
      show("comparing with \(name(of: state.comparison))")
    case .find:
      switch state.focus {
      case .table, .sources: state.prompt = ""
      default: needsTable(key)
      }
    case .findNext(let step): findNext(step, key)
    default: break
    }
  }

  /// The window of the tables.
  var window: TableWindow {
    state.window(isLive: isLive, interval: options.analysis.statsInterval)
  }

  /// The columns by which the sources can be sorted, of those that are on the screen.
  private var visibleSourceColumns: [SourceColumn] {
    layout.panes[.sources].map { SourceLayout(columns: $0.inside.columns).sortable } ?? []
  }

  private func needsTable(_ key: Key) {
    guard let name = KeyBindings.name(of: key) else { return }
    show("\(name) is for tables: press 2 or 3 first; ? shows the keys")
  }

  /// The columns of the focused table that are on the screen.
  private var visibleColumns: [TableColumn] {
    guard case .table(let slot) = state.focus, let area = layout.panes[state.focus] else {
      return []
    }
    return area.tableLayout(slot, state).columns
  }

  private func name(of comparison: TableComparison) -> String {
    switch comparison {
    case .windowBefore: "the window before"
    case .hourBefore: "an hour before"
    case .dayBefore: "a day before: in total, names are kept for two hours"
    }
  }

  // MARK: - Search

  /// Handles a key while a text is being typed.
  func type(_ key: Key) {
    switch key {
    case .character(let scalar):
      if (state.prompt ?? "").unicodeScalars.count < 200 { append(scalar) }
    case .backspace: if !(state.prompt ?? "").isEmpty { state.prompt?.removeLast() }
    case .control("u"): state.prompt = ""
    case .control("c"): end(.signal(SIGINT))
    case .function(10): end(.ordinary)
    case .escape: state.prompt = nil
    case .enter:
      let text = state.prompt ?? ""
      state.prompt = nil
      if !text.isEmpty { state.query = text }
      findNext(1, key)
    default: break
    }
  }

  private func append(_ scalar: Unicode.Scalar) {
    state.prompt?.unicodeScalars.append(scalar)
  }

  /// Selects the next source whose name contains the text, or the previous one if `step` is negative.
  private func findNextSource(_ step: Int) {
    refreshIfNeeded()
    let place = state.roster.place(
      matching: Array(state.query.utf8), from: state.selectedRow ?? (step > 0 ? -1 : 0),
      forward: step > 0)
    guard let place else { return show("\(state.query): not found in sources") }
    state.select(place, displayedSnapshot, rooms)
  }

  /// Selects the next name that contains the text, or the previous one if `step` is negative.
  private func findNext(_ step: Int, _ key: Key) {
    if state.focus == .sources, !state.query.isEmpty { return findNextSource(step) }
    guard case .table(let slot) = state.focus else { return needsTable(key) }
    guard !state.query.isEmpty else { return show("nothing to find: press / first") }
    refreshIfNeeded(isExact: true)
    let request = state.ranking(
      slot: slot, rooms, displayedSnapshot.history, isLive: isLive)
    let place = displayedPipeline.place(
      matching: Array(state.query.utf8), in: request, window: window,
      comparison: state.comparison, from: state.selectedRow ?? (step > 0 ? -1 : 0),
      forward: step > 0)
    guard let place else {
      return show("\(state.query): not found in \(state.tables[slot].dimension.profile.pluralName)")
    }
    state.select(place, displayedSnapshot, rooms)
  }
}
