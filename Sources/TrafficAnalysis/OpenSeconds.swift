import AccessLog

/// The seconds that lines may still come for, in order, with what has come so far.
struct OpenSeconds: Sendable {
  private struct Open: Sendable {
    var figures: SecondFigures
    /// Tells this second apart from every other there ever was.
    var serial: UInt32
    /// Hits went elsewhere and came back: a name may stand in it twice.
    var isMixed = false
    /// How many counts may stand in it before they are consolidated, and names of how many bytes.
    var sectionLimit = 2 * NameRanking.capacity
    var clientLimit = 2 * NameRanking.capacity
    var sectionByteLimit = 2 * NameRanking.byteCapacity
    var clientByteLimit = 2 * NameRanking.byteCapacity

    var isOverfull: Bool {
      figures.sections.count > sectionLimit || figures.clients.count > clientLimit
        || figures.sectionBytes > sectionByteLimit || figures.clientBytes > clientByteLimit
    }
  }

  private var seconds: [Open] = []
  /// The place of the second that the last hit went to: the next one mostly goes there too.
  private var recent = 0
  private var nextSerial: UInt32 = 1
  // For each name, the second that last counted it (serial, high half) and where (low half). Where
  // hits alternate between seconds a name may be entered twice in one; closing adds them up.
  private var sectionPlaces: [UInt64] = []
  private var clientPlaces: [UInt64] = []

  /// The memory that it takes, in bytes, without the few seconds themselves.
  var footprint: Int {
    (sectionPlaces.count + clientPlaces.count) * MemoryLayout<UInt64>.stride
  }

  var isEmpty: Bool { seconds.isEmpty }
  var first: EpochSecond? { seconds.first?.figures.second }

  @inline(__always)
  mutating func add(_ hit: Hit, names: NameTables) {
    if recent >= seconds.count || seconds[recent].figures.second != hit.time { find(hit.time) }
    // Renumbering keeps few places, so that a number may lie far beyond them.
    if sectionPlaces.count <= hit.section.index {
      sectionPlaces.append(contentsOf: repeatElement(0, count: hit.section.index / 4 + 1024))
    }
    if clientPlaces.count <= hit.client.index {
      clientPlaces.append(contentsOf: repeatElement(0, count: hit.client.index / 4 + 1024))
    }
    let serial = seconds[recent].serial
    seconds[recent].figures.traffic.add(hit)
    var isNew = false
    if Self.count(
      hit.section, hit, serial, &sectionPlaces[hit.section.index],
      in: &seconds[recent].figures.sections)
    {
      seconds[recent].figures.sectionBytes &+= names.sections.length(of: hit.section)
      isNew = true
    }
    if Self.count(
      hit.client, hit, serial, &clientPlaces[hit.client.index],
      in: &seconds[recent].figures.clients)
    {
      seconds[recent].figures.clientBytes &+= names.clients.length(of: hit.client)
      isNew = true
    }
    if isNew, seconds[recent].isOverfull { shrink(names) }
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

  /// Takes out the earliest second.
  mutating func removeFirst(_ names: NameTables) -> SecondFigures {
    recent = max(0, recent - 1)
    var first = seconds.removeFirst()
    first.figures.consolidate(names, namesRepeat: first.isMixed)
    return first.figures
  }

  /// Makes the second of that time the recent one.
  private mutating func find(_ time: EpochSecond) {
    var place = seconds.count
    while place > 0, seconds[place - 1].figures.second > time { place -= 1 }
    if place > 0, seconds[place - 1].figures.second == time {
      recent = place - 1
      seconds[recent].isMixed = true
      return
    }
    seconds.insert(Open(figures: SecondFigures(second: time), serial: takeSerial()), at: place)
    recent = place
  }

  private mutating func takeSerial() -> UInt32 {
    if nextSerial == .max {
      // Once in four billion seconds: forget all places.
      nextSerial = 1
      sectionPlaces = []
      clientPlaces = []
      for index in seconds.indices {
        seconds[index].serial = nextSerial
        seconds[index].isMixed = true
        nextSerial += 1
      }
    }
    defer { nextSerial += 1 }
    return nextSerial
  }

  /// Too many counts in one second: makes every name stand once, and drops the rarest.
  private mutating func shrink(_ names: NameTables) {
    seconds[recent].figures.consolidate(names, namesRepeat: true)
    // The places are no longer right.
    seconds[recent].serial = takeSerial()
    seconds[recent].isMixed = true
    seconds[recent].sectionLimit =
      seconds[recent].figures.sections.count + 2 * NameRanking.capacity
    seconds[recent].clientLimit = seconds[recent].figures.clients.count + 2 * NameRanking.capacity
    seconds[recent].sectionByteLimit =
      seconds[recent].figures.sectionBytes + 2 * NameRanking.byteCapacity
    seconds[recent].clientByteLimit =
      seconds[recent].figures.clientBytes + 2 * NameRanking.byteCapacity
  }
}

extension Traffic {
  @inline(__always)
  mutating func add(_ hit: Hit) {
    hits &+= 1
    bytes = bytes.addingSaturated(hit.bytes)
    status[hit.status] &+= 1
    if let method = hit.method { methods[method] &+= 1 }
  }
}

extension OpenSeconds {
  func mark(_ marks: inout NameMarks) {
    for open in seconds { marks.add(open.figures) }
  }

  /// Takes over new numbers for the names. Which second last counted each name, and where, stays
  /// known: when names are numbered anew depends on how the log is read, and must not show.
  mutating func renumber(_ numbers: NameNumbers) {
    let (sectionsBefore, clientsBefore) = (sectionPlaces, clientPlaces)
    sectionPlaces = []
    clientPlaces = []
    for index in seconds.indices {
      let serial = seconds[index].serial
      Self.keepPlaces(
        of: seconds[index].figures.sections, serial, sectionsBefore, in: &sectionPlaces,
        numbers.sections)
      Self.keepPlaces(
        of: seconds[index].figures.clients, serial, clientsBefore, in: &clientPlaces,
        numbers.clients)
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
