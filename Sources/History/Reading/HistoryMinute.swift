import AccessLog

/// A minute with hits, as a history keeps it.
package struct HistoryMinute: Equatable, Sendable {
  /// Its first second.
  package var time: EpochSecond
  package var hits: Int
  /// Response bytes.
  package var bytes: Int64
  package var status: StatusCounts
  package var uniqueClients: Int
  /// Percentiles of the latencies in microseconds; `nil` if no hit has one.
  package var latency: Latency?

  package struct Latency: Equatable, Sendable {
    package var p50: Double
    package var p95: Double
    package var p99: Double
  }

  static let columns = """
    time, hits, bytes, status_1xx, status_2xx, status_3xx, status_4xx, status_5xx, status_other,
    unique_clients, p50, p95, p99
    """

  /// - Parameter row: the values of `columns`. Those that are no numbers count as 0.
  init(_ row: [SQLValue]) {
    time = EpochSecond(row[0].integer ?? 0)
    hits = row[1].count
    bytes = max(0, row[2].integer ?? 0)
    status = StatusCounts()
    for (index, status) in StatusClass.displayOrder.enumerated() {
      self.status[status] = row[3 + index].count
    }
    uniqueClients = row[9].count
    let percentiles = row[10...12].compactMap(\.real).filter { $0.isFinite && $0 >= 0 }
    guard percentiles.count == 3 else { return }
    latency = Latency(
      p50: percentiles[0] * 1e6, p95: percentiles[1] * 1e6, p99: percentiles[2] * 1e6)
  }
}
