import TrafficAnalysis

/// Passes events to the actions that are interested in them, in order: an event reaches all actions
/// before the next one reaches any.
package struct Dispatcher {
  /// The events that an action handles.
  package enum Interest: Sendable {
    case everything
    /// Only events that are not caused by what was in the log at the start.
    case recent
  }

  private var actions: [any Action] = []
  /// What each action wants, in the same order.
  private var interests: [Interest] = []

  package init() {}

  /// Adds an action. Actions handle an event in the order in which they were added.
  package mutating func add(_ action: any Action, interest: Interest = .everything) {
    actions.append(action)
    interests.append(interest)
  }

  /// Passes events to the actions.
  ///
  /// - Parameter isRecent: whether the events are not caused by what was in the log at the start.
  /// - Throws: `OutputFailure` from the first action that fails. The following actions are not
  ///   called.
  package mutating func handle(
    _ events: [MonitorEvent], isRecent: Bool
  ) throws(OutputFailure) {
    for event in events {
      for index in actions.indices where isRecent || interests[index] == .everything {
        try actions[index].handle(event)
      }
    }
  }
}
