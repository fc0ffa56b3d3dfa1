import AccessLog

/// How far a step is to go.
package enum Goal: Equatable, Sendable {
  /// All that is there.
  case everything
  /// Only until it is known when the log begins; nothing is shown yet, and what is shown stays.
  case beginning
  /// Until the second has closed.
  case second(EpochSecond)
  /// Until the alert triggers or recovers, but no further than the second.
  case transition(before: EpochSecond)

  /// The last second that may be shown.
  var limit: EpochSecond {
    switch self {
    case .everything: EpochSecond(.max)
    // Before any time that a log can hold.
    case .beginning: EpochSecond(-1_000_000_000_000_000)
    case .second(let second), .transition(let second): second
    }
  }
}

/// Why a step ended.
package enum StepEnd: Equatable, Sendable {
  case goalReached
  /// There is more to do, but the time for it is over.
  case outOfBudget
  /// The source has been read to its end, and may go on.
  case caughtUp
  /// The source has ended; the end event has been given.
  case finished
}
