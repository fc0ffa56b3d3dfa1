import AccessLog
import EventOutput
import TrafficAnalysis

/// Turns the events of a run into notifications for the actions of each rule.
package struct ActionRouter: Action {
  private let center: ActionCenter
  private let routes: [String: [String]]
  private let ranked: DimensionSet
  private let ring: (() throws(OutputFailure) -> Void)?

  /// - Parameters:
  ///   - routes: the names of the actions of each rule that names any; other rules use all.
  ///   - ranked: the dimensions that are reported besides those that always are.
  ///   - ring: rings the bell; `nil` if the output is not a terminal.
  package init(
    _ center: ActionCenter, routes: [String: [String]] = [:], ranked: DimensionSet = [],
    ring: (() throws(OutputFailure) -> Void)? = nil
  ) {
    self.center = center
    self.routes = routes
    self.ranked = ranked
    self.ring = ring
  }

  package mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    if case .interval = event, !center.includesIntervals { return }
    guard let notification = ActionNotification(event, ranked: ranked) else { return }
    if center.deliver(notification, to: notification.actions(in: routes)), let ring { try ring() }
  }
}
