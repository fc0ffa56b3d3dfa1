import AccessLog
import EventOutput
import Messages
import TrafficAnalysis

extension HistoryMinute {
  /// The minute as a report without names.
  package var report: IntervalReport {
    var traffic = Traffic()
    (traffic.hits, traffic.bytes, traffic.status) = (hits, bytes, status)
    return IntervalReport(
      from: time, to: time.advanced(by: 60), traffic: traffic,
      rankings: PerDimension(repeating: []), uniqueClients: DistinctCount(uniqueClients),
      latency: latency.map {
        LatencyFigures(count: hits, p50: $0.p50, p95: $0.p95, p99: $0.p99, max: 0)
      }, partial: false)
  }

  /// Writes the minute as a line: `{"event":"minute","time":1549573920,"hits":59,...}`.
  ///
  /// - Parameter json: contains the line and nothing else afterwards.
  package func write(to json: JSONText) {
    json.removeAll()
    json.raw("{\"event\":\"minute\",\"time\":")
    json.number(Int(time.value))
    json.raw(",\"hits\":")
    json.number(hits)
    json.raw(",\"bytes\":")
    json.number(Int(bytes))
    json.raw(",\"status\":{")
    for (index, status) in StatusClass.displayOrder.enumerated() {
      if index > 0 { json.raw(",") }
      json.string(status.name)
      json.raw(":")
      json.number(self.status[status])
    }
    json.raw("},\"unique_clients\":")
    json.number(uniqueClients)
    if let latency {
      json.raw(",\"latency\":{\"p50\":")
      json.digits(LatencyText.seconds(latency.p50))
      json.raw(",\"p95\":")
      json.digits(LatencyText.seconds(latency.p95))
      json.raw(",\"p99\":")
      json.digits(LatencyText.seconds(latency.p99))
      json.raw("}")
    }
    json.raw("}\n")
  }
}
