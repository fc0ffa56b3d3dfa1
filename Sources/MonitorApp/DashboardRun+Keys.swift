import DashboardModel
import Glibc

// What keys do.

extension DashboardRun {
  func takeKeys() {
    while true {
      let key = screen.nextKey()
      guard key != .none else { break }
      if key == .resize {
        resize()
        continue
      }
      let command = KeyBindings.command(for: key)
      if cancelsSeek(command) { continue }
      if let command { obey(command) }
    }
    if screen.isGone { end(dyingOf: SIGHUP) }
    isStale = true
    // What can be seen of a key at once is.
    if session.isSeeking { work() } else { queueWork() }
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
    case .pause: togglePause()
    case .window(let step):
      state.changeWindow(by: step, isLive: isLive, interval: options.analysis.statsInterval)
    case .span(let step):
      state.changeSpan(by: step, isLive: isLive)
    case .times: changeTimes()
    case .redraw: screen.redraw()
    case .open: open()
    case .speed, .originalSpeed, .seek, .nextAlert, .skipSilence: obeyReplay(command)
    }
  }

  private var visibleRows: Int { layout.rooms.rows[state.focus] ?? 0 }

  private func move(by step: Int) {
    let keys = DashboardView.keys(frozen ?? latest, state)
    state.move(by: step, in: keys, visible: visibleRows)
  }

  private func togglePause() {
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
}
