import AccessLog
import TrafficAnalysis

// Everything in order, page by page: a history may be larger than the memory should be.

extension HistoryReader {
  package enum Entry: Equatable, Sendable {
    case alert(AlertTransition)
    case minute(HistoryMinute)
  }

  /// The entries that are read at a time.
  private static let page = 1_000

  /// Calls the body for each alert and each minute of a range of time: an alert before the minute in which
  /// it changed, because minutes are reported at their end.
  ///
  /// - Throws: `HistoryFailure`, or what the body throws.
  package func forEach(in range: TimeRange, _ body: (Entry) throws -> Void) throws {
    var alerts = Page<(id: Int64, transition: AlertTransition?)> { last throws(HistoryFailure) in
      try self.alerts(in: range, after: last?.id ?? 0, limit: Self.page)
    }
    var minutes = Page<HistoryMinute> { last throws(HistoryFailure) in
      var rest = range
      if let last { rest.since = last.time.advanced(by: 1) }
      return try self.minutes(in: rest, limit: Self.page)
    }
    while true {
      let (alert, minute) = (try alerts.first(), try minutes.first())
      if let alert, alert.transition.map({ Self.isDue($0, before: minute) }) ?? true {
        if let transition = alert.transition { try body(.alert(transition)) }
        alerts.removeFirst()
      } else if let minute {
        try body(.minute(minute))
        minutes.removeFirst()
      } else {
        return
      }
    }
  }

  private static func isDue(_ transition: AlertTransition, before minute: HistoryMinute?) -> Bool {
    guard let minute else { return true }
    return transition.second <= minute.time.advanced(by: 59)
  }

  /// The last second of which there is anything; `nil` if there is nothing.
  package func newestSecond() throws(HistoryFailure) -> EpochSecond? {
    let minute = try newestMinute()?.advanced(by: 59)
    guard let alert = try newestAlert() else { return minute }
    return minute.map { max($0, alert) } ?? alert
  }
}

/// Rows that are read as they are needed.
private struct Page<Row> {
  let read: (Row?) throws(HistoryFailure) -> [Row]
  private var rows: ArraySlice<Row> = []
  private var last: Row?
  private var isComplete = false

  init(_ read: @escaping (Row?) throws(HistoryFailure) -> [Row]) { self.read = read }

  mutating func first() throws(HistoryFailure) -> Row? {
    if rows.isEmpty, !isComplete {
      rows = try read(last)[...]
      isComplete = rows.isEmpty
      last = rows.last
    }
    return rows.first
  }

  mutating func removeFirst() { rows.removeFirst() }
}
