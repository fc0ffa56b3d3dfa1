import AccessLog

/// The seconds that have not closed, in order, with their hits so far.
///
/// The first hits of a second are kept raw and counted when it closes. A sparse log has no more
/// than these, and with a high lateness very many seconds are open. Once a second has more hits,
/// they are counted as they arrive.
struct OpenSeconds: Sendable {
  /// The number of hits of a second that are kept raw.
  static let rawHitLimit = 8

  private struct Open: Sendable {
    var second: EpochSecond
    /// The first raw hit. Mostly there are no others, and an array for one hit would be slower.
    var first: Record?
    /// The other raw hits, while they are few. The capacity is reused for the next second in this
    /// slot.
    var others: [Record] = []
    /// The slot in `busy` once there are more hits; -1 before.
    var busySlot = -1
  }

  /// The slot in `seconds` of each open second.
  private var index = SecondIndex()
  /// Seconds keep their slot while they are open. The slots listed in `free` are unused.
  private var seconds: [Open] = []
  private var free: [Int] = []
  /// The slot of the second with the last hit, which mostly gets the next one too; -1 for none.
  private var recent = -1
  private var busy: BusySeconds
  /// Whether hits may be kept raw.
  private let keepsRawHits: Bool
  /// The number of seconds that may be open.
  private let limit: Int
  /// Whether a second was opened since `exceedsLimit` was last asked.
  private(set) var hasOpenedSecond = false

  /// - Parameters:
  ///   - limit: the number of seconds that may be open.
  ///   - ranked: the dimensions in which hits have names.
  init(limit: Int, _ ranked: CountedFacts = CountedFacts()) {
    self.limit = limit
    busy = BusySeconds(ranked)
    keepsRawHits = ranked.measures.isEmpty
  }

  /// The memory used, in bytes, excluding the counts of the seconds.
  var footprint: Int {
    busy.footprint + index.count * (MemoryLayout<Open>.stride + 2 * MemoryLayout<Record>.stride)
  }

  /// The earliest open second.
  var first: EpochSecond? { index.first }

  /// Adds a hit to its second, which is opened if necessary.
  @inline(__always)
  mutating func add(_ hit: Hit, names: NameTables) {
    if recent < 0 || seconds[recent].second != hit.time { selectSecond(hit.time) }
    if seconds[recent].busySlot < 0 {
      if keepsRawHits, hit.isPlain { return addRaw(hit.record, names) }
      makeBusy(names)
    }
    busy.add(hit, at: seconds[recent].busySlot, names)
  }

  private mutating func addRaw(_ hit: Record, _ names: NameTables) {
    guard seconds[recent].first != nil else {
      seconds[recent].first = hit
      return
    }
    seconds[recent].others.append(hit)
    if seconds[recent].others.count >= Self.rawHitLimit { makeBusy(names) }
  }

  /// Counts the raw hits of the recent second.
  private mutating func makeBusy(_ names: NameTables) {
    let slot = busy.beginSecond(seconds[recent].second)
    if let first = seconds[recent].first { busy.add(Hit(first), at: slot, names) }
    for hit in seconds[recent].others { busy.add(Hit(hit), at: slot, names) }
    seconds[recent].first = nil
    seconds[recent].others = []
    seconds[recent].busySlot = slot
  }

  // MARK: - Figures of chunks

  /// The latest open second.
  var last: EpochSecond? { index.last }

  /// Whether the seconds of a chunk can be added without exceeding the limit.
  func hasRoom(for chunk: ChunkFigures) -> Bool { index.count + chunk.seconds.count <= limit }

  /// Whether more seconds are open than may be. It is asked when a second was opened, so that the
  /// answer depends on the order of the records alone.
  mutating func exceedsLimit() -> Bool {
    hasOpenedSecond = false
    return index.count > limit
  }

  /// Whether the hits of a chunk in a second can be added without dropping a name.
  mutating func canAdd(_ second: ChunkFigures.Second, of chunk: ChunkFigures) -> Bool {
    guard case .figures(let place) = second.location, let slot = index.slot(of: second.second),
      seconds[slot].busySlot >= 0
    else { return true }
    return busy.canAdd(chunk.closed.figures, Int(place), at: seconds[slot].busySlot)
  }

  /// Adds the hits of a chunk in a second. See `canAdd`.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  mutating func add(
    _ second: ChunkFigures.Second, of chunk: ChunkFigures, renumbering newIDs: NameIDMap,
    _ names: NameTables
  ) {
    switch second.location {
    case .hits(let first, let count):
      for hit in chunk.closed.hits[Int(first)..<Int(first + count)] {
        add(Hit(hit.renumbered(newIDs)), names: names)
      }
    case .figures(let place):
      selectSecond(second.second)
      if seconds[recent].busySlot < 0 { makeBusy(names) }
      busy.add(
        chunk.closed.figures, Int(place), at: seconds[recent].busySlot, renumbering: newIDs, names)
    }
  }

  /// Makes a second the recent one, and opens it if necessary.
  private mutating func selectSecond(_ time: EpochSecond) {
    if let slot = index.slot(of: time) {
      recent = slot
      busy.markMixed(at: seconds[slot].busySlot)
      return
    }
    if let slot = free.popLast() {
      seconds[slot].second = time
      recent = slot
    } else {
      seconds.append(Open(second: time))
      recent = seconds.count - 1
    }
    index.insert(time, slot: recent)
    hasOpenedSecond = true
  }

  /// Removes the earliest second and appends its hits to those of closed seconds.
  ///
  /// - Returns: the second, and the location of its hits.
  mutating func removeFirst(
    into closed: inout ClosedHits, _ names: NameTables
  ) -> (EpochSecond, HitLocation) {
    let slot = index.removeFirst()
    free.append(slot)
    if recent == slot { recent = -1 }
    let second = seconds[slot].second
    let busySlot = seconds[slot].busySlot
    if busySlot >= 0 {
      seconds[slot].busySlot = -1
      closed.figures.append(busy.endSecond(at: busySlot, names))
      return (second, .figures(Int32(closed.figures.heads.count - 1)))
    }
    let start = closed.hits.count
    if let first = seconds[slot].first { closed.hits.append(first) }
    seconds[slot].first = nil
    if !seconds[slot].others.isEmpty {
      closed.hits += seconds[slot].others
      seconds[slot].others.removeAll(keepingCapacity: true)
    }
    return (second, .hits(first: Int32(start), count: Int32(closed.hits.count - start)))
  }
}

extension Traffic {
  @inline(__always)
  mutating func add(_ hit: Record) {
    add(bytes: hit.bytes, status: hit.status, method: hit.method)
  }
}

extension OpenSeconds {
  func markNames(_ marks: inout NameMarks) {
    for second in seconds {
      if let first = second.first { marks.add(first) }
      for hit in second.others { marks.add(hit) }
    }
    busy.markNames(&marks)
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for slot in seconds.indices {
      seconds[slot].first?.renumber(newIDs)
      for index in seconds[slot].others.indices {
        seconds[slot].others[index].renumber(newIDs)
      }
    }
    busy.renumber(newIDs)
  }
}
