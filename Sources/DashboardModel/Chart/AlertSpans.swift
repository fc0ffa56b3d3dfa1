import AccessLog
import TrafficAnalysis

/// The seconds during which an alert was active: one of a rule, or any.
struct AlertSpans {
  /// The spans, the oldest first. They do not overlap.
  private let spans: [ClosedRange<EpochSecond>]

  /// - Parameters:
  ///   - now: the last closed second, through which an active alert lasts.
  ///   - range: the seconds of the chart.
  ///   - rule: the name of the rule; `nil` for all rules.
  init(
    _ snapshot: Snapshot, through now: EpochSecond, in range: ClosedRange<EpochSecond>,
    of rule: String? = nil
  ) {
    var spans: [ClosedRange<EpochSecond>] = []
    for state in snapshot.rules where rule == nil || state.definition.name == rule {
      if let since = state.activeSince, since <= now { spans.append(since...now) }
    }
    for transition in snapshot.transitions where rule == nil || transition.rule.name == rule {
      switch transition.change {
      case .recovered(let since):
        guard since < transition.second else { continue }
        spans.append(since...transition.second.advanced(by: -1))
      case .triggered:
        // Of an alert whose end is not known, this is all.
        guard transition.second <= now else { continue }
        spans.append(transition.second...transition.second)
      }
    }
    self.spans = Self.merged(spans.filter { $0.overlaps(range) })
  }

  /// The same seconds without overlaps: several alerts may be active at the same time.
  private static func merged(
    _ spans: [ClosedRange<EpochSecond>]
  ) -> [ClosedRange<EpochSecond>] {
    var merged: [ClosedRange<EpochSecond>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, last.overlaps(span) {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return merged
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
    return beginnings
  }
}
