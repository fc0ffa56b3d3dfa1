import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// Prints notices while a report is written, beside the report, which has no place for them.
package struct NoticePrinter: Action {
  private let time: (EpochSecond) -> String
  private let printLine: (Name?, String) -> Void

  /// - Parameters:
  ///   - time: formats the times that the user requested.
  ///   - printLine: prints a line about the source with that name; `nil` if there is only one, or
  ///     about all of them. The line does not contain the name.
  package init(
    time: @escaping (EpochSecond) -> String = \.iso8601,
    printLine: @escaping (Name?, String) -> Void
  ) {
    self.time = time
    self.printLine = printLine
  }

  package mutating func handle(_ event: MonitorEvent) {
    switch event {
    case .notice(.about(let source, let notice)): printLine(source, notice.text(time: time).text)
    case .notice(let notice): printLine(nil, notice.text(time: time).text)
    default: break
    }
  }
}
