import AccessLog

/// Open seconds with many hits, which are counted as they arrive.
struct BusySeconds: Sendable {
  private struct Busy: Sendable {
    var figures: SecondFigures
    /// Identifies this second among all there have been; 0 is never used.
    var serial: UInt32
    /// Whether hits have alternated with other seconds, so that a name may have several counts.
    var isMixed = false
    /// The number of counts, and of bytes of names, above which the counts are consolidated.
    var limits = PerDimension(
      repeating: (counts: 2 * NameRanking.capacity, bytes: 2 * NameRanking.byteCapacity))

    @inline(__always)
    func isOverfull(in dimension: Dimension) -> Bool {
      figures.names.with(dimension) { names in
        let (counts, bytes) = limits[dimension]
        return names.counts.count > counts || names.bytes > bytes
      }
    }
  }

  /// Seconds keep their slot while they are open. The slots listed in `free` are unused.
  private var seconds: [Busy] = []
  private var free: [Int] = []
  private var nextSerial: UInt32 = 1
  // For each name, the serial of the second that last counted it (high half) and the index of its
  // count there (low half). If hits alternate between seconds, a name may get several counts in
  // one; they are combined when it closes.
  private var positions = PerDimension<[UInt64]>(repeating: [])

  /// The memory used, in bytes, excluding the counts of the seconds.
  var footprint: Int {
    positions.reduce(0) { $0 + $1.count } * MemoryLayout<UInt64>.stride
      + seconds.count * MemoryLayout<Busy>.stride
  }

  /// Begins a second.
  ///
  /// - Returns: its slot.
  mutating func beginSecond(_ second: EpochSecond) -> Int {
    let new = Busy(figures: SecondFigures(second: second), serial: makeSerial())
    guard let slot = free.popLast() else {
      seconds.append(new)
      return seconds.count - 1
    }
    seconds[slot] = new
    return slot
  }

  /// Notes that hits have gone to another second meanwhile. Does nothing if the slot is -1.
  mutating func markMixed(at slot: Int) {
    if slot >= 0 { seconds[slot].isMixed = true }
  }

  /// Ends a second and frees its slot.
  mutating func endSecond(at slot: Int, _ names: NameTables) -> SecondFigures {
    free.append(slot)
    let isMixed = seconds[slot].isMixed
    var figures = SecondFigures(second: EpochSecond(.min))
    swap(&figures, &seconds[slot].figures)
    figures.consolidate(names, namesRepeat: isMixed)
    return figures
  }

  /// Counts a hit.
  @inline(__always)
  mutating func add(_ hit: Hit, at slot: Int, _ names: NameTables) {
    seconds[slot].figures.traffic.add(hit)
    var isOverfull = false
    let serial = seconds[slot].serial
    Dimension.each { dimension in
      let id = hit.names[dimension]
      let isNew = positions.modify(dimension) { positions in
        // Renumbering keeps few positions, so an ID may lie far beyond them.
        if positions.count <= id.index {
          positions.append(contentsOf: repeatElement(0, count: id.index / 4 + 1024))
        }
        return seconds[slot].figures.names.modify(dimension) {
          Self.count(id, hit, serial, &positions[id.index], in: &$0.counts)
        }
      }
      guard isNew else { return }
      let length = names.with(dimension) { $0.length(of: id) }
      seconds[slot].figures.names.modify(dimension) { $0.bytes &+= length }
      if seconds[slot].isOverfull(in: dimension) { isOverfull = true }
    }
    if isOverfull { shrink(slot, names) }
  }

  /// Counts a hit on a name.
  ///
  /// - Returns: whether a count was added for the name.
  @inline(__always)
  private static func count(
    _ name: NameID, _ hit: Hit, _ serial: UInt32, _ position: inout UInt64,
    in counts: inout [NameCount]
  ) -> Bool {
    let index = Int(truncatingIfNeeded: position & 0xFFFF_FFFF)
    if position &>> 32 == UInt64(serial) {
      counts[index].add(status: hit.status, bytes: hit.bytes)
      return false
    }
    position = Self.position(serial, counts.count)
    counts.append(NameCount(id: name, status: hit.status, bytes: hit.bytes))
    return true
  }

  @inline(__always)
  private static func position(_ serial: UInt32, _ index: Int) -> UInt64 {
    UInt64(serial) &<< 32 | UInt64(truncatingIfNeeded: index)
  }

  private mutating func makeSerial() -> UInt32 {
    if nextSerial == .max {
      // The serials are used up, once in four billion seconds: reset all positions.
      nextSerial = 1
      positions = PerDimension(repeating: [])
      for slot in seconds.indices {
        seconds[slot].serial = nextSerial
        seconds[slot].isMixed = true
        nextSerial += 1
      }
    }
    defer { nextSerial += 1 }
    return nextSerial
  }

  /// Combines the counts of each name, and drops the rarest names if there are too many.
  private mutating func shrink(_ slot: Int, _ names: NameTables) {
    seconds[slot].figures.consolidate(names, namesRepeat: true)
    // A new serial invalidates the positions.
    seconds[slot].serial = makeSerial()
    seconds[slot].isMixed = true
    Dimension.each { dimension in
      let names = seconds[slot].figures.names[dimension]
      seconds[slot].limits[dimension] = (
        names.counts.count + 2 * NameRanking.capacity, names.bytes + 2 * NameRanking.byteCapacity
      )
    }
  }
}

extension BusySeconds {
  func markNames(_ marks: inout NameMarks) {
    for second in seconds { marks.add(second.figures) }
  }

  /// Replaces the name IDs. The positions are kept, because the time of renumbering depends on how
  /// the log is read and must not affect the figures.
  mutating func renumber(_ newIDs: NameIDMap) {
    let before = positions
    positions = PerDimension(repeating: [])
    for index in seconds.indices {
      Dimension.each { dimension in
        Self.keepPositions(
          of: seconds[index].figures.names[dimension].counts, seconds[index].serial,
          before[dimension], in: &positions[dimension], newIDs[dimension])
      }
      seconds[index].figures.renumber(newIDs)
    }
  }

  private static func keepPositions(
    of counts: [NameCount], _ serial: UInt32, _ before: [UInt64], in positions: inout [UInt64],
    _ newIDs: [NameID]
  ) {
    for (index, count) in counts.enumerated() {
      let position = Self.position(serial, index)
      guard count.id.index < before.count, before[count.id.index] == position else { continue }
      let newIndex = newIDs[count.id.index].index
      if positions.count <= newIndex {
        positions.append(contentsOf: repeatElement(0, count: newIndex + 1024 - positions.count))
      }
      positions[newIndex] = position
    }
  }
}
