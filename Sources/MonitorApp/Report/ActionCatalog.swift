import Actions
import EventOutput
import History
import InfluxOutput
import StreamOutput
import TrafficAnalysis

/// The actions that handle the events of a session, in the dashboard and in reports. A new action is a
/// new file and a line here.
enum ActionCatalog {
  /// A dispatcher with the actions that the options request.
  ///
  /// - Parameters:
  ///   - outputs: the actions that write the report, if there is one.
  ///   - influx: sends intervals to a store, if there is one.
  ///   - events: sends events to a broker, if there is one.
  ///   - alarms: the events for actions that call for attention.
  ///   - center: the actions that make alerts known, if there are any.
  ///   - history: keeps alerts and minutes, if that is asked for.
  ///   - bell: rings; `nil` if the output is not a terminal.
  static func dispatcher(
    _ options: Options, outputs: [any Action] = [], center: ActionCenter? = nil,
    history: HistoryAction? = nil, influx: InfluxAction? = nil,
    events: EventStreamAction? = nil, alarms: Dispatcher.Interest,
    bell: (() throws(OutputFailure) -> Void)?
  ) -> Dispatcher {
    var dispatcher = Dispatcher()
    for output in outputs { dispatcher.add(output) }
    if let history { dispatcher.add(history) }
    if options.bell, let bell { dispatcher.add(BellAction(ring: bell), interest: alarms) }
    if let center {
      let router = ActionRouter(
        center, routes: options.routes, ranked: options.analysis.ranked, ring: bell)
      dispatcher.add(router, interest: alarms)
    }
    if let influx { dispatcher.add(influx) }
    if let events { dispatcher.add(events) }
    return dispatcher
  }
}
