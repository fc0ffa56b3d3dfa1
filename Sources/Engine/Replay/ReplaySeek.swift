import AccessLog

extension Replay {
  /// The result of a step.
  package enum Step: Equatable, Sendable {
    case played(StepEnd)
    /// A seek is under way. `hasBacklog`: there is more to do at once.
    case seeking(hasBacklog: Bool)
    /// A seek has reached its moment.
    case arrived
    /// A seek has reached the second at which an alert triggered, and the replay is paused.
    case atAlert(EpochSecond)
    /// A seek has found no further alert, and the replay stays where it was.
    case noFurtherAlert
  }

  /// A seek under way, which may take many steps.
  struct Seek: Sendable {
    enum Target: Sendable {
      case second(EpochSecond)
      /// The first alert that triggers after the second.
      case alert(after: EpochSecond?)
    }

    var target: Target
    /// The last second that may be shown.
    var limit: EpochSecond
    var pipeline: Pipeline
    /// The monotonic time at which it was requested.
    var start: Double
    /// Whether the replay pauses when it arrives.
    var pausesOnArrival = false
  }
}
