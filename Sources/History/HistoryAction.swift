import AccessLog
import EventOutput
import TrafficAnalysis

/// Hands alerts and minutes to a history.
package struct HistoryAction: Action {
  private let store: HistoryStore
  private let waits: Bool
  private let reading: (IntervalReport) -> MinuteReading
  private let oldThrough: () -> EpochSecond?

  /// - Parameters:
  ///   - waits: whether to wait while much is to be saved, so that nothing is lost. Not for a run that must
  ///     not block.
  ///   - reading: how much of a minute the run has read.
  ///   - oldThrough: what happened up to that second is in the history already, because a former run has
  ///     read it.
  package init(
    _ store: HistoryStore, waits: Bool,
    reading: @escaping (IntervalReport) -> MinuteReading = { _ in .whole },
    oldThrough: @escaping () -> EpochSecond? = { nil }
  ) {
    self.store = store
    self.waits = waits
    self.reading = reading
    self.oldThrough = oldThrough
  }

  package mutating func handle(_ event: MonitorEvent) {
    switch event {
    case .alert(let transition):
      guard isNew(transition.second) else { return }
      if waits { store.waitForRoom() }
      store.add(alert: transition)
    case .minute(let report):
      guard isNew(report.to.advanced(by: -1)) else { return }
      if waits { store.waitForRoom() }
      store.add(minute: report, reading(report))
    default: break
    }
  }

  private func isNew(_ second: EpochSecond) -> Bool { oldThrough().map { $0 < second } ?? true }
}
