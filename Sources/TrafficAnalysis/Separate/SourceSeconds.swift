import AccessLog

/// The last closed seconds of every source, each by itself, so that one of them can be shown alone.
///
/// The sources share a limit of memory, beyond which the oldest seconds of all are dropped. Seconds are
/// added in order: those of every source are complete from the same second on.
struct SourceSeconds: Sendable {
  /// The number of chunks that fill the memory. Copies of the value share those that have not changed.
  private static let chunkCount = 64

  fileprivate struct Entry: Sendable {
    var second: EpochSecond
    var source: Int32
    var location: HitLocation
  }

  /// Consecutive seconds.
  fileprivate struct Chunk: Sendable {
    var hits = ClosedHits()
    var entries: [Entry] = []
    /// The late hits that were counted meanwhile.
    var late: [(source: Int32, figures: SecondFigures)] = []
    /// In bytes, with the names.
    var size = 0
  }

  private let capacity: Int
  private var chunks: [Chunk] = []
  private var size = 0
  /// The last second of which anything was dropped.
  private var droppedThrough: EpochSecond?

  /// - Parameter capacity: the memory of the seconds with their names, in bytes.
  init(capacity: Int) {
    self.capacity = capacity
  }

  /// The first second from which on none is missing; `nil` if none was dropped.
  var firstComplete: EpochSecond? { droppedThrough?.advanced(by: 1) }

  /// Adds a second with hits, which is not before those that were added.
  ///
  /// - Complexity: O(names of the second), amortized
  mutating func append(_ second: SecondView, of source: Int32, _ names: NameTables) {
    beginChunkIfFull()
    size += chunks[chunks.count - 1].append(second, source, names)
    dropOldest()
  }

  /// Adds late hits.
  ///
  /// - Complexity: O(their names), amortized
  mutating func append(late figures: SecondFigures, of source: Int32) {
    beginChunkIfFull()
    size += chunks[chunks.count - 1].append(late: figures, source)
    dropOldest()
  }

  private mutating func beginChunkIfFull() {
    if chunks.last.map({ $0.size >= capacity / Self.chunkCount }) ?? true {
      chunks.append(Chunk())
    }
  }

  private mutating func dropOldest() {
    while size > capacity, chunks.count > 1 {
      size -= chunks[0].size
      droppedThrough = chunks[0].entries.last?.second ?? droppedThrough
      chunks.removeFirst()
    }
  }

  /// Calls the body with every complete second of a source, in order.
  ///
  /// - Complexity: O(seconds of all sources)
  func forEach(of source: Int32, _ body: (SecondView) -> Void) {
    for chunk in chunks {
      for entry in chunk.entries where entry.source == source {
        if let droppedThrough, entry.second <= droppedThrough { continue }
        chunk.hits.withSecond(entry.second, at: entry.location, body)
      }
    }
  }

  /// Calls the body with the late hits of a source that are kept.
  func forEachLate(of source: Int32, _ body: (SecondFigures) -> Void) {
    for chunk in chunks {
      for late in chunk.late where late.source == source { body(late.figures) }
    }
  }

  /// The memory used, in bytes, without the names.
  var footprint: Int {
    chunks.reduce(0) { $0 + $1.hits.footprint + $1.entries.count * MemoryLayout<Entry>.stride }
  }

  func markNames(_ marks: inout NameMarks) {
    for chunk in chunks {
      for entry in chunk.entries { chunk.hits.markNames(&marks, at: entry.location) }
      for late in chunk.late { marks.add(late.figures) }
    }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for index in chunks.indices {
      for entry in chunks[index].entries { chunks[index].hits.renumber(newIDs, at: entry.location) }
      for place in chunks[index].late.indices {
        chunks[index].late[place].figures.renumber(newIDs)
      }
    }
  }
}

extension SourceSeconds.Chunk {
  /// - Returns: the memory that late hits take with their names, in bytes.
  fileprivate mutating func append(late figures: SecondFigures, _ source: Int32) -> Int {
    late.append((source, figures))
    let added = figures.names.reduce(MemoryLayout<SecondFigures>.stride) {
      $0 + $1.counts.count * MemoryLayout<NameCount>.stride + $1.bytes
    }
    size += added
    return added
  }

  /// - Returns: the memory that the second takes with its names, in bytes.
  fileprivate mutating func append(
    _ second: SecondView, _ source: Int32, _ names: NameTables
  ) -> Int {
    let location = hits.append(second, names)
    entries.append(.init(second: second.second, source: source, location: location))
    var added = MemoryLayout<SourceSeconds.Entry>.stride
    if case .figures = location {
      added += MemoryLayout<ClosedSeconds.Head>.stride + (second.details?.footprint ?? 0)
    }
    added += second.rawHits.count * MemoryLayout<Record>.stride
    Dimension.each(withOthers: second.hasOthers) { dimension in
      if let counted = second.names(in: dimension) {
        added += Int(counted.count) * MemoryLayout<NameCount>.stride + Int(counted.bytes)
      }
    }
    for hit in second.rawHits {
      Dimension.eachCommon { dimension in
        added += names.with(dimension) { $0.length(of: hit.names[dimension]) }
      }
    }
    size += added
    return added
  }
}
