import AccessLog

/// The seconds that lines may still come for, in order, with what has come so far.
///
/// The first hits of a second are kept as they are, and counted when it closes: on a sparse log there
/// are no more, and with a great lateness a great many seconds are open. A second with more hits is
/// counted as they come.
struct OpenSeconds: Sendable {
  /// How many hits of a second are kept as they are.
  private static let fewHits = 8

  private struct Open: Sendable {
    var second: EpochSecond
    /// The first hit, and the others while they are few. Mostly there are none: an array costs more.
    var first: Hit?
    var others: [Hit] = []
    /// Where in `busy` the figures are, once there are more; -1 before.
    var busyPlace = -1
  }

  /// Where each open second lies in `seconds`.
  private var index = SecondIndex()
  /// Seconds never move while they are open; those that `free` names are not in use.
  private var seconds: [Open] = []
  private var free: [Int] = []
  /// The place of the second that the last hit went to: the next one mostly goes there too.
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
    if recent < 0 || seconds[recent].second != hit.time { find(hit.time) }
    let place = seconds[recent].busyPlace
    if place >= 0 {
      busy.add(hit, at: place, names)
    } else {
      addToFew(hit, names)
    }
  }

  private mutating func addToFew(_ hit: Hit, _ names: NameTables) {
    guard let first = seconds[recent].first else {
      seconds[recent].first = hit
      return
    }
    seconds[recent].others.append(hit)
    guard seconds[recent].others.count >= Self.fewHits else { return }
    let place = busy.begin(hit.time)
    busy.add(first, at: place, names)
    for hit in seconds[recent].others { busy.add(hit, at: place, names) }
    seconds[recent].first = nil
    seconds[recent].others = []
    seconds[recent].busyPlace = place
  }

  /// Makes the second of that time the recent one.
  private mutating func find(_ time: EpochSecond) {
    if let place = index.number(of: time) {
      recent = place
      busy.comeBack(to: seconds[place].busyPlace)
      return
    }
    if let place = free.popLast() {
      seconds[place].second = time
      recent = place
    } else {
      seconds.append(Open(second: time))
      recent = seconds.count - 1
    }
    index.insert(time, number: recent)
  }

  /// Takes out the earliest second, and adds its hits to those that are closed.
  ///
  /// - Returns: the second, and where its hits are now.
  mutating func removeFirst(
    into closed: inout ClosedHits, _ names: NameTables
  ) -> (EpochSecond, ClosedPlace) {
    let place = index.removeFirst()
    free.append(place)
    if recent == place { recent = -1 }
    let second = seconds[place].second
    let busyPlace = seconds[place].busyPlace
    if busyPlace >= 0 {
      seconds[place].busyPlace = -1
      closed.figures.append(busy.end(busyPlace, names))
      return (second, .figures(Int32(closed.figures.heads.count - 1)))
    }
    let start = closed.hits.count
    if let first = seconds[place].first { closed.hits.append(first) }
    seconds[place].first = nil
    if !seconds[place].others.isEmpty {
      closed.hits += seconds[place].others
      // Keeps its room for the next second that lies here.
      seconds[place].others.removeAll(keepingCapacity: true)
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
  func mark(_ marks: inout NameMarks) {
    for second in seconds {
      if let first = second.first { marks.add(first) }
      for hit in second.others { marks.add(hit) }
    }
    busy.mark(&marks)
  }

  mutating func renumber(_ numbers: NameNumbers) {
    for place in seconds.indices {
      seconds[place].first?.renumber(numbers)
      for index in seconds[place].others.indices {
        seconds[place].others[index].renumber(numbers)
      }
    }
    busy.renumber(numbers)
  }
}
