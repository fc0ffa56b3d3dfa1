import AccessLog
import TrafficAnalysis

/// The seconds during which an alert was active.
struct AlertSpans {
  /// The spans, the newest first.
  private let spans: [ClosedRange<EpochSecond>]

  /// - Parameter now: the last closed second, through which an active alert lasts.
  init(_ snapshot: Snapshot, through now: EpochSecond) {
    var spans: [ClosedRange<EpochSecond>] = []
    for rule in snapshot.rules {
      if let since = rule.activeSince, since <= now { spans.append(since...now) }
    }
    for transition in snapshot.transitions.reversed() {
      guard case .recovered(let since) = transition.change, since < transition.second else {
        continue
      }
      spans.append(since...transition.second.advanced(by: -1))
    }
    self.spans = spans
  }

  /// Marks the columns of a chart in which an alert was active.
  ///
  /// - Returns: the columns in which an alert begins, from left to right.
  func mark(
    _ columns: inout [ChartModel.Column], _ span: ChartSpan
  ) -> [(column: Int, second: EpochSecond)] {
    var beginnings: [(column: Int, second: EpochSecond)] = []
    let range = span.range
    let half = (span.width + 1) / 2
    for alert in spans where alert.overlaps(range) {
      let seen = alert.clamped(to: range)
      for index in span.column(of: seen.lowerBound)...span.column(of: seen.upperBound) {
        let seconds = span.seconds(ofColumn: index)
        let middle = seconds.lowerBound.advanced(by: half)
        let part = seen.clamped(to: seconds)
        let last = part.upperBound.advanced(by: 1)
        columns[index].alertSeconds[0] += max(
          0, min(last, middle).seconds(since: part.lowerBound))
        columns[index].alertSeconds[1] += max(
          0, last.seconds(since: max(part.lowerBound, middle)))
      }
      if range.contains(alert.lowerBound) {
        beginnings.append((span.column(of: alert.lowerBound), alert.lowerBound))
      }
    }
    for index in columns.indices {
      let active = columns[index].activeSeconds
      columns[index].isAlert = active > 0 && active * 2 >= columns[index].knownSeconds
    }
    return beginnings.sorted { $0.second < $1.second }
  }
}
