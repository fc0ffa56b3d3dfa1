import AccessLog

/// Open seconds with many hits, which are counted as they arrive: single hits, or the figures that a
/// chunk has of a second.
struct BusySeconds: Sendable {
  /// Seconds keep their slot while they are open. The slots listed in `free` are unused.
  var seconds: [BusySecond] = []
  private var free: [Int] = []
  private var nextSerial: UInt32 = 1
  // For each name, the serial of the second that last counted it (high half) and the index of its
  // count there (low half). If hits alternate between seconds, a name may get several counts in
  // one; they are combined when it closes.
  private var positions: PerDimension<[UInt64]>
  /// The same for seconds that end, whose counts are combined, so that the others keep theirs.
  private var endingPositions: PerDimension<[UInt64]>
  let ranked: CountedFacts

  /// - Parameter ranked: the dimensions in which hits have names.
  init(_ ranked: CountedFacts) {
    self.ranked = ranked
    positions = PerDimension(ranked.all, repeating: [])
    endingPositions = positions
  }

  /// The memory used, in bytes, excluding the counts of the seconds.
  var footprint: Int {
    (positions.reduce(0) { $0 + $1.count } + endingPositions.reduce(0) { $0 + $1.count })
      * MemoryLayout<UInt64>.stride
      + seconds.reduce(0) { $0 + MemoryLayout<BusySecond>.stride + $1.footprint }
  }

  /// Begins a second.
  ///
  /// - Returns: its slot.
  mutating func beginSecond(_ second: EpochSecond) -> Int {
    let new = BusySecond(second, serial: makeSerial(), ranked.all)
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
    if seconds[slot].hasRepeats {
      swap(&positions, &endingPositions)
      combineRepeats(at: slot, names)
      swap(&positions, &endingPositions)
    }
    var second = BusySecond(EpochSecond(.min), serial: 0)
    swap(&second, &seconds[slot])
    second.figures.dropRarestNames(names)
    return second.figures
  }

  // MARK: - Hits

  /// Counts a hit.
  @inline(__always)
  mutating func add(_ hit: Hit, at slot: Int, _ names: NameTables) {
    let record = hit.record
    seconds[slot].figures.traffic.add(record)
    seconds[slot].figures.addLatency(of: hit, ranked)
    seconds[slot].figures.addMeasures(of: hit, ranked)
    if seconds[slot].hasIndex { return seconds[slot].addIndexed(hit, names, ranked) }
    if seconds[slot].hasUnindexedCounts { seconds[slot].isMixed = true }
    var isLarge = false
    let serial = seconds[slot].serial
    hit.forEachName(ranked.others) { dimension, id in
      let isNew = positions.modify(dimension) { positions in
        Self.grow(&positions, for: id)
        return seconds[slot].figures.names.modify(dimension) {
          Self.count(id, record, serial, &positions[id.index], in: &$0.counts)
        }
      }
      guard isNew else { return }
      let length = names.with(dimension) { $0.length(of: id) }
      seconds[slot].figures.names.modify(dimension) {
        $0.bytes &+= length
        if $0.isOverfull { isLarge = true }
      }
    }
    if isLarge { makeIndex(at: slot, names) }
  }

  /// Counts a hit on a name.
  ///
  /// - Returns: whether a count was added for the name.
  @inline(__always)
  private static func count(
    _ name: NameID, _ hit: Record, _ serial: UInt32, _ position: inout UInt64,
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

  /// Renumbering keeps few positions, so an ID may lie far beyond them.
  @inline(__always)
  private static func grow(_ positions: inout [UInt64], for id: NameID) {
    guard positions.count <= id.index else { return }
    positions.append(
      contentsOf: repeatElement(0, count: id.index + id.index / 4 + 1024 - positions.count))
  }

  private mutating func makeSerial() -> UInt32 {
    if nextSerial == .max {
      // The serials are used up, once in four billion seconds: reset all positions.
      nextSerial = 1
      resetPositions()
      for slot in seconds.indices {
        seconds[slot].serial = nextSerial
        seconds[slot].isMixed = true
        nextSerial += 1
      }
    }
    defer { nextSerial += 1 }
    return nextSerial
  }

  private mutating func resetPositions() {
    positions = PerDimension(ranked.all, repeating: [])
    endingPositions = positions
  }

  /// Combines the counts of each name.
  private mutating func combineRepeats(at slot: Int, _ names: NameTables) {
    seconds[slot].serial = makeSerial()
    let serial = seconds[slot].serial
    Dimension.each(withOthers: ranked.hasOthers) { dimension in
      positions.modify(dimension) { positions in
        for count in seconds[slot].figures.names[dimension].counts {
          Self.grow(&positions, for: count.id)
        }
        names.with(dimension) { names in
          seconds[slot].figures.names.modify(dimension) { counts in
            counts.combineRepeats(names) { id, index in
              if positions[id.index] &>> 32 == UInt64(serial) {
                return Int(positions[id.index] & 0xFFFF_FFFF)
              }
              positions[id.index] = Self.position(serial, index)
              return nil
            }
          }
        }
      }
    }
    seconds[slot].isMixed = false
    seconds[slot].hasUnindexedCounts = false
  }

  /// Combines the counts of each name. If there are many names, the second gets an index of its own,
  /// so that from now on their number is exact.
  private mutating func makeIndex(at slot: Int, _ names: NameTables) {
    combineRepeats(at: slot, names)
    for other in seconds.indices where other != slot { markMixed(at: other) }
    seconds[slot].makeIndexIfLarge()
  }
}

// MARK: - Figures of chunks

extension BusySeconds {
  /// Whether the figures of a chunk can be added without dropping a name.
  func canAdd(_ chunk: ClosedSeconds, _ index: Int, at slot: Int) -> Bool {
    var fits = true
    Dimension.each(withOthers: ranked.hasOthers) { dimension in
      let names = seconds[slot].figures.names[dimension]
      let added = chunk.names(at: index, dimension)
      if names.counts.count + Int(added.count) > BusySecond.capacity
        || names.bytes + Int(added.bytes) > BusySecond.byteCapacity
      {
        fits = false
      }
    }
    return fits
  }

  /// Adds the figures of a chunk. See `canAdd`.
  ///
  /// - Parameter newIDs: the ID of each ID in `chunk`.
  mutating func add(
    _ chunk: ClosedSeconds, _ index: Int, at slot: Int, renumbering newIDs: NameIDMap,
    _ names: NameTables
  ) {
    let head = chunk.heads[index]
    if seconds[slot].figures.traffic.hits > 0 { seconds[slot].isMixed = true }
    seconds[slot].hasUnindexedCounts = true
    seconds[slot].figures.traffic += head.traffic
    if let details = chunk.details(at: index) {
      seconds[slot].figures.details.add(details, renumbering: newIDs)
    }
    var isLarge = false
    Dimension.each(withOthers: ranked.hasOthers) { dimension in
      newIDs.with(dimension) { newIDs in
        names.with(dimension) { names in
          chunk.forEachCount(at: index, dimension) { count in
            var count = count
            count.id = newIDs[count.id.index]
            seconds[slot].add(count, dimension, names)
          }
        }
      }
      if !seconds[slot].hasIndex {
        seconds[slot].figures.names.modify(dimension) {
          $0.bytes += Int(chunk.names(at: index, dimension).bytes)
        }
      }
      if seconds[slot].figures.names[dimension].isOverfull { isLarge = true }
    }
    if isLarge, !seconds[slot].hasIndex { makeIndex(at: slot, names) }
  }
}

// MARK: - Names

extension BusySeconds {
  func markNames(_ marks: inout NameMarks) {
    for second in seconds { marks.add(second.figures) }
  }

  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap) {
    resetPositions()
    for slot in seconds.indices {
      seconds[slot].renumber(newIDs)
    }
  }
}
