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
      if key == .resize {
        resize()
        continue
      }
      let command = KeyBindings.command(for: key)
      if cancelsSeek(command) { continue }
      if let command { execute(command, key) } else { rejectKey(key) }
    }
    guard ending == nil else { return }
    isStale = true
    // The start of a seek is displayed without waiting for the queue.
    if session.isSeeking { work() } else { queueWork() }
    publish()
  }

  private func execute(_ command: Command, _ key: Key) {
    switch command {
    case .help: state.toggleHelp()
    case .quit: if state.back() == .quit { end(.ordinary) }
    case .back: _ = state.back()
    case .interrupt: end(.signal(SIGINT))
    case .focusNext: moveFocus(by: 1)
    case .focusPrevious: moveFocus(by: -1)
    case .focus(let pane): state.focus(pane)
    case .zoom: state.toggleZoom()
    case .move(let step): moveSelection(by: step, key)
    case .page(let pages):
      moveSelection(by: Int(Double(max(visibleRows - 1, 1)) * pages), key)
    case .first: moveSelection(by: .min, key)
    case .last: moveSelection(by: .max, key)
    case .pause: togglePause()
    case .window(let step):
      state.changeWindow(by: step, isLive: isLive, interval: options.analysis.statsInterval)
    case .span(let step):
      state.changeSpan(by: step, isLive: isLive)
    case .times: changeZone()
    case .redraw: screen.redraw()
    case .open, .speed, .originalSpeed, .seek, .nextAlert, .skipSilence:
      if session.isReplay { executeReplay(command) } else { rejectKey(key) }
    }
  }

  private func rejectKey(_ key: Key) {
    guard let name = KeyBindings.name(of: key) else { return }
    show("\(name) does nothing here; ? shows the keys")
  }

  private func moveFocus(by step: Int) {
    guard !state.focus(by: step, among: Set(layout.panes.keys)) else { return }
    show("no other pane is on the screen; press 1 to \(Pane.numbered.count) to show one")
  }

  private var visibleRows: Int {
    let rooms = layout.rooms
    return state.showsHelp ? rooms.help.visible : rooms.panes[state.focus]?.listRows ?? 0
  }

  private func moveSelection(by step: Int, _ key: Key) {
    let rooms = layout.rooms
    guard state.showsHelp || rooms.panes[state.focus]?.listRows != nil else {
      return rejectKey(key)
    }
    state.move(by: step, displayedSnapshot, rooms)
  }

  private func togglePause() {
    if session.isReplay {
      session.togglePause()
    } else {
      frozen = frozen == nil ? session.pipeline : nil
    }
  }

  private func changeZone() {
    switch state.times.zone {
    case "local": state.times = .utc
    case "UTC": state.times = .log(zone)
    default: state.times = .local
    }
  }
}
