import AccessLog

/// Open seconds with many hits, counted as they come.
struct BusySeconds: Sendable {
  private struct Busy: Sendable {
    var figures: SecondFigures
    /// Tells this second apart from every other there ever was; 0 is no second.
    var serial: UInt32
    /// Hits went elsewhere and came back: a name may stand in it twice.
    var isMixed = false
    /// How many counts may stand in it before they are consolidated, and names of how many bytes.
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

  /// Seconds never move while they are open; those that `free` names are not in use.
  private var seconds: [Busy] = []
  private var free: [Int] = []
  private var nextSerial: UInt32 = 1
  // For each name, the second that last counted it (serial, high half) and where (low half). Where
  // hits alternate between seconds a name may be entered twice in one; closing adds them up.
  private var positions = PerDimension<[UInt64]>(repeating: [])

  /// The memory that it takes, in bytes, without the names in the seconds.
  var footprint: Int {
    positions.reduce(0) { $0 + $1.count } * MemoryLayout<UInt64>.stride
      + seconds.count * MemoryLayout<Busy>.stride
  }

  /// Begins a second.
  ///
  /// - Returns: its position.
  mutating func beginSecond(_ second: EpochSecond) -> Int {
    let new = Busy(figures: SecondFigures(second: second), serial: makeSerial())
    guard let slot = free.popLast() else {
      seconds.append(new)
      return seconds.count - 1
    }
    seconds[slot] = new
    return slot
  }

  /// Hits went to another second meanwhile; nothing where the position is -1.
  mutating func markMixed(at slot: Int) {
    if slot >= 0 { seconds[slot].isMixed = true }
  }

  /// Ends a second.
  mutating func endSecond(at slot: Int, _ names: NameTables) -> SecondFigures {
    free.append(slot)
    let isMixed = seconds[slot].isMixed
    var figures = SecondFigures(second: EpochSecond(.min))
    swap(&figures, &seconds[slot].figures)
    figures.consolidate(names, namesRepeat: isMixed)
    return figures
  }

  @inline(__always)
  mutating func add(_ hit: Hit, at slot: Int, _ names: NameTables) {
    seconds[slot].figures.traffic.add(hit)
    var isOverfull = false
    let serial = seconds[slot].serial
    Dimension.each { dimension in
      let id = hit.names[dimension]
      let isNew = positions.modify(dimension) { positions in
        // Renumbering keeps few positions, so that a number may lie far beyond them.
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

  /// - Returns: whether the name had not been counted in that second.
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
      // Once in four billion seconds: forget all positions.
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

  /// Too many counts in one second: makes every name stand once, and drops the rarest.
  private mutating func shrink(_ slot: Int, _ names: NameTables) {
    seconds[slot].figures.consolidate(names, namesRepeat: true)
    // The positions are no longer right.
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

  /// Takes over new newIDs for the names. Which second last counted each name, and where, stays
  /// known: when names are numbered anew depends on how the log is read, and must not show.
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
