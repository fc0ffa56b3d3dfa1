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
  private var places = PerDimension<[UInt64]>(repeating: [])

  /// The memory that it takes, in bytes, without the names in the seconds.
  var footprint: Int {
    places.reduce(0) { $0 + $1.count } * MemoryLayout<UInt64>.stride
      + seconds.count * MemoryLayout<Busy>.stride
  }

  /// Begins a second.
  ///
  /// - Returns: its place.
  mutating func begin(_ second: EpochSecond) -> Int {
    let new = Busy(figures: SecondFigures(second: second), serial: takeSerial())
    guard let place = free.popLast() else {
      seconds.append(new)
      return seconds.count - 1
    }
    seconds[place] = new
    return place
  }

  /// Hits went to another second meanwhile; nothing where the place is -1.
  mutating func comeBack(to place: Int) {
    if place >= 0 { seconds[place].isMixed = true }
  }

  /// Ends a second.
  mutating func end(_ place: Int, _ names: NameTables) -> SecondFigures {
    free.append(place)
    let isMixed = seconds[place].isMixed
    var figures = SecondFigures(second: EpochSecond(.min))
    swap(&figures, &seconds[place].figures)
    figures.consolidate(names, namesRepeat: isMixed)
    return figures
  }

  @inline(__always)
  mutating func add(_ hit: Hit, at place: Int, _ names: NameTables) {
    seconds[place].figures.traffic.add(hit)
    var isOverfull = false
    let serial = seconds[place].serial
    Dimension.each { dimension in
      let id = hit.names[dimension]
      let isNew = places.modify(dimension) { places in
        // Renumbering keeps few places, so that a number may lie far beyond them.
        if places.count <= id.index {
          places.append(contentsOf: repeatElement(0, count: id.index / 4 + 1024))
        }
        return seconds[place].figures.names.modify(dimension) {
          Self.count(id, hit, serial, &places[id.index], in: &$0.counts)
        }
      }
      guard isNew else { return }
      let length = names.with(dimension) { $0.length(of: id) }
      seconds[place].figures.names.modify(dimension) { $0.bytes &+= length }
      if seconds[place].isOverfull(in: dimension) { isOverfull = true }
    }
    if isOverfull { shrink(place, names) }
  }

  /// - Returns: whether the name had not been counted in that second.
  @inline(__always)
  private static func count(
    _ name: NameID, _ hit: Hit, _ serial: UInt32, _ place: inout UInt64,
    in counts: inout [NameCount]
  ) -> Bool {
    let index = Int(truncatingIfNeeded: place & 0xFFFF_FFFF)
    if place &>> 32 == UInt64(serial) {
      counts[index].add(status: hit.status, bytes: hit.bytes)
      return false
    }
    place = Self.place(serial, counts.count)
    counts.append(NameCount(id: name, status: hit.status, bytes: hit.bytes))
    return true
  }

  @inline(__always)
  private static func place(_ serial: UInt32, _ index: Int) -> UInt64 {
    UInt64(serial) &<< 32 | UInt64(truncatingIfNeeded: index)
  }

  private mutating func takeSerial() -> UInt32 {
    if nextSerial == .max {
      // Once in four billion seconds: forget all places.
      nextSerial = 1
      places = PerDimension(repeating: [])
      for place in seconds.indices {
        seconds[place].serial = nextSerial
        seconds[place].isMixed = true
        nextSerial += 1
      }
    }
    defer { nextSerial += 1 }
    return nextSerial
  }

  /// Too many counts in one second: makes every name stand once, and drops the rarest.
  private mutating func shrink(_ place: Int, _ names: NameTables) {
    seconds[place].figures.consolidate(names, namesRepeat: true)
    // The places are no longer right.
    seconds[place].serial = takeSerial()
    seconds[place].isMixed = true
    Dimension.each { dimension in
      let names = seconds[place].figures.names[dimension]
      seconds[place].limits[dimension] = (
        names.counts.count + 2 * NameRanking.capacity, names.bytes + 2 * NameRanking.byteCapacity
      )
    }
  }
}

extension BusySeconds {
  func mark(_ marks: inout NameMarks) {
    for second in seconds { marks.add(second.figures) }
  }

  /// Takes over new numbers for the names. Which second last counted each name, and where, stays
  /// known: when names are numbered anew depends on how the log is read, and must not show.
  mutating func renumber(_ numbers: NameNumbers) {
    let before = places
    places = PerDimension(repeating: [])
    for index in seconds.indices {
      Dimension.each { dimension in
        Self.keepPlaces(
          of: seconds[index].figures.names[dimension].counts, seconds[index].serial,
          before[dimension], in: &places[dimension], numbers[dimension])
      }
      seconds[index].figures.renumber(numbers)
    }
  }

  private static func keepPlaces(
    of counts: [NameCount], _ serial: UInt32, _ before: [UInt64], in places: inout [UInt64],
    _ numbers: [NameID]
  ) {
    for (index, count) in counts.enumerated() {
      let place = place(serial, index)
      guard count.id.index < before.count, before[count.id.index] == place else { continue }
      let number = numbers[count.id.index].index
      if places.count <= number {
        places.append(contentsOf: repeatElement(0, count: number + 1024 - places.count))
      }
      places[number] = place
    }
  }
}
