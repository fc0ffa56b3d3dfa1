/// How long answers took. All latencies are in microseconds.
package struct LatencyFigures: Equatable, Sendable {
  /// The hits that have a latency.
  package var count: Int
  /// Percentiles by nearest rank: the least latency that so many percent of all do not exceed. Each may
  /// be wrong by `LatencyScale.relativeError`.
  package var p50: Double
  package var p95: Double
  package var p99: Double
  /// The greatest latency; exact.
  package var max: Int64

  package init(count: Int, p50: Double, p95: Double, p99: Double, max: Int64) {
    self.count = count
    self.p50 = p50
    self.p95 = p95
    self.p99 = p99
    self.max = max
  }
}
