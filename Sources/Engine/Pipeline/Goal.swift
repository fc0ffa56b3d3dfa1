import AccessLog

/// How far a step advances a pipeline.
package enum Goal: Equatable, Sendable {
  /// To the end of what there is to read.
  case everything
  /// Only until the first second of the log is known. No further second is closed.
  case beginning
  /// Until the second is closed.
  case second(EpochSecond)
  /// Until an alert triggers or recovers, but no further than the second.
  case transition(before: EpochSecond)

  /// The last second that may close.
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
  /// There is more to do, but the time of the step is used up.
  case outOfBudget
  /// The source was read to its end, and may grow.
  case caughtUp
  /// The source has ended, and the end event was emitted.
  case finished
}
