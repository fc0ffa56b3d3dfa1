import AccessLog

/// Numbers the seconds of a chunk, and counts the hits of each.
struct SecondSlots {
  /// A greater lateness, in seconds, would need too much memory.
  static let greatestLateness: Int64 = 1 << 17

  private struct Recent {
    var second: EpochSecond
    var slot: Int32
  }

  private struct Slot {
    var second: EpochSecond
    var hits: Int32
    var number: Int32
  }

  /// The slots of the last seconds, at the second modulo the length: all hits that are in time are
  /// within the lateness of the greatest time, so no two of their seconds have the same place.
  private var recent: [Recent] = []
  /// By number until they are sorted.
  private var slots: [Slot] = []
  /// For each number, the end of its hits among those of all seconds.
  private var ends: [Int32] = []
  private var isSorted = true
  /// The second of the last hit.
  private var last = Recent(second: EpochSecond(.min), slot: -1)
  private(set) var hits = 0
  /// The hits of the last second that its slot does not count yet.
  private var pendingHits: Int32 = 0

  /// - Parameter lateness: in seconds.
  mutating func removeAll(lateness: Int64) {
    var length = 256
    while Int64(length) < lateness + 2 { length *= 2 }
    let free = Recent(second: EpochSecond(.min), slot: -1)
    if recent.count == length, slots.count < length / 2 {
      for slot in slots { recent[Self.place(slot.second, length)] = free }
    } else {
      recent = [Recent](repeating: free, count: length)
    }
    slots.removeAll(keepingCapacity: true)
    isSorted = true
    last = free
    hits = 0
    pendingHits = 0
  }

  @inline(__always)
  private static func place(_ second: EpochSecond, _ length: Int) -> Int {
    Int(truncatingIfNeeded: second.value) & (length &- 1)
  }

  /// Counts hits of the same second.
  ///
  /// - Returns: the number of the second.
  @inline(__always)
  mutating func addHits(_ count: Int, at second: EpochSecond) -> Int32 {
    if last.second != second { select(second) }
    hits &+= count
    pendingHits &+= Int32(truncatingIfNeeded: count)
    return last.slot
  }

  private mutating func select(_ second: EpochSecond) {
    countPendingHits()
    let place = Self.place(second, recent.count)
    if recent[place].second != second {
      if let latest = slots.last, second < latest.second { isSorted = false }
      recent[place] = Recent(second: second, slot: Int32(slots.count))
      slots.append(Slot(second: second, hits: 0, number: Int32(slots.count)))
    }
    last = recent[place]
  }

  private mutating func countPendingHits() {
    if last.slot >= 0 { slots[Int(last.slot)].hits += pendingHits }
    pendingHits = 0
  }

  /// Orders the seconds; no hit may be added afterwards.
  mutating func sort() {
    countPendingHits()
    if !isSorted { slots.sort { $0.second < $1.second } }
    if ends.count < slots.count { ends = [Int32](repeating: 0, count: 2 * slots.count) }
    resetEnds()
  }

  /// Begins again with the first hit of each second.
  mutating func resetEnds() {
    var start: Int32 = 0
    for slot in slots {
      ends[Int(slot.number)] = start
      start += slot.hits
    }
  }

  /// Calls the body with the place of the next hit of each second, by number.
  mutating func withEnds(_ body: (UnsafeMutableBufferPointer<Int32>) -> Void) {
    ends.withUnsafeMutableBufferPointer { body($0) }
  }

  /// Calls the body with each second and the places of its hits, in order.
  func visit(_ body: (EpochSecond, Range<Int>) -> Void) {
    var start = 0
    for slot in slots {
      let end = start + Int(slot.hits)
      body(slot.second, start..<end)
      start = end
    }
  }
}
