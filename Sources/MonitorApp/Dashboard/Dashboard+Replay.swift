import DashboardModel
import Engine

extension Dashboard {
  private static let cannotGoBack = "standard input cannot go back"

  /// Goes to the alert that is selected, or to its recovery.
  private func open() {
    guard let second = state.selectedAlert else {
      say("no alert is selected")
      return
    }
    if !session.seek(pausingAt: second) { say(Self.cannotGoBack) }
  }

  func obeyReplay(_ command: Command) {
    switch command {
    case .open: open()
    case .speed(let step): session.changeSpeed(by: step)
    case .originalSpeed: session.setSpeed(.times(1))
    case .seek(let seconds): if !session.seek(by: seconds) { say(Self.cannotGoBack) }
    case .nextAlert:
      if !session.seekNextAlert() { say("standard input cannot be looked ahead in") }
    case .skipSilence: if !session.skipSilence() { say("no silence here") }
    default: break
    }
  }

  /// While a seek is under way that is told of, any key means only that it is to end.
  ///
  /// - Returns: whether the key has done its work.
  func cancelsSeek(_ command: Command?) -> Bool {
    guard session.seekPosition != nil, command != .interrupt else { return false }
    session.cancelSeek()
    say("seek cancelled")
    return true
  }

  /// Says where a seek has come to.
  func tell(_ arrival: Replay.Step?) {
    switch arrival {
    case .atAlert: say("paused here; Space goes on")
    case .noFurtherAlert: say("no further alert")
    default: break
    }
  }
}
