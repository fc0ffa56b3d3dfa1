import DashboardModel
import Monitoring

extension DashboardRun {
  /// Goes to the alert that is selected.
  func open() {
    guard let second = state.selectedAlert else { return }
    guard session.isReplay else { return }
    if !session.seek(to: second) { say("standard input cannot go back") }
  }

  func obeyReplay(_ command: Command) {
    guard session.isReplay else { return }
    switch command {
    case .speed(let step): session.changeSpeed(by: step)
    case .originalSpeed: session.setSpeed(.times(1))
    case .seek(let seconds):
      guard let now = session.pipeline.closedThrough else { return }
      if !session.seek(to: now.advanced(by: seconds)) { say("standard input cannot go back") }
    case .nextAlert:
      if !session.seekNextAlert() { say("standard input cannot look ahead") }
    case .skipSilence: session.skipSilence()
    default: break
    }
  }
}
