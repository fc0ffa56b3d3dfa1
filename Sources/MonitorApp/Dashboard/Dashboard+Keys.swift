import DashboardModel
import Glibc
import TerminalCanvas

// What keys do.

extension Dashboard {
  /// Executes the commands of all keys that are waiting, until one of them ends the program.
  func handleKeys() {
    while ending == nil {
      let key = screen.nextKey()
      guard key != .none else { break }
      handle(key)
    }
    guard ending == nil else { return }
    isStale = true
    // The start of a seek is displayed without waiting for the queue.
    if session.isSeeking { work() } else { queueWork() }
    publish()
  }

  private func handle(_ key: Key) {
    if key == .resize { return resize() }
    if case .mouse(let mouse) = key {
      // It points at what is displayed.
      if state.prompt == nil, session.seekPosition == nil { handle(mouse) }
      return
    }
    if state.prompt != nil { return type(key) }
    let command = KeyBindings.command(for: key)
    if cancelsSeek(command) { return }
    guard let command else { return rejectKey(key) }
    // A key acts on what the one before it has left.
    refreshIfNeeded()
    execute(command, key)
    applyShownSource()
  }

  private func execute(_ command: Command, _ key: Key) {
    if state.showsHelp, !command.worksInHelp { return show("q closes the help") }
    switch command {
    case .help: state.toggleHelp()
    case .quit: if state.back() == .quit { end(.ordinary) }
    case .back: _ = state.back()
    case .interrupt: end(.signal(SIGINT))
    case .end: end(.ordinary)
    case .focusNext: moveFocus(by: 1)
    case .focusPrevious: moveFocus(by: -1)
    case .focus(let pane): state.focus(pane)
    case .zoom: if state.openAlert == nil { state.toggleZoom() } else { rejectKey(key) }
    case .move(let step): moveSelection(by: step, key)
    case .page(let pages):
      let rows = Int(Double(max(visibleRows - 1, 1)) * pages)
      moveSelection(by: rows == 0 ? (pages < 0 ? -1 : 1) : rows, key)
    case .first: moveSelection(by: .min, key)
    case .last: moveSelection(by: .max, key)
    case .sideways(let step): moveSideways(step, key)
    case .open: open(key)
    case .pause: togglePause()
    case .times: changeZone()
    case .theme: changeTheme()
    case .mouse: toggleMouse()
    case .redraw: screen.redraw()
    case .alert(let step): goToAlert(step)
    case .window, .span, .dimension, .sort, .reverse, .compare, .find, .findNext:
      executeChoice(command, key)
    case .seek(let seconds) where !session.isReplay:
      state.moveCursor(bySeconds: seconds, displayedSnapshot, isLive: isLive)
    case .speed, .originalSpeed, .seek, .skipSilence:
      if session.isReplay { executeReplay(command) } else { needsReplay(key) }
    }
  }

  private func needsReplay(_ key: Key) {
    guard let name = KeyBindings.name(of: key) else { return }
    show("\(name) is for replays: start with --replay; ? shows the keys")
  }

  func rejectKey(_ key: Key) {
    guard let name = KeyBindings.name(of: key) else { return }
    show("\(name) does nothing here; ? shows the keys")
  }

  private func moveFocus(by step: Int) {
    guard !layout.panes.isEmpty else { return show("the screen is too small for panes") }
    guard !state.focus(by: step, among: Set(layout.panes.keys)) else { return }
    show("no other pane is on the screen; press 1 to \(Pane.allCases.count) to show one")
  }

  private var visibleRows: Int {
    let rooms = rooms
    return state.showsHelp ? rooms.help.visible : rooms.panes[state.focus]?.rows ?? 0
  }

  private func moveSelection(by step: Int, _ key: Key) {
    if state.showsHelp { return state.move(by: step, displayedSnapshot, rooms) }
    switch state.focus {
    case .chart where step != 1 && step != -1:
      state.moveCursor(by: step, displayedSnapshot, rooms, isLive: isLive)
    case .table, .sources, .rules,
      .alerts where state.openAlert == nil:
      state.move(by: step, displayedSnapshot, rooms)
    default: rejectKey(key)
    }
  }

  /// Moves the cursor of the chart; elsewhere left goes back and right opens.
  private func moveSideways(_ step: Int, _ key: Key) {
    if state.focus == .chart || state.openAlert != nil {
      state.moveCursor(by: step, displayedSnapshot, rooms, isLive: isLive)
    } else if step < 0 {
      _ = state.back()
    } else {
      open(key)
    }
  }

  /// Opens the selected alert, or the latest one of the selected rule. In a replay a second time goes
  /// to its beginning.
  private func open(_ key: Key) {
    if state.focus == .sources { return showSelectedSource() }
    guard state.focus == .alerts || state.focus == .rules else { return rejectKey(key) }
    if let alert = state.openAlert, session.isReplay { return seek(to: alert.second) }
    if !state.openSelectedAlert(displayedSnapshot, isLive: isLive) { show("no alert so far") }
  }

  /// Goes to another alert: in a replay to its beginning, otherwise with the cursor of the chart.
  private func goToAlert(_ step: Int) {
    if session.isReplay { return seekAlert(step) }
    guard let second = state.alert(after: step, in: displayedSnapshot) else {
      return show(step > 0 ? "no further alert" : "no earlier alert")
    }
    state.goToAlert(at: second, displayedSnapshot, isLive: isLive)
  }

  private func togglePause() {
    if session.isReplay {
      session.togglePause()
    } else {
      frozen = frozen == nil ? session.pipeline : nil
    }
  }
}
