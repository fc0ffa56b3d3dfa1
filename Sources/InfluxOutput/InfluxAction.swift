import AccessLog
import EventOutput
import TrafficAnalysis

/// Hands the closed intervals of a run to a sender, except those whose figures are not final: the store
/// would get other ones later.
package struct InfluxAction: Action {
  private let sender: InfluxSender
  private let range: TimeRange
  private var skipsNext: Bool

  /// - Parameters:
  ///   - range: the range of time that was requested. Intervals that it cuts are not sent.
  ///   - beginsInside: whether reading begins somewhere inside the log, so that the beginning of the
  ///     first interval may be missing.
  package init(
    _ sender: InfluxSender, range: TimeRange = TimeRange(), beginsInside: Bool = false
  ) {
    self.sender = sender
    self.range = range
    skipsNext = beginsInside
  }

  package mutating func handle(_ event: MonitorEvent) {
    guard case .interval(let report) = event else { return }
    defer { skipsNext = false }
    if skipsNext || !sender.isFinal(report) { return }
    if let start = range.since, report.from < start { return }
    if let end = range.until, report.to > end { return }
    sender.add(report)
  }
}
