import AccessLog
import EventOutput
import History
import Synchronization
import TrafficAnalysis

/// The minutes that the chart shows: those that the history held when the run began, and the run's own.
@MainActor
final class ChartMinutes {
  /// The time that a chart can show, in seconds: 30 days, and some columns more.
  private nonisolated static let length: Int64 = 34 * 86_400

  /// What a thread has read.
  private struct Loaded: Sendable {
    var series = MinuteSeries()
    /// The minutes within which a run was stopped.
    var open: Set<EpochSecond> = []
    /// What had been counted of the minute in which the last run was stopped.
    var part: HistoryReader.MinuteTotals?
  }

  private final class Loading: Sendable {
    let result = Mutex<Loaded?>(nil)
  }

  /// `nil` until the history has been read.
  private var known: Loaded?
  private let loading = Loading()
  /// The minutes of this run that closed before.
  private var waiting: [IntervalReport] = []
  /// How much of a minute the run has read.
  private let reading: (IntervalReport) -> MinuteReading

  /// Begins to read the history on a thread of its own: what is in it now, and nothing that this run adds.
  ///
  /// - Parameters:
  ///   - path: that of the history, absolute.
  ///   - wall: the time of day. A later minute is wrong.
  ///   - reading: how much of a minute the run has read.
  init(
    _ path: String, wall: EpochSecond, reading: @escaping (IntervalReport) -> MinuteReading
  ) {
    self.reading = reading
    let loading = loading
    do throws(HistoryFailure) {
      let reader = try HistoryReader(path)
      try reader.freeze()
      let started = BackgroundThread.start {
        let loaded = Self.read(reader, wall: wall)
        loading.result.withLock { $0 = loaded }
      }
      if !started { known = Loaded() }
    } catch {
      // The store reports what is wrong with the file.
      known = Loaded()
    }
  }

  private nonisolated static func read(_ reader: HistoryReader, wall: EpochSecond) -> Loaded {
    var loaded = Loaded()
    loaded.part = (try? reader.part()) ?? nil
    guard let newest = try? reader.newestMinute() else { return loaded }
    let end = min(newest, wall).advanced(by: 60)
    var range: ClosedRange<EpochSecond>?
    try? reader.totals(in: TimeRange(since: end.advanced(by: -length), until: end)) { row in
      let last = row.time.advanced(by: 59)
      range = (range?.lowerBound ?? row.time)...last
      loaded.series.set(row.totals, minute: MinuteSeries.minute(of: row.time))
      if row.isOpen { loaded.open.insert(row.time) }
    }
    loaded.series.earlier = range
    return loaded
  }

  /// The minutes known so far; `nil` until the history has been read.
  var series: MinuteSeries? {
    if known == nil, let loaded = loading.result.withLock({ $0.take() }) {
      known = loaded
      for report in waiting { add(report) }
      waiting = []
    }
    return known?.series
  }

  /// Adds the minutes that the run has closed.
  func add(_ events: [MonitorEvent]) {
    for case .minute(let report) in events {
      if known == nil { waiting.append(report.withoutNames) } else { add(report) }
    }
  }

  /// Adds a minute as the history does.
  private func add(_ report: IntervalReport) {
    guard var loaded = known else { return }
    known = nil
    defer { known = loaded }
    let minute = MinuteSeries.minute(of: report.from)
    let before = loaded.series[minute]
    var totals = SecondTotals(
      hits: report.traffic.hits, clientErrors: report.traffic.status[.clientError],
      serverErrors: report.traffic.status[.serverError])
    switch reading(report) {
    case .rest where before.hits > 0 && loaded.open.contains(report.from): totals += before
    case .whole where totals.hits <= before.hits, .rest where totals.hits <= before.hits: return
    case .continued where loaded.part?.time == report.from:
      if let part = loaded.part { totals += part.totals }
    case .whole, .rest, .again, .continued: break
    }
    if !report.partial { loaded.open.remove(report.from) }
    loaded.series.set(totals, minute: minute)
  }
}

extension IntervalReport {
  /// Waiting in great numbers, minutes must be small.
  fileprivate var withoutNames: IntervalReport {
    var report = self
    report.rankings = PerDimension(repeating: [])
    return report
  }
}
