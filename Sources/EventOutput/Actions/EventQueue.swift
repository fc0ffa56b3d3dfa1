import Dispatch
import TrafficAnalysis

/// Passes events to actions. Many events are handled by a thread of its own, so that meanwhile the
/// next part of the log is read; few are handled at once. At most one batch waits.
///
/// Used by one thread at a time, as the actions are.
package final class EventQueue: @unchecked Sendable {
  /// The number of events from which another thread pays.
  private static let manyEvents = 64

  private var dispatcher: Dispatcher
  private let thread = DispatchQueue(label: "events", qos: .userInitiated)
  /// Why the actions cannot go on.
  private var failure: OutputFailure?
  private var isWorking = false

  package init(_ dispatcher: Dispatcher) {
    self.dispatcher = dispatcher
  }

  /// Passes events to the actions, after those of all earlier calls.
  ///
  /// - Parameter isRecent: whether the events are not caused by what was in the log at the start.
  /// - Throws: `OutputFailure` from the first action that fails, in this or in the previous call.
  package func send(_ events: [MonitorEvent], isRecent: Bool) throws(OutputFailure) {
    guard !events.isEmpty else { return }
    try wait()
    guard events.count >= Self.manyEvents else {
      return try dispatcher.handle(events, isRecent: isRecent)
    }
    isWorking = true
    thread.async { [self] in
      do throws(OutputFailure) {
        try dispatcher.handle(events, isRecent: isRecent)
      } catch {
        failure = error
      }
    }
  }

  /// Waits until all events have been handled.
  ///
  /// - Throws: `OutputFailure` from an action that has failed.
  package func wait() throws(OutputFailure) {
    if isWorking { thread.sync {} }
    isWorking = false
    if let failure { throw failure }
  }
}
