import AccessLog
import TrafficAnalysis

/// The alert transitions in the part of a log that has been read, also ahead of the moment that is
/// shown, with their offsets in the input.
package struct KnownAlerts: Sendable {
  /// The maximum number of transitions; everything after the last of them counts as unknown.
  private static let limit = 10_000
  /// Ranges that are closer than this fraction of the input are joined.
  private static let resolution = 0.0005

  private var transitions: [(second: EpochSecond, triggered: Bool, offset: Int64)] = []
  /// All transitions up to here are known.
  private(set) var scannedThrough: (second: EpochSecond, offset: Int64)?

  /// Adds the transitions that the events report.
  ///
  /// - Parameter pipeline: has just emitted the events. It started no later than `scannedThrough`.
  mutating func observe(_ pipeline: Pipeline, _ events: ArraySlice<MonitorEvent>) {
    for case .alert(let transition) in events
    where transitions.count < Self.limit && isUnknown(transition.second) {
      transitions.append(
        (transition.second, transition.change == .triggered, pipeline.shownOffset))
    }
    guard transitions.count < Self.limit else {
      scannedThrough = transitions.last.map { ($0.second, $0.offset) }
      return
    }
    guard let second = pipeline.closedThrough, isUnknown(second) else { return }
    scannedThrough = (second, pipeline.shownOffset)
  }

  private func isUnknown(_ second: EpochSecond) -> Bool {
    scannedThrough.map { second > $0.second } ?? true
  }

  /// The first second after `second` at which an alert is known to trigger.
  ///
  /// - Complexity: O(known transitions).
  func nextTrigger(after second: EpochSecond?) -> EpochSecond? {
    transitions.first { transition in
      transition.triggered && second.map { transition.second > $0 } ?? true
    }?.second
  }

  /// The parts of the input during which an alert was up, as fractions of its size from 0 to 1.
  ///
  /// - Parameter size: the size of the input in bytes.
  /// - Complexity: O(known transitions).
  package func ranges(inInputOfSize size: Int64) -> [ClosedRange<Double>] {
    guard size > 0 else { return [] }
    var ranges: [ClosedRange<Double>] = []
    var from: Int64?
    // Alerts of several rules may be up at once.
    var active = 0
    func add(_ start: Int64, _ end: Int64) {
      var first = min(1, Double(start) / Double(size))
      let last = min(1, max(first, Double(end) / Double(size)))
      if let before = ranges.last, first - before.upperBound < Self.resolution {
        first = before.lowerBound
        ranges.removeLast()
      }
      ranges.append(first...last)
    }
    for transition in transitions {
      active += transition.triggered ? 1 : -1
      if transition.triggered {
        from = from ?? transition.offset
      } else if active == 0, let start = from {
        add(start, transition.offset)
        from = nil
      }
    }
    if let from { add(from, max(from, scannedThrough?.offset ?? from)) }
    return ranges
  }
}
