import AccessLog
import Messages
import TrafficAnalysis

/// Writes the points of an interval in the line protocol: one for the interval, and one for each row of
/// its rankings. The figures are those of the JSON lines.
struct IntervalPoints {
  private static let measurement = "lm2000"

  let tags: SeriesTags
  /// The dimensions that are reported besides those that always are.
  let ranked: DimensionSet

  /// The lines of the points, each with a newline.
  func lines(of report: IntervalReport) -> [[UInt8]] {
    let isTimed = report.latency != nil
    let time = " \(report.from.value)\n"
    var lines = [line("", Self.fields(of: report), time)]
    for dimension in Dimension.reportOrder where isReported(dimension, report) {
      let figures = dimension.profile.reportFigures
      var head = Array(",dimension=\(dimension.profile.name),name=".utf8)
      let length = head.count
      for row in report.rankings[dimension] {
        head.removeSubrange(length...)
        TagValue.append(row.name.bytes, to: &head)
        lines.append(line(head, Self.fields(of: row, figures, isTimed), time))
      }
    }
    return lines
  }

  /// The number of points.
  func count(_ report: IntervalReport) -> Int {
    Dimension.reportOrder.reduce(1) { count, dimension in
      isReported(dimension, report) ? count + report.rankings[dimension].count : count
    }
  }

  private func isReported(_ dimension: Dimension, _ report: IntervalReport) -> Bool {
    report.rankings.dimensions.contains(dimension)
      && (dimension.profile.isAlwaysReported || ranked.contains(dimension))
  }

  private func line(_ ownTags: some Sequence<UInt8>, _ fields: String, _ time: String) -> [UInt8] {
    var line = Array(Self.measurement.utf8)
    line += tags.text
    line += ownTags
    line.append(0x20)
    line += fields.utf8
    line += time.utf8
    return line
  }

  private func line(_ ownTags: String, _ fields: String, _ time: String) -> [UInt8] {
    line(ownTags.utf8, fields, time)
  }

  // MARK: - Fields

  private static func fields(of report: IntervalReport) -> String {
    let traffic = report.traffic
    var text = "hits=\(traffic.hits)i,rate=\(report.rate.shortText),bytes=\(traffic.bytes)i"
    for status in StatusClass.displayOrder {
      text += ",status_\(status.name)=\(traffic.status[status])i"
    }
    traffic.methods.forEachRanked { method, hits in text += ",method_\(method.name)=\(hits)i" }
    text += ",unique_clients=\(report.uniqueClients.count)i"
    if let error = report.uniqueClients.error { text += ",unique_clients_error=\(error)i" }
    if let latency = report.latency {
      text += ",latency_count=\(latency.count)i"
      for (key, value) in [("p50", latency.p50), ("p95", latency.p95), ("p99", latency.p99)] {
        text += ",latency_\(key)=\(LatencyText.seconds(value))"
      }
      text += ",latency_max=\(LatencyText.exactSeconds(latency.max))"
    }
    return text
  }

  private static func fields(
    of row: RankedName, _ figures: RankedFigures, _ isTimed: Bool
  ) -> String {
    var text = "hits=\(row.hits)i"
    if figures.contains(.bytes) { text += ",bytes=\(row.bytes)i" }
    if figures.contains(.clientErrors) { text += ",client_errors=\(row.clientErrors)i" }
    if figures.contains(.serverErrors) { text += ",server_errors=\(row.serverErrors)i" }
    if figures.contains(.latency), isTimed, let p95 = row.p95 {
      text += ",p95=\(LatencyText.seconds(p95))"
    }
    if row.error > 0 { text += ",error=\(row.error)i" }
    return text
  }
}
