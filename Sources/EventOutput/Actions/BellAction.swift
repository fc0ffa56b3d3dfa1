import TrafficAnalysis

/// Rings a bell when an alert triggers.
package struct BellAction: Action {
  private let ring: () throws(OutputFailure) -> Void

  /// - Parameter ring: rings the bell.
  package init(ring: @escaping () throws(OutputFailure) -> Void) {
    self.ring = ring
  }

  package mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    if event.isTrigger { try ring() }
  }
}
