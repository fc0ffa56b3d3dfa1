import AccessLog

/// The figures of one second: the seam at which everything joins. Adding two of the same second, in
/// any order, gives that of both; workers, files and one day servers meet here.
package struct SecondFigures: Sendable {
  package let second: EpochSecond
  package var traffic = Traffic()
  /// A name may stand in it more than once until `consolidate`.
  var sections: [NameCount] = []
  var clients: [NameCount] = []
  /// Bytes of their names, each as often as it stands there.
  var sectionBytes = 0
  var clientBytes = 0
  /// No name that was dropped from this second had more hits.
  var sectionBound = 0
  var clientBound = 0

  init(second: EpochSecond) {
    self.second = second
  }

  /// Makes every name stand once, and drops the rarest where there are too many.
  ///
  /// - Parameter namesRepeat: whether a name may stand in it more than once.
  mutating func consolidate(_ names: NameTables, namesRepeat: Bool = true) {
    guard namesRepeat || isOverfull else { return }
    sectionBound += Self.consolidate(&sections, &sectionBytes, names.sections)
    clientBound += Self.consolidate(&clients, &clientBytes, names.clients)
  }

  private var isOverfull: Bool {
    max(sections.count, clients.count) > NameRanking.capacity
      || max(sectionBytes, clientBytes) > NameRanking.byteCapacity
  }

  private static func consolidate(
    _ counts: inout [NameCount], _ bytes: inout Int, _ names: NameTable
  ) -> Int {
    guard counts.count > 1 else { return 0 }
    counts.sort { $0.id.value < $1.id.value }
    var last = 0
    for index in 1..<counts.count {
      if counts[index].id == counts[last].id {
        counts[last].add(counts[index])
      } else {
        last += 1
        counts[last] = counts[index]
      }
    }
    counts.removeSubrange((last + 1)...)
    guard counts.count > NameRanking.capacity || bytes > NameRanking.byteCapacity else { return 0 }
    counts.sort {
      $0.hits != $1.hits ? $0.hits > $1.hits : names.isBefore($0.id, $1.id)
    }
    let kept = names.fitting(counts.lazy.map(\.id))
    bytes = kept.bytes
    guard kept.count < counts.count else { return 0 }
    let bound = Int(counts[kept.count].hits)
    counts.removeSubrange(kept.count...)
    return bound
  }
}

extension SecondFigures {
  /// Counts one of few hits: every name stands once.
  ///
  /// - Complexity: O(names).
  mutating func add(few hit: Hit, _ names: NameTables) {
    traffic.add(hit)
    if let place = sections.firstIndex(where: { $0.id == hit.section }) {
      sections[place].add(status: hit.status, bytes: hit.bytes)
    } else {
      sections.append(NameCount(id: hit.section, status: hit.status, bytes: hit.bytes))
      sectionBytes += names.sections.length(of: hit.section)
    }
    if let place = clients.firstIndex(where: { $0.id == hit.client }) {
      clients[place].add(status: hit.status, bytes: hit.bytes)
    } else {
      clients.append(NameCount(id: hit.client, status: hit.status, bytes: hit.bytes))
      clientBytes += names.clients.length(of: hit.client)
    }
  }

  /// Counts a hit that came after its second had closed.
  mutating func add(late hit: Hit, _ names: NameTables) {
    traffic.add(hit)
    sections.append(NameCount(id: hit.section, status: hit.status, bytes: hit.bytes))
    clients.append(NameCount(id: hit.client, status: hit.status, bytes: hit.bytes))
    sectionBytes += names.sections.length(of: hit.section)
    clientBytes += names.clients.length(of: hit.client)
    if sections.count > 4 * NameRanking.capacity
      || max(sectionBytes, clientBytes) > 4 * NameRanking.byteCapacity
    {
      consolidate(names)
    }
  }
}

/// What closing brought: time went on to `through`, over empty seconds and at most one with hits.
struct Closing: Sendable {
  /// The last second that closed with it.
  var through: EpochSecond
  /// The hits of `through`, where it had any.
  var figures: SecondFigures?
  /// What became of the lines read since the closing before.
  var news = LineNews()
}

/// Lines that were read, and hits that came too late for their second.
struct LineNews: Sendable {
  var tally = LineTally()
  /// Times of the earliest and the latest hit.
  var first: EpochSecond?
  var last: EpochSecond?
  /// Late hits, all together; the second in it means nothing.
  var late = Rare<SecondFigures>()
  /// How late they were.
  var lateness = Rare<LatenessAdvisor>()
  /// How far the source is ahead of the wall clock by now, where no record of it ever was not.
  var leadOfWholeSource: Int64?

  mutating func observe(_ time: EpochSecond) {
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }
}
