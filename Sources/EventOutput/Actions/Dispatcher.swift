import TrafficAnalysis

/// Hands events to every action that wants them, in order: an event reaches all actions before the
/// next one reaches any.
package struct Dispatcher {
  package enum Interest: Sendable {
    case everything
    /// Only what is no part of what the log held at the start.
    case news
  }

  private var actions: [any Action] = []
  /// What each action wants, in the same order.
  private var interests: [Interest] = []

  package init() {}

  /// Adds an action behind those that are there.
  package mutating func add(_ action: any Action, interest: Interest = .everything) {
    actions.append(action)
    interests.append(interest)
  }

  /// - Parameter isRecent: the events are no part of what the log held at the start.
  /// - Throws: what the first action throws that fails; the others are not asked.
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
