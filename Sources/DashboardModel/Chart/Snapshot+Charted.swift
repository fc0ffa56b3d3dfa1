import AccessLog
import TrafficAnalysis

extension Snapshot {
  /// From the first second that a chart can show to the last; what is between may be unknown. `nil` if
  /// nothing is known.
  var charted: ClosedRange<EpochSecond>? {
    guard let minutes else { return history.kept }
    guard let kept = history.kept else {
      return minutes.earlier.map { max($0.lowerBound, minutes.oldest)...$0.upperBound }
    }
    let own = history.first ?? kept.lowerBound
    let first = minutes.earlier.map { min($0.lowerBound, own) } ?? own
    return min(max(first, minutes.oldest), kept.lowerBound)...kept.upperBound
  }
}
