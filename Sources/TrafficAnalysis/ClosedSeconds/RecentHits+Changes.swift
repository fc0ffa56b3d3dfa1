import AccessLog

extension RecentHits {
  /// The names whose rate in the window that ends at `second` is above that of the ten minutes
  /// before it, also where the log began later. Late hits, and names dropped from a second that had
  /// too many, are missing.
  ///
  /// Where seconds of those ten minutes had to be dropped, the rate before is that of the rest; there
  /// are no changes if nothing is left of them.
  ///
  /// - Parameter second: the last closed second.
  /// - Complexity: O(counts of the compared seconds)
  func changes(
    at second: EpochSecond, window: Int64, _ tables: NameTables
  ) -> PerDimension<[NameChange]> {
    let start = second.advanced(by: -window)
    var first = start.advanced(by: -NameChange.comparedSeconds)
    var comparedSeconds = NameChange.comparedSeconds
    if let dropped = droppedThrough, dropped > first {
      first = dropped
      comparedSeconds = start > dropped ? start.seconds(since: dropped) : 0
    }
    guard comparedSeconds > 0 else { return PerDimension(repeating: []) }
    return PerDimension { dimension in
      tables.with(dimension) { names in
        var growth = NameGrowth(window: window, comparedSeconds: comparedSeconds, names.count)
        for chunk in chunks {
          let places = chunk.secondsThrough(start)..<chunk.seconds.count
          growth.addHitsOfWindow(chunk.counts(dimension, of: places))
        }
        for chunk in chunks {
          let places = chunk.secondsThrough(first)..<chunk.secondsThrough(start)
          growth.addHitsBefore(chunk.counts(dimension, of: places))
        }
        return growth.changes(names)
      }
    }
  }
}

/// The hits of the names of a window, in the window and before it.
private struct NameGrowth {
  private struct Total {
    var id: NameID
    var now: Int
    var before = 0
  }

  private let window: Int64
  private let comparedSeconds: Int64
  private var totals: [Total] = []
  /// For each name ID, the index in `totals` plus one; 0 for a name without hits in the window.
  private var positions: [UInt32]

  init(window: Int64, comparedSeconds: Int64, _ nameCount: Int) {
    self.window = window
    self.comparedSeconds = comparedSeconds
    positions = [UInt32](repeating: 0, count: nameCount)
  }

  mutating func addHitsOfWindow(_ counts: ArraySlice<RecentHits.Count>) {
    for count in counts {
      let position = Int(positions[count.id.index])
      if position > 0 {
        totals[position - 1].now += Int(count.hits)
      } else {
        totals.append(Total(id: count.id, now: Int(count.hits)))
        positions[count.id.index] = UInt32(totals.count)
      }
    }
  }

  mutating func addHitsBefore(_ counts: ArraySlice<RecentHits.Count>) {
    // These are most of the compared hits, hence without checks of uniqueness for each.
    totals.withUnsafeMutableBufferPointer { totals in
      positions.withUnsafeBufferPointer { positions in
        counts.withUnsafeBufferPointer { counts in
          for count in counts {
            let position = Int(positions[count.id.index])
            if position > 0 { totals[position &- 1].before &+= Int(count.hits) }
          }
        }
      }
    }
  }

  /// The names that grew most: by growth, then bytewise by name.
  ///
  /// - Complexity: O(names of the window)
  func changes(_ names: borrowing NameTable) -> [NameChange] {
    var first: [(growth: Int128, total: Total)] = []
    for total in totals {
      let growth = growth(of: total)
      guard growth > 0 else { continue }
      var place = first.count
      while place > 0 {
        let other = first[place - 1]
        let isBefore =
          growth != other.growth
          ? growth > other.growth : names.isBefore(total.id, other.total.id)
        guard isBefore else { break }
        place -= 1
      }
      guard place < NameChange.limit else { continue }
      if first.count == NameChange.limit { first.removeLast() }
      first.insert((growth, total), at: place)
    }
    return first.map { _, total in
      NameChange(
        name: names[total.id], before: Rate(hits: total.before, seconds: comparedSeconds),
        now: Rate(hits: total.now, seconds: window))
    }
  }

  /// How much the rate has grown, multiplied by the lengths of both spans, so that it is exact.
  private func growth(of total: Total) -> Int128 {
    Int128(total.now) * Int128(comparedSeconds) - Int128(total.before) * Int128(window)
  }
}
