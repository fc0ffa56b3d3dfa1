import DashboardModel
import Glibc
import TerminalCanvas

// What keys do.

extension Dashboard {
  /// Does what the keys say that were typed.
  func takeKeys() {
    while ending == nil {
      let key = screen.nextKey()
      guard key != .none else { break }
      if key == .resize {
        resize()
        continue
      }
      let command = KeyBindings.command(for: key)
      if cancelsSeek(command) { continue }
      if let command { obey(command, key) } else { sayMeaningless(key) }
    }
    guard ending == nil else { return }
    isStale = true
    // What can be seen of a key at once is.
    if session.isSeeking { work() } else { queueWork() }
    publish()
  }

  private func obey(_ command: Command, _ key: Key) {
    switch command {
    case .help: state.toggleHelp()
    case .quit: if state.back() == .quit { end(.ordinary) }
    case .back: _ = state.back()
    case .interrupt: end(.signal(SIGINT))
    case .focusNext: focus(by: 1)
    case .focusPrevious: focus(by: -1)
    case .focus(let pane): state.focus(pane)
    case .zoom: state.zoom()
    case .move(let step): move(by: step, key)
    case .page(let pages): move(by: Int(Double(max(visibleRows - 1, 1)) * pages), key)
    case .first: move(by: .min, key)
    case .last: move(by: .max, key)
    case .pause: togglePause()
    case .window(let step):
      state.changeWindow(by: step, isLive: isLive, interval: options.analysis.statsInterval)
    case .span(let step):
      state.changeSpan(by: step, isLive: isLive)
    case .times: changeTimes()
    case .redraw: screen.redraw()
    case .open, .speed, .originalSpeed, .seek, .nextAlert, .skipSilence:
      if session.isReplay { obeyReplay(command) } else { sayMeaningless(key) }
    }
  }

  private func sayMeaningless(_ key: Key) {
    guard let name = KeyBindings.name(of: key) else { return }
    say("\(name) has no meaning here; ? shows the keys")
  }

  private func focus(by step: Int) {
    guard !state.focus(by: step, among: Set(layout.panes.keys)) else { return }
    say("no other pane is on the screen; 1 to \(Pane.numbered.count) bring one")
  }

  private var visibleRows: Int {
    let rooms = layout.rooms
    return state.showsHelp ? rooms.help.visible : rooms.panes[state.focus]?.listRows ?? 0
  }

  private func move(by step: Int, _ key: Key) {
    let rooms = layout.rooms
    guard state.showsHelp || rooms.panes[state.focus]?.listRows != nil else {
      return sayMeaningless(key)
    }
    state.move(by: step, shownSnapshot, rooms)
  }

  private func togglePause() {
    if session.isReplay {
      session.togglePause()
    } else {
      frozen = frozen == nil ? session.pipeline : nil
    }
  }

  private func changeTimes() {
    switch state.times.zone {
    case "local": state.times = .utc
    case "UTC": state.times = .log(zone)
    default: state.times = .local
    }
  }
}
