import AccessLog

/// The hits by name, in the common dimensions, of the closed seconds that are compared when an alert
/// triggers.
///
/// They are kept in every output mode, so that an alert has the same changes in all of them. A name
/// takes eight bytes a second, a third of what it takes in `RecentSeconds`.
struct RecentHits: Sendable {
  /// The number of counts kept per dimension, give or take a chunk. Beyond it the oldest chunks are
  /// dropped.
  static let capacity = 1 << 20
  /// The number of names kept per dimension, limited likewise.
  static let nameCapacity = NameRanking.capacity
  /// The total length of those names in bytes, limited likewise.
  static let nameByteCapacity = NameRanking.byteCapacity

  /// The number of seconds before the last one that must be kept.
  private let span: Int64
  private(set) var chunks: [Chunk] = []
  /// In how many counts of all chunks but the last each name occurs. Not counted before there are
  /// more names than are kept, in the whole log: most logs never have so many.
  private var uses: PerDimension<NameUses>?
  /// The number of counts in all chunks but the last.
  private var counts = PerDimension(repeating: 0)
  /// The last second that was dropped.
  private(set) var droppedThrough: EpochSecond?

  /// - Parameter window: the longest window of a rule in seconds.
  init(window: Int64) {
    span = window.addingSaturated(NameChange.comparedSeconds)
  }

  /// Adds a second and drops chunks that are too old or too many.
  ///
  /// - Complexity: O(names of the second), amortized
  mutating func add(_ second: SecondView, _ tables: NameTables) {
    beginChunkIfFull(at: second.second, tables)
    chunks.withUnsafeMutableBufferPointer { $0[$0.count - 1].append(second, tables) }
  }

  /// Adds the seconds of a run, like one after the other.
  ///
  /// - Complexity: O(hits of the run), amortized
  mutating func add(_ run: SecondRun, _ tables: NameTables) {
    var rest = run
    while !rest.isEmpty {
      beginChunkIfFull(at: rest.first, tables)
      let added = chunks.withUnsafeMutableBufferPointer { $0[$0.count - 1].append(rest, tables) }
      rest = rest.dropFirst(added)
    }
  }

  private mutating func beginChunkIfFull(at second: EpochSecond, _ tables: NameTables) {
    // Elements are accessed by index: a copy of one has references to count.
    guard chunks.isEmpty || chunks[chunks.count - 1].isFull else { return }
    beginChunk(tables)
    dropChunks(now: second, tables)
  }

  private mutating func beginChunk(_ tables: NameTables) {
    if let last = chunks.last {
      Dimension.eachCommon { dimension in
        let added = last.counts.with(dimension) { $0.count }
        counts.modify(dimension) { $0 += added }
      }
      if uses != nil {
        countUses(of: last, tables)
      } else if tables.mostNames > Self.nameCapacity || tables.mostBytes > Self.nameByteCapacity {
        uses = PerDimension(repeating: NameUses())
        for chunk in chunks { countUses(of: chunk, tables) }
      }
    }
    chunks.append(Chunk(like: chunks.last))
  }

  private mutating func countUses(of chunk: Chunk, _ tables: NameTables) {
    Dimension.eachCommon { dimension in
      uses?.modify(dimension) { uses in
        tables.with(dimension) { uses.add(chunk.counts[dimension], $0) }
      }
    }
  }

  private mutating func dropChunks(now: EpochSecond, _ tables: NameTables) {
    let oldest = now.advanced(by: -span)
    // The empty last chunk stays.
    while chunks.count > 1, let last = chunks[0].seconds.last, last <= oldest || isOverfull {
      droppedThrough = last
      Dimension.eachCommon { dimension in
        let dropped = chunks[0].counts[dimension]
        counts.modify(dimension) { $0 -= dropped.count }
        uses?.modify(dimension) { uses in
          tables.with(dimension) { uses.remove(dropped, $0) }
        }
      }
      chunks.removeFirst()
    }
  }

  private var isOverfull: Bool {
    counts.reduce(0, max) > Self.capacity
      || uses?.reduce(false) { $0 || $1.isOverfull } ?? false
  }
}

// MARK: - Names

extension RecentHits {
  func markNames(_ marks: inout NameMarks) {
    for chunk in chunks {
      Dimension.eachCommon { dimension in
        for count in chunk.counts[dimension] { marks[dimension][count.id.index] = true }
      }
    }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for index in chunks.indices {
      Dimension.eachCommon { dimension in
        chunks[index].counts.modify(dimension) { counts in
          for place in counts.indices {
            counts[place].id = newIDs[dimension][counts[place].id.index]
          }
        }
      }
    }
    Dimension.eachCommon { dimension in
      uses?[dimension].recount(chunks.dropLast().map { $0.counts[dimension] })
    }
  }

  /// The memory that copies share for the seconds that they have in common.
  var footprint: Footprint.Shared {
    var shared = Footprint.Shared()
    for chunk in chunks {
      shared.bytes += chunk.counts.reduce(0) { $0 + $1.count } * MemoryLayout<Count>.stride
      shared.bytes += chunk.seconds.count * Chunk.secondStride
    }
    if let first = chunks.first?.seconds.first, let last = chunks.last?.seconds.last {
      shared.seconds = last.seconds(since: first) + 1
    }
    return shared
  }

  /// The memory that copies do not share.
  var ownFootprint: Int { uses?.reduce(0) { $0 + $1.footprint } ?? 0 }
}

/// In how many counts each name occurs.
private struct NameUses: Sendable {
  /// By name ID.
  private var uses: [UInt32] = []
  private var names = 0
  /// The total length of the names in bytes.
  private var bytes = 0

  var isOverfull: Bool {
    names > RecentHits.nameCapacity || bytes > RecentHits.nameByteCapacity
  }

  var footprint: Int { uses.count * MemoryLayout<UInt32>.stride }

  /// - Complexity: O(counts), amortized
  mutating func add(_ added: [RecentHits.Count], _ table: borrowing NameTable) {
    if uses.count < table.count {
      uses.append(
        contentsOf: repeatElement(0, count: table.count + table.count / 4 - uses.count))
    }
    for count in added {
      uses[count.id.index] &+= 1
      guard uses[count.id.index] == 1 else { continue }
      names += 1
      bytes += table.length(of: count.id)
    }
  }

  mutating func remove(_ removed: [RecentHits.Count], _ table: borrowing NameTable) {
    for count in removed {
      uses[count.id.index] &-= 1
      guard uses[count.id.index] == 0 else { continue }
      names -= 1
      bytes -= table.length(of: count.id)
    }
  }

  /// Counts the same names by their new IDs.
  mutating func recount(_ chunks: [[RecentHits.Count]]) {
    let greatest = chunks.joined().reduce(-1) { max($0, $1.id.index) }
    uses = [UInt32](repeating: 0, count: greatest + 1)
    for count in chunks.joined() { uses[count.id.index] &+= 1 }
  }
}
