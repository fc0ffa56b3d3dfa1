import AccessLog

// Merging a chunk in one go. The result is that of judging its records one by one.

extension SourceIntake {
  /// Adds a chunk: in one go if nothing in it is in doubt, otherwise record by record.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  mutating func add(
    _ chunk: ChunkSummary, renumbering newIDs: NameIDMap, wall: EpochSecond, names: NameTables
  ) {
    if canMerge(chunk, wall) {
      merge(chunk, renumbering: newIDs, names)
    } else {
      addOneByOne(chunk, renumbering: newIDs, wall: wall, names)
    }
  }

  /// Whether every hit of the chunk is in time or late by itself, no time leaps or is ahead of the
  /// wall clock, and no second has too many names.
  private mutating func canMerge(_ chunk: ChunkSummary, _ wall: EpochSecond) -> Bool {
    let figures = chunk.figures
    guard figures.areComplete, !options.keepsLines else { return false }
    guard let first = figures.advances.first, let last = figures.advances.last else { return true }
    guard clockGuard.isSettled, let head = clock.head, let closed = clock.closedThrough,
      first.time.seconds(since: head) <= options.maxJump,
      last.time.seconds(since: wall) <= options.maxJump, figures.earliest > closed
    else { return false }
    guard open.hasRoom(for: figures) else { return false }
    guard let lastOpen = open.last else { return true }
    for second in figures.seconds {
      guard second.second <= lastOpen else { break }
      guard open.canAdd(second, of: figures) else { return false }
    }
    return true
  }

  private mutating func merge(
    _ chunk: ChunkSummary, renumbering newIDs: NameIDMap, _ names: NameTables
  ) {
    chunksMerged += 1
    silence.sawLine = silence.sawLine || !chunk.runs.isEmpty
    if let times = chunk.figures.ignoredTimes { ignoredTimes.extend(times) }
    if let last = chunk.figures.advances.last {
      silence.sawLine = true
      silence.sawRecord = true
      var merging = ChunkMerging(chunk, newIDs, names)
      merging.firstLine = linesRead
      openSeconds(of: &merging, through: max(clock.head ?? last.time, last.time))
      advance(&merging)
    } else {
      for exceptions in chunk.figures.exceptions { count(exceptions) }
    }
    linesRead += chunk.lineCount
  }

  /// Adds the seconds of the chunk to the open ones, except those that close with the chunk and are
  /// not open yet.
  ///
  /// - Parameter head: the time of the log after the chunk.
  private mutating func openSeconds(of merging: inout ChunkMerging, through head: EpochSecond) {
    let seconds = merging.figures.seconds
    let limit = head.advanced(by: -options.lateness - 1)
    let lastOpen = open.last
    let start = lastOpen.map { last in seconds.partitionPoint { $0.second > last } } ?? 0
    let end = max(start, seconds.partitionPoint { $0.second > limit })
    for second in seconds[..<start] {
      open.add(second, of: merging.figures, renumbering: merging.newIDs, merging.names)
    }
    for second in seconds[end...] {
      open.add(second, of: merging.figures, renumbering: merging.newIDs, merging.names)
    }
    merging.closing = start..<end
    closings.takeHits(
      of: seconds[start..<end], of: merging.figures, renumbering: merging.newIDs)
  }

  /// Counts the lines of the chunk in order, and closes the seconds that are due after each advance.
  private mutating func advance(_ merging: inout ChunkMerging) {
    let figures = merging.figures
    for (index, advance) in figures.advances.enumerated() {
      if !merging.areExceptionsCounted { countExceptions(before: index, &merging) }
      delta.add(advance.hits)
      if let greatest = clock.greatest, advance.time <= greatest { continue }
      clock.accept(advance.time)
      silence.sawTimeAdvance = true
      guard let limit = clock.closableThrough else { continue }
      if let closed = clock.closedThrough, closed >= limit { continue }
      close(through: limit, &merging)
      clock.close(through: limit)
      noteLines()
    }
    countExceptions(before: figures.advances.count, &merging)
    delta.add(figures.rest)
  }

  /// Closes the seconds through a limit, those of the chunk and those that were open.
  private mutating func close(through limit: EpochSecond, _ merging: inout ChunkMerging) {
    while let next = merging.nextClosing, next <= limit {
      if let first = open.first, first < next {
        closeFirst(merging.names)
        continue
      }
      let delta = drainPlainDelta()
      closings.add(
        merging.figures.seconds[merging.closing.lowerBound], of: merging.figures,
        renumbering: merging.newIDs, delta ?? HitDelta())
      if delta == nil { attachDeltas() }
      merging.closing = merging.closing.dropFirst()
      if next == limit { return }
    }
    _ = close(through: limit, atMost: .max, merging.names)
  }

  private mutating func countExceptions(before advance: Int, _ merging: inout ChunkMerging) {
    while let late = merging.nextLate(before: advance) {
      // The line raises neither: it is below both.
      let greatest = max(clock.greatest ?? late.greatest, late.greatest)
      let head = max(clock.head ?? greatest, greatest)
      countLate(
        Hit(merging.chunk, at: late.index, renumbering: merging.newIDs),
        line: merging.firstLine + late.line, head: head, greatest: greatest, merging.names)
    }
    while let exceptions = merging.nextExceptions(before: advance) { count(exceptions) }
  }

  private mutating func count(_ exceptions: ChunkFigures.Exceptions) {
    delta.tally += exceptions.tally
    delta.hasExceptions = true
  }
}

/// A chunk while it is merged.
struct ChunkMerging {
  let chunk: ChunkSummary
  let figures: ChunkFigures
  /// The ID of each ID in the chunk.
  let newIDs: NameIDMap
  let names: NameTables
  /// The number of lines before the chunk.
  var firstLine = 0
  /// The indices of the seconds that are closed directly, as far as they are not closed.
  var closing = 0..<0
  private var late = 0
  private var exceptions = 0

  init(_ chunk: ChunkSummary, _ newIDs: NameIDMap, _ names: NameTables) {
    self.chunk = chunk
    figures = chunk.figures
    self.newIDs = newIDs
    self.names = names
  }

  /// The next second to be closed directly.
  var nextClosing: EpochSecond? {
    closing.isEmpty ? nil : figures.seconds[closing.lowerBound].second
  }

  var areExceptionsCounted: Bool {
    @inline(__always) get {
      exceptions == figures.exceptions.count && late == figures.late.count
    }
  }

  /// The next late hit up to an advance.
  mutating func nextLate(before advance: Int) -> ChunkFigures.Late? {
    guard late < figures.late.count, figures.late[late].advance <= advance else { return nil }
    late += 1
    return figures.late[late - 1]
  }

  /// The next exceptional lines up to an advance.
  mutating func nextExceptions(before advance: Int) -> ChunkFigures.Exceptions? {
    guard exceptions < figures.exceptions.count, figures.exceptions[exceptions].advance <= advance
    else { return nil }
    exceptions += 1
    return figures.exceptions[exceptions - 1]
  }
}
