import AccessLog
import TrafficAnalysis

/// Sums up the columns of a chart: from the seconds of this run, and from minutes where only these are
/// known. Every second and every minute is visited once.
struct ChartColumns {
  private let span: ChartSpan
  private let history: SecondSeries
  private let minutes: MinuteSeries?
  /// The length of the window of the mean, in seconds.
  private let window: Int64
  /// The seconds that are drawn one by one; those before are drawn by the minute. `nil` if none is.
  private let single: ClosedRange<EpochSecond>?
  private var sums: [Sum]

  /// The last second of which anything is known.
  private let end: EpochSecond?

  /// What is known of a column.
  private struct Sum {
    var seconds = SecondTotals()
    var hits = 0.0
    var clientErrors = 0.0
    var serverErrors = 0.0
    var peak = 0.0
    var known: Int64 = 0
    /// The last known second.
    var last: EpochSecond?
    /// The hits in the part of the window at that second whose seconds are known one by one.
    var recent = 0
  }

  init(_ span: ChartSpan, _ snapshot: Snapshot, window: Int64) {
    self.span = span
    self.window = window
    (history, minutes) = (snapshot.history, snapshot.minutes)
    sums = Array(repeating: Sum(), count: span.count)
    single = Self.single(span, snapshot)
    end = snapshot.charted?.upperBound
    for range in minuteRanges where range.overlaps(span.range) {
      addMinutes(of: range.clamped(to: span.range))
    }
    addSeconds()
  }

  private static func single(
    _ span: ChartSpan, _ snapshot: Snapshot
  ) -> ClosedRange<EpochSecond>? {
    guard let kept = snapshot.history.kept, snapshot.minutes != nil, span.showsDays else {
      return snapshot.history.kept
    }
    // Over days, minutes are exact enough, and far fewer. The current one has not closed.
    let current = MinuteSeries.minute(of: kept.upperBound.advanced(by: 1)) * 60
    let first = max(kept.lowerBound, EpochSecond(current))
    return first <= kept.upperBound ? first...kept.upperBound : nil
  }

  /// The columns, the oldest first.
  var columns: [ChartModel.Column] {
    var earlier = minuteRanges.compactMap { range in
      minutes.map { RunningHits($0, in: range, from: span.range.lowerBound.advanced(by: -window)) }
    }
    return sums.indices.map { index in
      let sum = sums[index]
      var column = ChartModel.Column()
      guard let last = sum.last else {
        let start = span.seconds(ofColumn: index).lowerBound
        column.state = end.map { start > $0 } ?? true ? .future : .unknown
        return column
      }
      let known = Double(sum.known)
      column.state = .known
      column.knownSeconds = sum.known
      column.mean = (Double(sum.seconds.hits) + sum.hits) / known
      column.clientErrors = (Double(sum.seconds.clientErrors) + sum.clientErrors) / known
      column.serverErrors = (Double(sum.seconds.serverErrors) + sum.serverErrors) / known
      if span.width > 1 { column.peak = sum.peak }
      // At one moment in hours it would be noise.
      guard !span.showsDays else { return column }
      var hits = Double(sum.recent)
      for index in earlier.indices {
        hits += earlier[index].hits(after: last.advanced(by: -window), through: last)
      }
      column.windowMean = hits / Double(window)
      return column
    }
  }

  // MARK: - Seconds

  private mutating func addSeconds() {
    guard let single else { return }
    let (from, to) = (span.range.lowerBound, span.range.upperBound)
    let countsPeaks = minutes == nil || !span.showsDays
    var mean = SlidingSum(window: window)
    let first = max(single.lowerBound, from.advanced(by: -window))
    history.forEach(from: first, through: to) { second, totals in
      mean.add(totals.hits)
      let index = span.column(of: second)
      guard second >= from, index < span.count else { return }
      sums[index].seconds += totals
      if countsPeaks { sums[index].peak = max(sums[index].peak, Double(totals.hits)) }
      sums[index].known += 1
      sums[index].last = second
      sums[index].recent = mean.sum
    }
  }

  // MARK: - Minutes

  /// The seconds of which only the minutes are drawn, in order.
  private var minuteRanges: [ClosedRange<EpochSecond>] {
    guard let minutes else { return [] }
    let last = single?.lowerBound.advanced(by: -1) ?? end ?? span.range.upperBound
    let end = min(last, span.range.upperBound)
    var own: ClosedRange<EpochSecond>?
    if let first = history.first, first <= end { own = first...end }
    var earlier = minutes.earlier
    if let range = earlier {
      let last = min(range.upperBound, own?.lowerBound.advanced(by: -1) ?? end)
      earlier = range.lowerBound <= last ? range.lowerBound...last : nil
    }
    return [earlier, own].compactMap { range in
      guard let range, range.upperBound >= minutes.oldest else { return nil }
      return max(range.lowerBound, minutes.oldest)...range.upperBound
    }
  }

  /// Spreads minutes evenly over their seconds.
  private mutating func addMinutes(of range: ClosedRange<EpochSecond>) {
    guard let minutes else { return }
    let first = MinuteSeries.minute(of: range.lowerBound)
    for number in first...MinuteSeries.minute(of: range.upperBound) {
      let totals = minutes[number]
      let start = EpochSecond(number * 60)
      let part = (start...start.advanced(by: 59)).clamped(to: range)
      var first = part.lowerBound
      while first <= part.upperBound {
        let index = span.column(of: first)
        let last = min(span.seconds(ofColumn: index).upperBound, part.upperBound)
        add(totals, seconds: last.seconds(since: first) + 1, through: last, to: index)
        first = last.advanced(by: 1)
      }
    }
  }

  private mutating func add(
    _ totals: SecondTotals, seconds: Int64, through last: EpochSecond, to index: Int
  ) {
    let share = Double(seconds) / 60
    sums[index].known += seconds
    sums[index].last = last
    guard totals.hits > 0 else { return }
    sums[index].hits += Double(totals.hits) * share
    sums[index].clientErrors += Double(totals.clientErrors) * share
    sums[index].serverErrors += Double(totals.serverErrors) * share
    sums[index].peak = max(sums[index].peak, Double(totals.hits) / 60)
  }
}

/// The sum of the last values of a sequence.
private struct SlidingSum {
  private var ring: [Int]
  private var next = 0
  private(set) var sum = 0

  init(window: Int64) {
    // A longer window than all that is kept has the same sum.
    ring = Array(repeating: 0, count: Int(max(1, min(window, SecondSeries.capacity))))
  }

  mutating func add(_ value: Int) {
    sum += value - ring[next]
    ring[next] = value
    next = next + 1 == ring.count ? 0 : next + 1
  }
}

/// The hits of minutes in a part of a range that only moves forward.
private struct RunningHits {
  private let range: ClosedRange<EpochSecond>
  private var before: Sum
  private var through: Sum

  /// The hits up to a second that only grows.
  private struct Sum {
    let minutes: MinuteSeries
    var next: Int64
    /// The hits of the minutes before the next one.
    var hits = 0

    mutating func hits(through second: EpochSecond) -> Double {
      let number = MinuteSeries.minute(of: second)
      while next < number {
        hits += minutes[next].hits
        next += 1
      }
      guard next == number else { return Double(hits) }
      let seconds = second.value - number * 60 + 1
      return Double(hits) + Double(minutes[number].hits) * Double(seconds) / 60
    }
  }

  /// - Parameter start: the first second that will be asked for.
  init(_ minutes: MinuteSeries, in range: ClosedRange<EpochSecond>, from start: EpochSecond) {
    self.range = range
    let first = max(start, range.lowerBound.advanced(by: -1))
    before = Sum(minutes: minutes, next: MinuteSeries.minute(of: first))
    through = before
  }

  /// The hits of the seconds after `start`, through `end`, that are in the range.
  mutating func hits(after start: EpochSecond, through end: EpochSecond) -> Double {
    let first = max(start, range.lowerBound.advanced(by: -1))
    let last = min(end, range.upperBound)
    guard first < last else { return 0 }
    return through.hits(through: last) - before.hits(through: first)
  }
}
