import AccessLog
import TrafficAnalysis

/// The seconds that sparklines show, in buckets.
struct SparklinePeriod: Equatable {
  /// The longest span, in seconds: names are not kept for longer.
  private static let longest: Int64 = 3600

  /// Seconds per bucket.
  let width: Int64
  let count: Int
  private let isLive: Bool

  /// - Parameters:
  ///   - buckets: the number of buckets; 0 if there is no room for a sparkline.
  ///   - isLive: five minutes if more seconds will come, otherwise all of the log up to an hour.
  init(buckets count: Int, _ history: SecondSeries, isLive: Bool) {
    let logged = history.kept.map { $0.upperBound.seconds(since: $0.lowerBound) + 1 } ?? 0
    let span = isLive ? 300 : min(Self.longest, max(60, logged))
    width = count > 0 ? (span - 1) / Int64(count) + 1 : 1
    self.count = count
    self.isLive = isLive
  }

  /// The buckets to ask for: while more seconds come, one more, which is not complete.
  var request: TrendRequest {
    TrendRequest(width: width, count: count > 0 && isLive ? count + 1 : count)
  }

  /// The buckets that are shown. One that is not complete would look like a fall.
  func shown(_ buckets: [Int?]) -> [Int?] { isLive ? buckets.dropLast() : buckets }

  /// The length of the whole span, in seconds.
  var seconds: Int64 { width * Int64(count) }
}
