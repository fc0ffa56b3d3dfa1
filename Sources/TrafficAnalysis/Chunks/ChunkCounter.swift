import AccessLog

/// Counts the hits of a chunk by second, in three passes: the order of the times, the hits of each
/// second together, the names of each second.
///
/// It keeps memory that is used again for each chunk, and is used by one thread at a time.
package struct ChunkCounter: ~Copyable {
  private var slots = SecondSlots()
  private var names = SecondNames(CountedFacts())
  /// The names that `names` knows.
  private var generation: NameGeneration?

  package init() {}

  /// Makes the figures of a chunk from its records.
  ///
  /// - Parameter names: the names of the records.
  /// - Complexity: O(lines + names)
  package mutating func count(_ chunk: ChunkSummary, _ names: NameTables, _ options: ChunkOptions) {
    if options.countsView {
      var viewOptions = options
      viewOptions.appliesFilter = true
      countFigures(chunk, names, viewOptions)
      chunk.exchangeFigures()
    }
    countFigures(chunk, names, options)
  }

  private mutating func countFigures(
    _ chunk: ChunkSummary, _ names: NameTables, _ options: ChunkOptions
  ) {
    // Taken out of the object, so that no access is checked at run time.
    var figures = ChunkFigures()
    swap(&figures, &chunk.figures)
    defer { swap(&figures, &chunk.figures) }
    figures.removeAll()
    guard options.lateness < SecondSlots.greatestLateness,
      chunk.records.count <= SecondNames.greatestCount
    else { return }
    let isSameGeneration = chunk.generation == generation
    generation = chunk.generation
    if !isSameGeneration { self.names = SecondNames(options.ranked) }
    let records = chunk.records
    slots.begin(records: records.count, lateness: options.lateness)
    guard judgeTimes(of: records, chunk.runs, &figures, options) else { return }
    slots.group()
    chunk.withFacts { facts in
      let areRaw = facts.isEmpty && options.ranked.measures.isEmpty
      countSeconds(records, facts, names, areRaw: areRaw, &figures)
    }
    figures.areComplete = true
  }

  // MARK: - Times

  /// Finds the advances and the late hits, and the second of each other hit.
  ///
  /// - Returns: `false` if the time of a hit leaps.
  private mutating func judgeTimes(
    of records: UnsafeBufferPointer<Record>, _ runs: [LineRun], _ figures: inout ChunkFigures,
    _ options: ChunkOptions
  ) -> Bool {
    var times = ChunkTimes(options)
    var next = 0
    for run in runs {
      guard judge(records, next..<run.beforeRecord, &times, &figures) else { return false }
      next = run.beforeRecord
      times.count(run)
    }
    guard judge(records, next..<records.count, &times, &figures) else { return false }
    times.finish(&figures)
    return true
  }

  private mutating func judge(
    _ records: UnsafeBufferPointer<Record>, _ indices: Range<Int>, _ times: inout ChunkTimes,
    _ figures: inout ChunkFigures
  ) -> Bool {
    var index = indices.lowerBound
    while index < indices.upperBound {
      var next = index &+ 1
      switch times.judge(records[index], at: index, &figures) {
      case .inTime(let time):
        next = times.judgeAlike(records, next..<indices.upperBound, at: time)
        slots.add(index..<next, at: time)
      case .late, .filteredOut, .ignored: break
      case .leap: return false
      }
      index = next
    }
    return true
  }

  // MARK: - Seconds

  /// Counts the names of each second with more than a few hits, and of each if more than records is to
  /// be counted.
  private mutating func countSeconds(
    _ records: UnsafeBufferPointer<Record>, _ facts: borrowing FactColumns, _ tables: NameTables,
    areRaw: Bool, _ figures: inout ChunkFigures
  ) {
    slots.visit(of: records) { second, hits in
      let location =
        areRaw && hits.count <= OpenSeconds.rawHitLimit
        ? figures.closed.add(hits)
        : names.count(hits, facts, at: second, tables, in: &figures.closed.figures)
      figures.seconds.append(ChunkFigures.Second(second: second, location: location))
    }
  }
}

/// What the figures of a chunk depend on besides its lines. Lengths are in seconds.
package struct ChunkOptions: Sendable {
  var lateness: Int64
  var maxJump: Int64
  /// Records outside of it are ignored.
  var range: TimeRange
  /// Whether records that the filter leaves out count nowhere.
  var appliesFilter = false
  /// Whether the figures of the records that satisfy the filter are made too.
  var countsView = false
  /// What is counted of hits besides their totals.
  var ranked = CountedFacts()
}

extension ClosedHits {
  /// Adds the hits of a second as they are.
  fileprivate mutating func add(_ new: ChunkHits) -> HitLocation {
    let first = hits.count
    new.visit { hit, _ in hits.append(hit) }
    return .hits(first: Int32(first), count: Int32(new.count))
  }
}
