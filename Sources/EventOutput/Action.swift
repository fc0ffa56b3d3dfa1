import TrafficAnalysis

/// Something that is done with what the monitor reports: written, sent, rung.
package protocol Action {
  /// Deals with one event; they come in the order of the seconds at whose close they were found.
  ///
  /// - Throws: `OutputFailure` once nothing more can be written.
  mutating func handle(_ event: MonitorEvent) throws(OutputFailure)
}

/// What the events themselves do not say, the same for a whole run.
package struct ReportContext: Equatable, Sendable {
  /// The length of the alert window in seconds.
  package var window: Int64
  /// What the mean over the window must exceed.
  package var threshold: Threshold
  /// The name of the rule that raises the alert.
  package var rule: String

  package init(window: Int64, threshold: Threshold, rule: String = "high-traffic") {
    self.window = window
    self.threshold = threshold
    self.rule = rule
  }
}
