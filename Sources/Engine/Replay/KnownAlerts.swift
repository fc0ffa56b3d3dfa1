import AccessLog
import TrafficAnalysis

/// When alerts triggered and recovered, and where in the input that is, as far as a log has been
/// looked at: also ahead of the moment that is shown.
package struct KnownAlerts: Sendable {
  /// Transitions kept; what is behind the last of so many counts as unknown.
  private static let limit = 10_000
  /// Spans closer than this part of the input are shown as one.
  private static let resolution = 0.0005

  private var marks: [(second: EpochSecond, triggered: Bool, offset: Int64)] = []
  /// Everything up to here is known.
  private(set) var through: (second: EpochSecond, offset: Int64)?

  /// Takes in what a pipeline has come to, which began in what is known.
  mutating func look(at pipeline: Pipeline, _ events: ArraySlice<MonitorEvent>) {
    for case .alert(let transition) in events
    where marks.count < Self.limit && isUnknown(transition.second) {
      marks.append(
        (transition.second, transition.change == .triggered, pipeline.shownOffset))
    }
    guard marks.count < Self.limit else {
      through = marks.last.map { ($0.second, $0.offset) }
      return
    }
    guard let second = pipeline.closedThrough, isUnknown(second) else { return }
    through = (second, pipeline.shownOffset)
  }

  private func isUnknown(_ second: EpochSecond) -> Bool {
    through.map { second > $0.second } ?? true
  }

  /// The first second after that one at which an alert is known to trigger.
  func nextTrigger(after second: EpochSecond?) -> EpochSecond? {
    marks.first { mark in mark.triggered && second.map { mark.second > $0 } ?? true }?.second
  }

  /// Stretches with an alert, as parts of the input.
  package func spans(of size: Int64) -> [ClosedRange<Double>] {
    guard size > 0 else { return [] }
    var spans: [ClosedRange<Double>] = []
    var from: Int64?
    // Several rules may have an alert up at once.
    var active = 0
    func add(_ start: Int64, _ end: Int64) {
      var first = min(1, Double(start) / Double(size))
      let last = min(1, max(first, Double(end) / Double(size)))
      if let before = spans.last, first - before.upperBound < Self.resolution {
        first = before.lowerBound
        spans.removeLast()
      }
      spans.append(first...last)
    }
    for mark in marks {
      active += mark.triggered ? 1 : -1
      if mark.triggered {
        from = from ?? mark.offset
      } else if active == 0, let start = from {
        add(start, mark.offset)
        from = nil
      }
    }
    if let from { add(from, max(from, through?.offset ?? from)) }
    return spans
  }
}
