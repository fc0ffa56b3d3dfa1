import AccessLog
import TrafficAnalysis

/// Points that are sent in one request.
struct Batch: Equatable, Sendable {
  var bytes: [UInt8] = []
  var points = 0
  /// The end of the last interval that is contained as a whole; `nil` if none is.
  var through: EpochSecond?

  /// The points of intervals, in order, in as few batches as the limits allow. An interval is cut only
  /// if it alone exceeds them.
  static func batches(
    of reports: [IntervalReport], _ points: IntervalPoints, _ limits: InfluxLimits
  ) -> [Batch] {
    var batches: [Batch] = []
    var current = Batch()
    func close() {
      if current.points > 0 { batches.append(current) }
      current = Batch()
    }
    for report in reports {
      let lines = points.lines(of: report)
      let size = lines.reduce(0) { $0 + $1.count }
      if !current.hasRoom(size, lines.count, limits) { close() }
      for line in lines {
        if !current.hasRoom(line.count, 1, limits) { close() }
        current.bytes += line
        current.points += 1
      }
      current.through = report.to
    }
    close()
    return batches
  }

  private func hasRoom(_ size: Int, _ count: Int, _ limits: InfluxLimits) -> Bool {
    bytes.count + size <= limits.batchBytes && points + count <= limits.batchPoints
  }
}
