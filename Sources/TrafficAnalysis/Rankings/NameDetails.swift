import AccessLog

/// The spans of seconds from which more figures of a name are counted than its totals.
struct DetailSpans: Sendable {
  /// The window, if the peak and the times of a name in it are known.
  var times: SecondSpan?
  /// The window before, if the names of all of its seconds are known.
  var before: SecondSpan?
  /// The buckets of the sparkline; `nil` if none is wanted.
  var trend: TrendSpan?

  /// Everything that is to be counted.
  fileprivate var all: SecondSpan? {
    let spans = [times, before, trend?.seconds].compactMap { $0 }
    guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max() else { return nil }
    return SecondSpan(after: start, through: end)
  }
}

/// The buckets of a sparkline. Bucket `k` covers the seconds `k * width ..< (k + 1) * width`; the last
/// one holds the last closed second.
struct TrendSpan: Sendable {
  let width: Int64
  let count: Int
  /// The `k` of the first bucket.
  private let first: Int64
  /// The seconds of all buckets, up to the last closed one.
  let seconds: SecondSpan

  /// - Returns: `nil` if no bucket is wanted.
  init?(_ request: TrendRequest, now: EpochSecond) {
    guard request.count > 0, request.width > 0 else { return nil }
    width = request.width
    count = request.count
    first = now.value.floored(by: width).quotient - Int64(count - 1)
    seconds = SecondSpan(after: EpochSecond(first * width - 1), through: now)
  }

  /// The place of the bucket that holds a second of `seconds`.
  @inline(__always)
  func bucket(of second: EpochSecond) -> Int {
    Int(second.value.floored(by: width).quotient &- first)
  }

  /// The last second of the bucket at a place.
  func end(ofBucket bucket: Int) -> EpochSecond {
    seconds.start.advanced(by: width * Int64(bucket + 1))
  }
}

/// Figures of some names that are counted from the seconds that are kept.
struct NameDetails {
  struct Figures {
    /// The hits in the window before.
    var before = 0
    /// The most hits in a second of the window.
    var peak = 0
    /// The first and the last second of the window with a hit.
    var first: EpochSecond?
    var last: EpochSecond?
  }

  /// In the order of the names.
  private(set) var figures: [Figures]
  /// The hits in each bucket of the sparkline, one name after the other.
  private var buckets: [Int]
  private let bucketCount: Int

  /// Counts the figures of some names.
  ///
  /// - Complexity: O(names in the seconds of all spans)
  init(
    of ids: some Sequence<NameID>, _ dimension: Dimension, _ spans: DetailSpans,
    _ recent: RecentSeconds, nameCount: Int
  ) {
    // For each name ID, its place in `figures` plus one; 0 for names that are not wanted.
    var places = [Int32](repeating: 0, count: nameCount)
    var count = 0
    for id in ids {
      count += 1
      places[id.index] = Int32(count)
    }
    figures = [Figures](repeating: Figures(), count: count)
    bucketCount = spans.trend?.count ?? 0
    buckets = [Int](repeating: 0, count: count * bucketCount)
    guard count > 0, let all = spans.all else { return }
    recent.forEach(in: all) { add($0, dimension, spans, places) }
  }

  /// The hits of a name in each bucket of the sparkline.
  func buckets(at place: Int) -> ArraySlice<Int> {
    buckets[place * bucketCount..<(place + 1) * bucketCount]
  }

  private mutating func add(
    _ second: SecondView, _ dimension: Dimension, _ spans: DetailSpans, _ places: [Int32]
  ) {
    let isInWindow = spans.times?.contains(second.second) ?? false
    let isBefore = spans.before?.contains(second.second) ?? false
    var bucket: Int?
    if let trend = spans.trend, trend.seconds.contains(second.second) {
      bucket = trend.bucket(of: second.second)
    }
    guard isInWindow || isBefore || bucket != nil else { return }
    let bucketCount = bucketCount
    figures.withUnsafeMutableBufferPointer { figures in
      buckets.withUnsafeMutableBufferPointer { buckets in
        for count in second.counts(in: dimension) {
          let place = Int(places[count.id.index]) &- 1
          guard place >= 0 else { continue }
          let hits = Int(count.hits)
          if isBefore { figures[place].before &+= hits }
          if let bucket { buckets[place &* bucketCount &+ bucket] &+= hits }
          if isInWindow { figures[place].add(hits, at: second.second) }
        }
      }
    }
  }
}

extension NameDetails.Figures {
  @inline(__always)
  fileprivate mutating func add(_ hits: Int, at second: EpochSecond) {
    peak = max(peak, hits)
    if first == nil { first = second }
    last = second
  }
}
