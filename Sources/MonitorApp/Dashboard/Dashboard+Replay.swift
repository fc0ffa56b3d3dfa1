import AccessLog
import DashboardModel
import Engine

// What keys do in a replay.

extension Dashboard {
  private static let cannotGoBack = "standard input cannot be rewound"

  /// Seeks to a second and pauses there.
  func seek(to second: EpochSecond) {
    if !session.seek(pausingAt: second) { show(Self.cannotGoBack) }
  }

  /// Seeks to the next alert, or the previous one if `step` is negative, and pauses there.
  func seekAlert(_ step: Int) {
    state.closeDetails()
    if step > 0 {
      if !session.seekNextAlert() { show("standard input cannot be searched ahead") }
      return
    }
    let now = displayedSnapshot.closedThrough
    let triggers = displayedSnapshot.transitions.filter { $0.change == .triggered }.map(\.second)
    guard let now, let second = triggers.last(where: { $0 < now }) else {
      return show("no earlier alert")
    }
    seek(to: second)
  }

  func executeReplay(_ command: Command) {
    switch command {
    case .speed(let step): session.changeSpeed(by: step)
    case .originalSpeed: session.setSpeed(.times(1))
    case .seek(let seconds): if !session.seek(by: seconds) { show(Self.cannotGoBack) }
    case .skipSilence: if !session.skipSilence() { show("no silence to skip") }
    default: break
    }
  }

  /// Cancels a seek whose progress is displayed: any key does that and nothing else, except the one
  /// that ends the program.
  ///
  /// - Returns: whether a seek was cancelled.
  func cancelsSeek(_ command: Command?) -> Bool {
    guard session.seekPosition != nil, command != .interrupt, command != .end else { return false }
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
