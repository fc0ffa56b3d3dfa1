import AccessLog

/// The totals of minutes over the last 30 days, most of which earlier runs have counted. Copies share
/// what neither has changed.
package struct MinuteSeries: Equatable, Sendable {
  private static let minutesPerDay: Int64 = 24 * 60
  /// The number of days kept: a chart of 30 days has some columns more.
  private static let dayLimit = 35
  /// The memory that a series uses at most, in bytes: 605 kB.
  package static let footprint =
    dayLimit * Int(minutesPerDay) * MemoryLayout<CompactTotals>.stride

  /// The minutes of each day in UTC, the oldest first; empty for a day without hits.
  private var days: [[CompactTotals]] = []
  /// The number of the first of these days since 1970.
  private var firstDay: Int64 = 0

  /// The seconds that earlier runs have counted: a minute in them that is missing had no hits. `nil` if
  /// there are none.
  package var earlier: ClosedRange<EpochSecond>?

  /// A series without a minute.
  package init() {}

  /// The first second of the first day that is kept.
  package var oldest: EpochSecond { EpochSecond(firstDay * 86_400) }

  /// The number of the minute that a second is in.
  package static func minute(of second: EpochSecond) -> Int64 {
    second.value.floored(by: 60).quotient
  }

  /// Sets the totals of a minute, by its number. Days that are too old by then are dropped. A minute that
  /// is too old itself begins a new series: it is of an older log.
  ///
  /// - Complexity: O(1), amortized
  package mutating func set(_ totals: SecondTotals, minute: Int64) {
    let (day, place) = minute.floored(by: Self.minutesPerDay)
    makeRoom(for: day)
    let index = Int(day - firstDay)
    if days[index].isEmpty {
      days[index] = Array(repeating: CompactTotals(), count: Int(Self.minutesPerDay))
    }
    days[index][Int(place)] = CompactTotals(totals)
  }

  private mutating func makeRoom(for day: Int64) {
    let limit = Int64(Self.dayLimit)
    let (before, after) = (firstDay - day, day - firstDay)
    if days.isEmpty || before > limit - Int64(days.count) || after >= 2 * limit {
      self = MinuteSeries()
      (days, firstDay) = ([[]], day)
    } else if before > 0 {
      days.insert(contentsOf: Array(repeating: [], count: Int(before)), at: 0)
      firstDay = day
    } else if after >= Int64(days.count) {
      days += Array(repeating: [], count: Int(after) + 1 - days.count)
      let excess = max(0, days.count - Self.dayLimit)
      days.removeFirst(excess)
      firstDay += Int64(excess)
    }
  }

  /// The totals of a minute, by its number; none if it had no hits or is not kept.
  ///
  /// - Complexity: O(1)
  package subscript(minute: Int64) -> SecondTotals {
    let (day, place) = minute.floored(by: Self.minutesPerDay)
    let index = day - firstDay
    guard index >= 0, index < Int64(days.count), !days[Int(index)].isEmpty else {
      return SecondTotals()
    }
    return days[Int(index)][Int(place)].totals
  }
}
