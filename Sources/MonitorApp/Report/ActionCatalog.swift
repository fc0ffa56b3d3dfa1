import EventOutput
import TrafficAnalysis

/// What is done with the events of a run, on the screen and in reports alike. Another action is a file
/// of its own and a line here.
enum ActionCatalog {
  /// - Parameters:
  ///   - outputs: what writes the report, if there is one.
  ///   - alarms: what those are for that call somebody.
  ///   - bell: rings; `nil` where nobody could hear it.
  static func dispatcher(
    _ options: Options, outputs: [any Action] = [], alarms: Dispatcher.Interest,
    bell: (() throws(OutputFailure) -> Void)?
  ) -> Dispatcher {
    var dispatcher = Dispatcher()
    for output in outputs { dispatcher.add(output) }
    if options.bell, let bell { dispatcher.add(BellAction(ring: bell), interest: alarms) }
    return dispatcher
  }
}

extension Dispatcher {
  /// Hands on events, and ends the program where standard output failed.
  mutating func handOrEnd(_ events: [MonitorEvent], isRecent: Bool) {
    do throws(OutputFailure) {
      try handle(events, isRecent: isRecent)
    } catch {
      Diagnostics.end(for: error)
    }
  }
}
