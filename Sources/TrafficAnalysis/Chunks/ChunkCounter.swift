import AccessLog

/// Counts the hits of a chunk by second, in three passes: the order of the times, the hits of each
/// second together, the names of each second.
///
/// It keeps memory that is used again for each chunk, and is used by one thread at a time.
package struct ChunkCounter: ~Copyable {
  private var slots = SecondSlots()
  /// For each record the slot of its second; -1 if it is late or outside the range.
  private var slotOfRecord: [Int32] = []
  /// The records, grouped by second.
  private var grouped = RecordList()
  /// For each of them its index in the chunk, if more than the records is counted.
  private var groupedIndices: [Int32] = []
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
    slots.removeAll(lateness: options.lateness)
    let records = chunk.records
    guard judgeTimes(of: records, chunk.runs, &figures, options) else { return }
    slots.sort()
    group(records)
    chunk.withFacts { facts in
      let areRaw = facts.isEmpty && options.ranked.measures.isEmpty
      if !areRaw { groupIndices(records.count) }
      countSeconds(names, facts, areRaw: areRaw, &figures)
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
    if slotOfRecord.count < records.count {
      slotOfRecord = [Int32](repeating: -1, count: records.count + records.count / 2)
    }
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
    slotOfRecord.withUnsafeMutableBufferPointer { slotOfRecord in
      var index = indices.lowerBound
      while index < indices.upperBound {
        var next = index &+ 1
        var slot: Int32 = -1
        switch times.judge(records[index], at: index, &figures) {
        case .inTime(let time):
          next = times.judgeAlike(records, next..<indices.upperBound, at: time)
          slot = slots.addHits(next &- index, at: time)
        case .late, .filteredOut, .ignored: break
        case .leap: return false
        }
        while index < next {
          slotOfRecord[index] = slot
          index &+= 1
        }
      }
      return true
    }
  }

  // MARK: - Seconds

  /// Groups the records by second, in order within each.
  private mutating func group(_ records: UnsafeBufferPointer<Record>) {
    let grouped = grouped.room(for: slots.hits)
    slotOfRecord.withUnsafeBufferPointer { slotOfRecord in
      slots.withEnds { ends in
        for index in records.indices where slotOfRecord[index] >= 0 {
          let slot = Int(slotOfRecord[index])
          // Not empty. As a whole: assigned, it would be copied field by field.
          (grouped.baseAddress! + Int(ends[slot])).update(
            from: records.baseAddress! + index, count: 1)
          ends[slot] &+= 1
        }
      }
    }
  }

  /// Groups the indices of the records like the records.
  private mutating func groupIndices(_ count: Int) {
    slots.resetEnds()
    if groupedIndices.count < slots.hits {
      groupedIndices = [Int32](repeating: 0, count: slots.hits + slots.hits / 2)
    }
    slotOfRecord.withUnsafeBufferPointer { slotOfRecord in
      groupedIndices.withUnsafeMutableBufferPointer { indices in
        slots.withEnds { ends in
          for index in 0..<count where slotOfRecord[index] >= 0 {
            let slot = Int(slotOfRecord[index])
            indices[Int(ends[slot])] = Int32(truncatingIfNeeded: index)
            ends[slot] &+= 1
          }
        }
      }
    }
  }

  /// Counts the names of each second with more than a few hits, and of each if more than records is to
  /// be counted.
  private mutating func countSeconds(
    _ tables: NameTables, _ facts: borrowing FactColumns, areRaw: Bool,
    _ figures: inout ChunkFigures
  ) {
    let grouped = grouped.room(for: slots.hits)
    slots.visit { second, range in
      let hits = UnsafeBufferPointer(rebasing: grouped[range])
      let location: HitLocation
      if areRaw {
        location =
          hits.count <= OpenSeconds.rawHitLimit
          ? figures.closed.add(hits)
          : names.count(hits, at: second, tables, in: &figures.closed.figures)
      } else {
        location = groupedIndices.withUnsafeBufferPointer { indices in
          names.count(
            hits, UnsafeBufferPointer(rebasing: indices[range]), facts, at: second, tables,
            in: &figures.closed.figures)
        }
      }
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
  fileprivate mutating func add(_ new: UnsafeBufferPointer<Record>) -> HitLocation {
    let first = hits.count
    for hit in new { hits.append(hit) }
    return .hits(first: Int32(first), count: Int32(new.count))
  }
}
