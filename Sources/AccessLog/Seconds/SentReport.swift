/// A report of closed seconds with its sender: what a server sends instead of its lines.
package struct SentReport: Equatable, Sendable {
  /// The sender's name, the same in all its runs, such as `web1:/var/log/nginx/access.log`.
  package var sender: Name
  /// Chosen at random when the sender began to number its reports; a run that continues an earlier
  /// one keeps it.
  package var series: UInt64
  /// The number of the report in the series, from 1, without gaps.
  package var sequence: UInt64
  package var report: SecondReport

  package init(sender: Name, series: UInt64, sequence: UInt64, report: SecondReport) {
    self.sender = sender
    self.series = series
    self.sequence = sequence
    self.report = report
  }
}
