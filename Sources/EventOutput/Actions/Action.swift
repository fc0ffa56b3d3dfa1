import TrafficAnalysis

/// Does something with the events that the monitor reports: writes them, sends them, rings a bell.
///
/// A new action is a new file with a conforming type, and a line in `ActionCatalog`.
package protocol Action {
  /// Handles an event. Events arrive in the order of the closed seconds that caused them.
  ///
  /// - Throws: `OutputFailure` where the output cannot be written. The action is not called again.
  mutating func handle(_ event: MonitorEvent) throws(OutputFailure)
}
