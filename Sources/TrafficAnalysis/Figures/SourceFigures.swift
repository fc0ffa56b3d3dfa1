import AccessLog

/// The figures of one source at one moment.
package struct SourceFigures: Equatable, Sendable {
  /// Its name; `nil` if it is known by its place alone.
  package var name: Name?
  /// Its lines, by outcome.
  package var tally = LineTally()
  /// Its clock; `nil` before its first record, and in a replay, which is behind all clocks.
  package var time: EpochSecond?
  /// Whether its log is written now.
  package var isLive = false
  /// Whether no more lines of it will come.
  package var hasEnded = false
  /// The totals of the last 10 closed seconds of the whole.
  package var current = SecondTotals()
  /// Its last closed seconds; empty unless they are asked for, since they take long to copy.
  package var recent = RecentTotals()

  package init() {}
}

/// The totals of the last closed seconds of a source. Copies share them until they change.
package struct RecentTotals: Equatable, Sendable {
  /// The number of seconds that are kept.
  package static let capacity = 600
  /// How many more are there before the oldest are removed.
  private static let reserve = 200

  /// Small, since there may be thousands of sources.
  private struct Second: Equatable, Sendable {
    var second: EpochSecond
    var compact: CompactTotals

    var totals: SecondTotals { compact.totals }
  }

  /// Seconds with hits, the oldest first.
  private var seconds: [Second] = []

  package init() {}

  /// The memory used, in bytes.
  var footprint: Int { seconds.count * MemoryLayout<Second>.stride }

  /// Adds a second with hits, which follows all others.
  ///
  /// - Complexity: O(1), amortized
  package mutating func append(_ totals: SecondTotals, at second: EpochSecond) {
    if seconds.count >= Self.capacity + Self.reserve { seconds.removeFirst(Self.reserve) }
    seconds.append(Second(second: second, compact: CompactTotals(totals)))
  }

  /// Calls the body with the seconds that are kept, in order.
  package func visit(_ body: (EpochSecond, SecondTotals) -> Void) {
    for second in seconds { body(second.second, second.totals) }
  }

  /// The totals of `count` seconds up to one.
  ///
  /// - Complexity: O(count)
  package func total(_ count: Int64, through last: EpochSecond) -> SecondTotals {
    var sum = SecondTotals()
    for second in seconds.reversed() where second.second <= last {
      guard last.seconds(since: second.second) < count else { break }
      sum += second.totals
    }
    return sum
  }

  /// The hits of each of some periods of equal length, the oldest first; the last one ends with
  /// `last`.
  ///
  /// - Parameter width: the length of a period in seconds, at least 1.
  /// - Complexity: O(periods × width)
  package func hits(periods: Int, of width: Int64, through last: EpochSecond) -> [Int] {
    var hits = [Int](repeating: 0, count: max(0, periods))
    for second in seconds.reversed() where second.second <= last {
      let period = last.seconds(since: second.second) / width
      guard period < periods else { break }
      hits[periods - 1 - Int(period)] += second.totals.hits
    }
    return hits
  }
}
