import AccessLog

/// The closed seconds of the last two hours with their names. The windows of the tables, and the
/// windows of up to an hour before them, are summed from them on demand.
struct RecentSeconds: Sendable {
  /// The number of seconds kept: twice the longest window.
  static let span: Int64 = 7200
  /// The number of name counts kept per dimension; beyond it the oldest seconds are dropped.
  static let capacity = 200_000
  /// The total length of those names in bytes, limited likewise.
  static let byteCapacity = 16 << 20
  /// The number of latency counts kept in all, limited likewise.
  static let latencyCapacity = 1 << 20
  /// Seconds per chunk. Copies of the value share a chunk until it changes.
  private static let chunkLength = 64
  /// Name counts after which a new chunk begins, so that a copied chunk is never large.
  private static let chunkCounts = capacity / 16

  private var chunks: [ClosedSeconds] = []
  /// The number of dropped seconds at the start of the first chunk.
  private var dropped = 0
  private var count = 0
  private var counts: PerDimension<Int>
  private var bytes: PerDimension<Int>
  /// The number of latency counts of all dimensions.
  private var latencyCounts = 0
  /// The latest second that was dropped.
  private var droppedThrough: EpochSecond?

  /// - Parameter ranked: the dimensions in which seconds have names.
  init(_ ranked: DimensionSet = []) {
    counts = PerDimension(ranked, repeating: 0)
    bytes = PerDimension(ranked, repeating: 0)
  }

  /// Adds a second and drops those that are too old or too many.
  ///
  /// - Complexity: O(names of the second), amortized
  mutating func add(_ second: SecondView, _ tables: NameTables) {
    let isFull = chunks.last.map {
      $0.heads.count >= Self.chunkLength || $0.countOfCounts >= Self.chunkCounts
    }
    if isFull ?? true {
      chunks.append(ClosedSeconds())
    }
    chunks[chunks.count - 1].append(second, tables)
    count += 1
    count(chunk: chunks.count - 1, second: chunks[chunks.count - 1].heads.count - 1, sign: 1)
    while count > 1 {
      let first = chunks[0].heads[dropped].second
      guard isOverfull || second.second.seconds(since: first) >= Self.span else { break }
      droppedThrough = first
      removeOldest()
    }
  }

  private var isOverfull: Bool {
    counts.reduce(0, max) > Self.capacity || bytes.reduce(0, max) > Self.byteCapacity
      || latencyCounts > Self.latencyCapacity
  }

  /// Counts the names of a second as kept, or with a sign of -1 as no longer kept.
  private mutating func count(chunk: Int, second: Int, sign: Int) {
    Dimension.each(withOthers: counts.hasOthers) { dimension in
      let names = chunks[chunk].names(at: second, dimension)
      counts.modify(dimension) { $0 += sign * Int(names.count) }
      bytes.modify(dimension) { $0 += sign * Int(names.bytes) }
    }
    latencyCounts += sign * (chunks[chunk].details(at: second)?.latencies?.count ?? 0)
  }

  private mutating func removeOldest() {
    count(chunk: 0, second: dropped, sign: -1)
    count -= 1
    dropped += 1
    if dropped == chunks[0].heads.count {
      chunks.removeFirst()
      dropped = 0
    }
  }

  /// Begins with a second: the names of those before it are not known.
  mutating func begin(at second: EpochSecond) { droppedThrough = second.advanced(by: -1) }

  /// Whether the names of every second after `start` are kept.
  func isComplete(after start: EpochSecond) -> Bool {
    droppedThrough.map { $0 <= start } ?? true
  }

  /// The first second after which none is missing; `nil` if none was dropped.
  var firstComplete: EpochSecond? { droppedThrough?.advanced(by: 1) }

  /// The number of seconds up to `second` for which names are kept; `nil` if that is the whole
  /// window.
  func coverage(from second: EpochSecond, window: Int64) -> Int64? {
    guard let droppedThrough else { return nil }
    let coverage = second.seconds(since: droppedThrough)
    return coverage < window ? coverage : nil
  }

  /// Calls the body with every second of a span that has hits and is kept, in order.
  ///
  /// - Complexity: O(log seconds + seconds of the span)
  func forEach(in span: SecondSpan, _ body: (SecondView) -> Void) {
    let first = chunks.partitionPoint { $0.heads[$0.heads.count - 1].second > span.start }
    for index in first..<chunks.count {
      let heads = chunks[index].heads
      let kept = index == 0 ? dropped : 0
      let start = heads.partitionPoint { $0.second > span.start }
      for place in max(kept, start)..<heads.count {
        guard heads[place].second <= span.end else { return }
        chunks[index].withSecond(at: place, body)
      }
    }
  }

  /// The totals of a span, and the hits by name in some dimensions.
  ///
  /// - Complexity: O(names in those seconds)
  func sum(
    in span: SecondSpan, of dimensions: PerDimension<Bool>, _ names: NameTables
  ) -> WindowSum {
    var sum = WindowSum(
      rankings: PerDimension(withOthers: dimensions.hasOthers) { _ in NameRanking() })
    forEach(in: span) { second in
      second.add(to: &sum.traffic)
      Dimension.each(withOthers: dimensions.hasOthers) { dimension in
        if dimensions[dimension] { sum.rankings.add(second, dimension, names) }
      }
      guard let latencies = second.latencies else { return }
      if sum.latencies == nil { sum.latencies = LatencyTally(like: dimensions) }
      sum.latencies?.add(latencies, of: dimensions, names)
    }
    return sum
  }

  var footprint: Footprint.Shared {
    var shared = Footprint.Shared()
    shared.bytes =
      count * MemoryLayout<ClosedSeconds.Head>.stride
      + counts.reduce(0, +) * MemoryLayout<NameCount>.stride
      + latencyCounts * MemoryLayout<LatencyCount>.stride
    if let first = chunks.first?.heads[dropped].second, let last = chunks.last?.heads.last?.second {
      shared.seconds = last.seconds(since: first) + 1
    }
    return shared
  }

  func markNames(_ marks: inout NameMarks) {
    for (chunkIndex, chunk) in chunks.enumerated() {
      for second in (chunkIndex == 0 ? dropped : 0)..<chunk.heads.count {
        chunk.markNames(&marks, at: second)
      }
    }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for chunkIndex in chunks.indices {
      for second in (chunkIndex == 0 ? dropped : 0)..<chunks[chunkIndex].heads.count {
        chunks[chunkIndex].renumber(newIDs, at: second)
      }
    }
  }
}

/// The figures of a span of seconds.
struct WindowSum: Sendable {
  var traffic = Traffic()
  var rankings: PerDimension<NameRanking>
  /// `nil` if no hit has a latency.
  var latencies: LatencyTally?
}
