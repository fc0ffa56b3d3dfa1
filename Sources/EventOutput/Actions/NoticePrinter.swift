import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// Says notices to a person while a report is written, which has no place for them.
package struct NoticePrinter: Action {
  private let time: (EpochSecond) -> String
  private let say: (String) -> Void

  /// - Parameters:
  ///   - time: writes the times that somebody asked for.
  ///   - say: says one line; the name of the log is not in it.
  package init(
    time: @escaping (EpochSecond) -> String = \.iso8601, say: @escaping (String) -> Void
  ) {
    self.time = time
    self.say = say
  }

  package mutating func handle(_ event: MonitorEvent) {
    if case .notice(let notice) = event { say(notice.text(time: time).text) }
  }
}
