import AccessLog

/// The seconds that lines may still come for, in order, with what has come so far.
///
/// The first hits of a second are kept as they are, and counted when it closes: on a sparse log there
/// are no more, and with a great lateness a great many seconds are open. A second with more hits is
/// counted as they come.
struct OpenSeconds: Sendable {
  /// How many hits of a second are kept as they are.
  private static let uncountedLimit = 8

  private struct Open: Sendable {
    var second: EpochSecond
    /// The first hit, and the others while they are few. Mostly there are none: an array costs more.
    var first: Hit?
    var others: [Hit] = []
    /// Where in `busy` the figures are, once there are more; -1 before.
    var busySlot = -1
  }

  /// Where each open second lies in `seconds`.
  private var index = SecondIndex()
  /// Seconds never move while they are open; those that `free` names are not in use.
  private var seconds: [Open] = []
  private var free: [Int] = []
  /// The slot of the second that the last hit went to: the next one mostly goes there too.
  private var recent = -1
  private var busy = BusySeconds()

  /// The memory that it takes, in bytes, without the names in the seconds.
  var footprint: Int {
    busy.footprint + index.count * (MemoryLayout<Open>.stride + 2 * MemoryLayout<Hit>.stride)
  }

  /// The earliest open second.
  var first: EpochSecond? { index.first }

  @inline(__always)
  mutating func add(_ hit: Hit, names: NameTables) {
    if recent < 0 || seconds[recent].second != hit.time { selectSecond(hit.time) }
    let slot = seconds[recent].busySlot
    if slot >= 0 {
      busy.add(hit, at: slot, names)
    } else {
      addUncounted(hit, names)
    }
  }

  private mutating func addUncounted(_ hit: Hit, _ names: NameTables) {
    guard let first = seconds[recent].first else {
      seconds[recent].first = hit
      return
    }
    seconds[recent].others.append(hit)
    guard seconds[recent].others.count >= Self.uncountedLimit else { return }
    let slot = busy.beginSecond(hit.time)
    busy.add(first, at: slot, names)
    for hit in seconds[recent].others { busy.add(hit, at: slot, names) }
    seconds[recent].first = nil
    seconds[recent].others = []
    seconds[recent].busySlot = slot
  }

  /// Makes the second of that time the recent one.
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
  }

  /// Takes out the earliest second, and adds its hits to those that are closed.
  ///
  /// - Returns: the second, and where its hits are now.
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
      // Keeps its room for the next second that lies here.
      seconds[slot].others.removeAll(keepingCapacity: true)
    }
    return (second, .hits(first: Int32(start), count: Int32(closed.hits.count - start)))
  }
}

extension Traffic {
  @inline(__always)
  mutating func add(_ hit: Hit) {
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
