import TrafficAnalysis

/// Something that is done with what the monitor reports: written, sent, rung.
package protocol Action {
  /// Deals with one event; they come in the order of the seconds at whose close they were found.
  ///
  /// - Throws: `OutputFailure` once nothing more can be written.
  mutating func handle(_ event: MonitorEvent) throws(OutputFailure)
}
