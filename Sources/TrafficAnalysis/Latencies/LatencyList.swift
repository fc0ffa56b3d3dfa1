import AccessLog

/// The latencies of the names of one dimension.
///
/// Once there are too many counts, the names with the fewest hits lose theirs, and so do all names that
/// come later. When that happens depends on the closed seconds alone.
struct LatencyList: Sendable {
  /// The number of counts above which names are dropped; half as many are left.
  static let capacity = 1 << 20
  /// The number of counts that are added before they are combined.
  private static let pendingLimit = 1 << 16

  private var counts: [LatencyCount] = []
  /// The number of counts at the beginning that are combined.
  private var combined = 0
  /// The names that may have counts, by ID; `nil` if none was dropped.
  private var kept: [Bool]?

  /// The memory used, in bytes.
  var footprint: Int { counts.count * MemoryLayout<LatencyCount>.stride + (kept?.count ?? 0) }

  mutating func removeAll() {
    counts.removeAll(keepingCapacity: true)
    combined = 0
    kept = nil
  }

  /// Adds the counts of a second.
  ///
  /// - Complexity: O(n), amortized
  mutating func add(_ added: [LatencyCount], _ names: borrowing NameTable) {
    if let kept {
      counts += added.lazy.filter { $0.id.index < kept.count && kept[$0.id.index] }
    } else {
      counts += added
    }
    guard counts.count - combined > combined + Self.pendingLimit else { return }
    combine()
    if counts.count > Self.capacity { dropRarest(names) }
  }

  private mutating func combine() {
    counts.consolidate()
    combined = counts.count
  }

  /// Drops the names with the fewest hits, so that half of the counts are left.
  private mutating func dropRarest(_ names: borrowing NameTable) {
    var totals: [(id: NameID, hits: Int, counts: Int)] = []
    for count in counts {
      if totals.last?.id == count.id {
        totals[totals.count - 1].hits += Int(count.hits)
        totals[totals.count - 1].counts += 1
      } else {
        totals.append((count.id, Int(count.hits), 1))
      }
    }
    let names = copy names
    totals.sort { $0.hits != $1.hits ? $0.hits > $1.hits : names.isBefore($0.id, $1.id) }
    var kept = [Bool](repeating: false, count: names.count)
    var left = Self.capacity / 2
    for total in totals {
      left -= total.counts
      guard left >= 0 else { break }
      kept[total.id.index] = true
    }
    counts.removeAll { !kept[$0.id.index] }
    combined = counts.count
    self.kept = kept
  }

  /// The hits of some names by bucket, in the order of the names.
  ///
  /// - Complexity: O(counts + greatest ID)
  func buckets(of ids: [NameID]) -> [LatencyBuckets] {
    var buckets = [LatencyBuckets](repeating: LatencyBuckets(), count: ids.count)
    // For each ID up to the greatest one, its place plus one.
    var places = [Int32](repeating: 0, count: (ids.map(\.index).max() ?? -1) + 1)
    for (place, id) in ids.enumerated() { places[id.index] = Int32(place + 1) }
    for count in counts where count.id.index < places.count {
      let place = Int(places[count.id.index])
      if place > 0 { buckets[place - 1].add(count) }
    }
    return buckets
  }

  // MARK: - Names

  func markNames(_ marks: inout [Bool]) {
    for count in counts { marks[count.id.index] = true }
  }

  mutating func renumber(_ newIDs: [NameID]) {
    // Only names with counts have a new ID; a name that lost its last one stays dropped.
    if kept != nil {
      let greatest = counts.map { newIDs[$0.id.index].index }.max() ?? -1
      kept = [Bool](repeating: false, count: greatest + 1)
    }
    for place in counts.indices {
      counts[place].id = newIDs[counts[place].id.index]
      kept?[counts[place].id.index] = true
    }
    combine()
  }
}
