import EventOutput
import TrafficAnalysis

/// Hands alerts and minutes to a history.
package struct HistoryAction: Action {
  private let store: HistoryStore
  private let waits: Bool
  private let reading: (IntervalReport) -> MinuteReading

  /// - Parameters:
  ///   - waits: whether to wait while much is to be saved, so that nothing is lost. Not for a run that must
  ///     not block.
  ///   - reading: how much of a minute the run has read.
  package init(
    _ store: HistoryStore, waits: Bool,
    reading: @escaping (IntervalReport) -> MinuteReading = { _ in .whole }
  ) {
    self.store = store
    self.waits = waits
    self.reading = reading
  }

  package mutating func handle(_ event: MonitorEvent) {
    switch event {
    case .alert(let transition):
      if waits { store.waitForRoom() }
      store.add(alert: transition)
    case .minute(let report):
      if waits { store.waitForRoom() }
      store.add(minute: report, reading(report))
    default: break
    }
  }
}
