import AccessLog
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
  /// - Parameters:
  ///   - isRecent: whether the events are not caused by what was in the log at the start.
  ///   - oldThrough: alerts and intervals up to that second are caused by it all the same: they were only
  ///     reported later.
  /// - Throws: `OutputFailure` from the first action that fails. The following actions are not
  ///   called.
  package mutating func handle(
    _ events: [MonitorEvent], isRecent: Bool, oldThrough: EpochSecond? = nil
  ) throws(OutputFailure) {
    for event in events {
      let isRecent = isRecent && !event.isOld(through: oldThrough)
      for index in actions.indices where isRecent || interests[index] == .everything {
        try actions[index].handle(event)
      }
    }
  }
}

extension MonitorEvent {
  /// Whether it is an alert or an interval of a time up to a second.
  fileprivate func isOld(through second: EpochSecond?) -> Bool {
    guard let second else { return false }
    return switch self {
    case .alert(let transition): transition.second <= second
    case .interval(let report): report.to <= second
    default: false
    }
  }
}
