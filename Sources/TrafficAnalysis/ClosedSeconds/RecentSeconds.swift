import AccessLog

/// The closed seconds of the last hour with their names. The windows of the tables are summed from
/// them on demand.
struct RecentSeconds: Sendable {
  /// The longest window, in seconds.
  static let span: Int64 = 3600
  /// The number of name counts kept per dimension; beyond it the oldest seconds are dropped.
  static let capacity = 200_000
  /// The total length of those names in bytes, limited likewise.
  static let byteCapacity = 16 << 20
  /// Seconds per chunk. Copies of the value share a chunk until it changes.
  private static let chunkLength = 64

  private var chunks: [ClosedSeconds] = []
  /// The number of dropped seconds at the start of the first chunk.
  private var dropped = 0
  private var count = 0
  private var counts = PerDimension(repeating: 0)
  private var bytes = PerDimension(repeating: 0)
  /// The latest second that was dropped although it was within the span.
  private var droppedThrough: EpochSecond?

  /// Adds a second and drops those that are too old or too many.
  ///
  /// - Complexity: O(names of the second), amortized
  mutating func add(_ second: SecondView, _ tables: NameTables) {
    if chunks.last.map({ $0.heads.count >= Self.chunkLength }) ?? true {
      chunks.append(ClosedSeconds())
    }
    chunks[chunks.count - 1].append(second, tables)
    count += 1
    let head = chunks[chunks.count - 1].heads[chunks[chunks.count - 1].heads.count - 1]
    Dimension.each { dimension in
      let names = head.names[dimension]
      counts.modify(dimension) { $0 += Int(names.count) }
      bytes.modify(dimension) { $0 += names.bytes }
    }
    while count > 1 {
      let first = chunks[0].heads[dropped].second
      guard isOverfull || second.second.seconds(since: first) >= Self.span else { break }
      if second.second.seconds(since: first) < Self.span { droppedThrough = first }
      removeOldest()
    }
  }

  private var isOverfull: Bool {
    counts.reduce(0, max) > Self.capacity || bytes.reduce(0, max) > Self.byteCapacity
  }

  private mutating func removeOldest() {
    Dimension.each { dimension in
      let names = chunks[0].heads[dropped].names[dimension]
      counts.modify(dimension) { $0 -= Int(names.count) }
      bytes.modify(dimension) { $0 -= names.bytes }
    }
    count -= 1
    dropped += 1
    if dropped == chunks[0].heads.count {
      chunks.removeFirst()
      dropped = 0
    }
  }

  /// Sums the seconds after `start`.
  ///
  /// - Complexity: O(names in those seconds)
  func sum(
    after start: EpochSecond, _ names: NameTables
  ) -> (traffic: Traffic, rankings: PerDimension<NameRanking>) {
    var traffic = Traffic()
    var rankings = PerDimension<NameRanking>()
    for chunkIndex in chunks.indices.reversed() {
      let first = chunkIndex == 0 ? dropped : 0
      for index in (first..<chunks[chunkIndex].heads.count).reversed() {
        guard chunks[chunkIndex].heads[index].second > start else { return (traffic, rankings) }
        chunks[chunkIndex].withSecond(at: index) { second in
          second.add(to: &traffic)
          rankings.add(second, names)
        }
      }
    }
    return (traffic, rankings)
  }

  /// The number of seconds up to `second` for which names are kept; `nil` if that is the whole
  /// window.
  func coverage(from second: EpochSecond, window: Int64) -> Int64? {
    guard let droppedThrough else { return nil }
    let coverage = second.seconds(since: droppedThrough)
    return coverage < window ? coverage : nil
  }

  var footprint: Footprint.Shared {
    var shared = Footprint.Shared()
    shared.bytes =
      count * MemoryLayout<ClosedSeconds.Head>.stride
      + counts.reduce(0, +) * MemoryLayout<NameCount>.stride
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
