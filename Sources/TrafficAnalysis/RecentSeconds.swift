import AccessLog

/// The closed seconds of the last hour with their names, from which the tables' windows are summed
/// when they are looked at.
struct RecentSeconds: Sendable {
  /// The longest window, in seconds.
  static let span: Int64 = 3600
  /// Counts of names kept in all, per dimension; past it the oldest seconds lose theirs.
  static let capacity = 200_000
  /// Bytes of those names, likewise.
  static let byteCapacity = 16 << 20

  private var seconds: [SecondFigures] = []
  private var oldest = 0
  private var sectionCounts = 0
  private var clientCounts = 0
  private var sectionBytes = 0
  private var clientBytes = 0
  /// The newest second that had to go before its time.
  private var forgottenThrough: EpochSecond?

  mutating func add(_ figures: SecondFigures) {
    seconds.append(figures)
    sectionCounts += figures.sections.count
    clientCounts += figures.clients.count
    sectionBytes += figures.sectionBytes
    clientBytes += figures.clientBytes
    while oldest < seconds.count - 1 {
      let first = seconds[oldest].second
      let isTooMuch =
        max(sectionCounts, clientCounts) > Self.capacity
        || max(sectionBytes, clientBytes) > Self.byteCapacity
      guard isTooMuch || figures.second.seconds(since: first) >= Self.span else { break }
      if figures.second.seconds(since: first) < Self.span { forgottenThrough = first }
      removeOldest()
    }
    if oldest > 256, oldest * 2 > seconds.count {
      seconds.removeFirst(oldest)
      oldest = 0
    }
  }

  private mutating func removeOldest() {
    sectionCounts -= seconds[oldest].sections.count
    clientCounts -= seconds[oldest].clients.count
    sectionBytes -= seconds[oldest].sectionBytes
    clientBytes -= seconds[oldest].clientBytes
    seconds[oldest] = SecondFigures(second: seconds[oldest].second)
    oldest += 1
  }

  /// Sums the seconds after `start`.
  ///
  /// - Complexity: O(names in those seconds).
  func sum(
    after start: EpochSecond, _ names: NameTables
  ) -> (traffic: Traffic, sections: NameRanking, clients: NameRanking) {
    var traffic = Traffic()
    var sections = NameRanking()
    var clients = NameRanking()
    for figures in seconds[oldest...].reversed() {
      guard figures.second > start else { break }
      traffic += figures.traffic
      sections.add(figures.sections, bound: figures.sectionBound, names: names.sections)
      clients.add(figures.clients, bound: figures.clientBound, names: names.clients)
    }
    return (traffic, sections, clients)
  }

  /// How far back from `second` names reach, where that is less than `window`.
  func reach(from second: EpochSecond, window: Int64) -> Int64? {
    guard let forgottenThrough else { return nil }
    let reach = second.seconds(since: forgottenThrough)
    return reach < window ? reach : nil
  }

  var footprint: Footprint {
    var footprint = Footprint()
    footprint.own = seconds.count * MemoryLayout<SecondFigures>.stride
    footprint.recent = (sectionCounts + clientCounts) * MemoryLayout<NameCount>.stride
    if let last = seconds.last?.second {
      footprint.recentSeconds = last.seconds(since: seconds[oldest].second) + 1
    }
    return footprint
  }

  func mark(_ marks: inout NameMarks) {
    for figures in seconds[oldest...] { marks.add(figures) }
  }

  mutating func renumber(_ numbers: NameNumbers) {
    for index in oldest..<seconds.count { seconds[index].renumber(numbers) }
  }
}
