import DashboardModel
import Engine

// What keys do in a replay.

extension Dashboard {
  private static let cannotGoBack = "standard input cannot be rewound"

  /// Seeks to the selected alert or recovery.
  private func openSelectedAlert() {
    guard let second = state.selectedAlert else {
      show("no alert is selected")
      return
    }
    if !session.seek(pausingAt: second) { show(Self.cannotGoBack) }
  }

  func executeReplay(_ command: Command) {
    switch command {
    case .open: openSelectedAlert()
    case .speed(let step): session.changeSpeed(by: step)
    case .originalSpeed: session.setSpeed(.times(1))
    case .seek(let seconds): if !session.seek(by: seconds) { show(Self.cannotGoBack) }
    case .nextAlert:
      if !session.seekNextAlert() { show("standard input cannot be searched ahead") }
    case .skipSilence: if !session.skipSilence() { show("no silence to skip") }
    default: break
    }
  }

  /// Cancels a seek whose progress is displayed: any key does that and nothing else, except the one
  /// that ends the program.
  ///
  /// - Returns: whether a seek was cancelled.
  func cancelsSeek(_ command: Command?) -> Bool {
    guard session.seekPosition != nil, command != .interrupt else { return false }
    session.cancelSeek()
    show("seek cancelled")
    return true
  }

  /// Displays how a seek has ended, where the screen does not already show it.
  func report(_ arrival: Replay.Step?) {
    switch arrival {
    case .atAlert: show("paused here; Space resumes")
    case .noFurtherAlert: show("no further alert")
    default: break
    }
  }
}
