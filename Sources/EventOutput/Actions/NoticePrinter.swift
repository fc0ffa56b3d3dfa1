import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// Prints notices while a report is written, beside the report, which has no place for them.
package struct NoticePrinter: Action {
  private let time: (EpochSecond) -> String
  private let printLine: (String) -> Void

  /// - Parameters:
  ///   - time: formats the times that the user requested.
  ///   - printLine: prints a line, which does not contain the name of the log.
  package init(
    time: @escaping (EpochSecond) -> String = \.iso8601, printLine: @escaping (String) -> Void
  ) {
    self.time = time
    self.printLine = printLine
  }

  package mutating func handle(_ event: MonitorEvent) {
    if case .notice(let notice) = event { printLine(notice.text(time: time).text) }
  }
}
