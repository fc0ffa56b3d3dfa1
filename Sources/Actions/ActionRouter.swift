import AccessLog
import EventOutput
import TrafficAnalysis

/// Turns the events of a run into notifications for the actions of each rule.
package struct ActionRouter: Action {
  private let center: ActionCenter
  private let routes: [String: [String]]
  private let ranked: DimensionSet

  /// - Parameters:
  ///   - routes: the names of the actions of each rule that names any; other rules use all.
  ///   - ranked: the dimensions that are reported besides those that always are.
  package init(
    _ center: ActionCenter, routes: [String: [String]] = [:], ranked: DimensionSet = []
  ) {
    self.center = center
    self.routes = routes
    self.ranked = ranked
  }

  package mutating func handle(_ event: MonitorEvent) {
    if case .interval = event, !center.includesIntervals { return }
    guard let notification = ActionNotification(event, ranked: ranked) else { return }
    center.deliver(notification, to: routes[notification.rule])
  }
}
