import AccessLog

/// The figures of some seconds with a hit, one behind the other in memory of their own, so that a
/// second costs no allocation.
struct ClosedSeconds: Sendable {
  /// A second, and where its names lie among those of all.
  struct Head: Sendable {
    var second: EpochSecond
    var traffic: Traffic
    var names: PerDimension<Names>
  }

  /// The names of one dimension in one second.
  struct Names: Sendable {
    /// Where its counts lie among those of all seconds.
    var first: Int32
    var count: Int32
    /// No name that was dropped from this second had more hits.
    var bound: Int
    /// Bytes of the names.
    var bytes: Int
  }

  private(set) var heads: [Head] = []
  /// Second by second, and in each dimension by dimension.
  private var counts: [NameCount] = []

  /// Counts of names, of all seconds and dimensions.
  var countOfNames: Int { counts.count }

  mutating func removeAll() {
    heads.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
  }

  /// Adds a second.
  mutating func append(_ figures: SecondFigures) {
    let names = figures.names.map { names in
      add(bytes: names.bytes, bound: names.bound) { $0.append(contentsOf: names.counts) }
    }
    heads.append(Head(second: figures.second, traffic: figures.traffic, names: names))
  }

  /// Adds a second of another store.
  mutating func append(_ second: SecondView) {
    let names = PerDimension<Names> { dimension in
      add(bytes: second.names[dimension].bytes, bound: second.names[dimension].bound) {
        // Mostly few: one by one costs less than making room first.
        for count in second.counts(in: dimension) { $0.append(count) }
      }
    }
    heads.append(Head(second: second.second, traffic: second.traffic, names: names))
  }

  /// Adds a second with few hits.
  ///
  /// - Complexity: O(hits²)
  mutating func append(_ second: EpochSecond, few hits: [Hit], _ tables: NameTables) {
    var traffic = Traffic()
    for hit in hits { traffic.add(hit) }
    let names = PerDimension<Names> { dimension in
      var bytes = 0
      var names = add(bytes: 0, bound: 0) { counts in
        let first = counts.count
        for hit in hits {
          let id = hit.names[dimension]
          if let place = counts[first...].firstIndex(where: { $0.id == id }) {
            counts[place].add(status: hit.status, bytes: hit.bytes)
          } else {
            counts.append(NameCount(id: id, status: hit.status, bytes: hit.bytes))
            bytes += tables.with(dimension) { $0.length(of: id) }
          }
        }
      }
      names.bytes = bytes
      return names
    }
    heads.append(Head(second: second, traffic: traffic, names: names))
  }

  @inline(__always)
  private mutating func add(
    bytes: Int, bound: Int, _ appendCounts: (inout [NameCount]) -> Void
  ) -> Names {
    let first = counts.count
    appendCounts(&counts)
    return Names(
      first: Int32(first), count: Int32(counts.count - first), bound: bound, bytes: bytes)
  }

  /// Hands on one second where it lies.
  @inline(__always)
  func withSecond<Result>(at index: Int, _ body: (SecondView) -> Result) -> Result {
    heads.withUnsafeBufferPointer { heads in
      counts.withUnsafeBufferPointer { counts in
        precondition(index >= 0 && index < heads.count)
        return body(SecondView(head: heads.baseAddress! + index, counts: counts))
      }
    }
  }
}

/// A second of a store, valid only as long as it is handed on.
struct SecondView {
  private let head: UnsafePointer<ClosedSeconds.Head>
  private let allCounts: UnsafeBufferPointer<NameCount>

  @inline(__always)
  fileprivate init(
    head: UnsafePointer<ClosedSeconds.Head>, counts: UnsafeBufferPointer<NameCount>
  ) {
    self.head = head
    allCounts = counts
  }

  var second: EpochSecond { head.pointee.second }

  var traffic: Traffic {
    @inline(__always) get { head.pointee.traffic }
  }

  var names: PerDimension<ClosedSeconds.Names> {
    @inline(__always) get { head.pointee.names }
  }

  /// The names of a dimension, each once.
  @inline(__always)
  func counts(in dimension: Dimension) -> UnsafeBufferPointer<NameCount> {
    let names = head.pointee.names[dimension]
    let first = Int(names.first)
    return UnsafeBufferPointer(rebasing: allCounts[first..<first + Int(names.count)])
  }
}

extension ClosedSeconds {
  func mark(_ marks: inout NameMarks, from first: Int) {
    guard first < heads.count else { return }
    for index in first..<heads.count {
      withSecond(at: index) { second in
        Dimension.each { dimension in
          for count in second.counts(in: dimension) { marks[dimension][count.id.index] = true }
        }
      }
    }
  }

  /// Takes over new numbers for the names of the seconds from `first` on.
  mutating func renumber(_ numbers: NameNumbers, from first: Int) {
    guard first < heads.count else { return }
    for head in heads[first...] {
      Dimension.each { dimension in
        let names = head.names[dimension]
        for index in Int(names.first)..<Int(names.first + names.count) {
          counts[index].id = numbers[dimension][counts[index].id.index]
        }
      }
    }
  }
}
