import AccessLog

// Closing the seconds of a source.

extension SourceIntake {
  /// Closes the seconds that the clock has left behind by more than the lateness.
  mutating func closeDueSeconds(_ names: NameTables) {
    guard let limit = clock.closableThrough else { return }
    close(through: limit, names)
  }

  /// Closes all seconds through `limit`.
  mutating func close(through limit: EpochSecond, _ names: NameTables) {
    if let closed = clock.closedThrough, closed >= limit { return }
    _ = close(through: limit, atMost: .max, names)
    clock.close(through: limit)
  }

  /// Closes all seconds through `limit`, which the other sources have left behind. What has arrived
  /// counts; what still comes for these seconds is late.
  mutating func closeWithOthers(through limit: EpochSecond, _ names: NameTables) {
    let hasOpen = open.first.map { $0 <= limit } ?? false
    // Late hits and rejected lines are counted too, although no second of the source closes.
    if hasOpen || delta.tally.lines > 0 { close(through: limit, names) }
    clock.closeWithOthers(through: limit)
    noteLines()
  }

  /// Notes for rules the lines read so far.
  mutating func noteLines() {
    guard asksForLines else { return }
    var lines = drainedLines
    lines += LineCounts(delta.tally)
    lines.lines += openHits
    lineClock.note(lines, clock)
  }

  /// Closes the earliest seconds if more are open than may be.
  mutating func limitOpenSeconds(_ names: NameTables) {
    while open.exceedsLimit(), let first = open.first, first != open.last {
      close(through: first, names)
    }
  }

  /// Closes all open seconds; no record may follow. With a high lateness they are many, so they are
  /// added to the queue in chunks, as it is consumed.
  mutating func closeAll(through end: EpochSecond, _ names: NameTables) {
    if let closed = clock.closedThrough, closed >= end { return }
    finalSecond = end
    clock.close(through: end)
    _ = closeNextChunk(names)
  }

  /// Adds the next chunk of final seconds to the queue.
  ///
  /// - Returns: whether there was one.
  mutating func closeNextChunk(_ names: NameTables) -> Bool {
    guard let end = finalSecond else { return false }
    if close(through: end, atMost: 1024, names) { finalSecond = nil }
    return true
  }

  /// Closes up to `count` seconds with hits.
  ///
  /// - Returns: whether all seconds through the limit are closed.
  mutating func close(
    through limit: EpochSecond, atMost count: Int, _ names: NameTables
  ) -> Bool {
    var remaining = count
    while let second = open.first, second <= limit {
      guard remaining > 0 else { return false }
      remaining -= 1
      closeFirst(names)
      if second == limit { return true }
    }
    let delta = drainPlainDelta()
    closings.add(through: limit, delta ?? HitDelta())
    if delta == nil { attachDeltas() }
    return true
  }

  /// Closes the earliest open second.
  mutating func closeFirst(_ names: NameTables) {
    let delta = drainPlainDelta()
    closings.add(&open, delta ?? HitDelta(), names)
    if delta == nil { attachDeltas() }
  }

  /// Removes and returns the hits since the last closing, if all lines were hits in time and
  /// nothing is in doubt.
  mutating func drainPlainDelta() -> HitDelta? {
    guard clockGuard.isSettled, let hits = delta.plainHits else { return nil }
    lateAtLastClosing.whole += hits.hits
    drainedLines.lines += hits.hits
    delta.removeHits()
    return hits
  }

  /// Attaches all deltas since the previous closing to the last one.
  mutating func attachDeltas() {
    closings.add(drainDelta())
    if let late = drainLateDelta() { closings.add(late) }
  }

  /// Removes and returns the late hits since the last closing.
  mutating func drainLateDelta() -> LateDelta? { late.take() }

  /// The outcome of the lines whose closings have not been popped, and of those since.
  ///
  /// - Complexity: O(closings in the queue)
  var unpoppedDelta: LineDelta {
    var sum = closings.delta
    sum.add(pendingDelta)
    return sum
  }

  /// The observed lateness of the late hits whose closings have not been popped, and of those since.
  var unpoppedLateness: LatenessAdvisor? {
    var sum = closings.lateness
    if let pending = late?.lateness, sum != nil { sum?.merge(pending) }
    return sum ?? late?.lateness
  }

  /// Removes and returns the outcome of the lines since the last closing.
  mutating func drainDelta() -> LineDelta {
    lateAtLastClosing = lateRecords
    drainedLines += LineCounts(delta.tally)
    defer { delta = LineDelta() }
    return pendingDelta
  }

  /// Removes and returns the line delta of the next closing, if it has one.
  mutating func popLineDelta() -> LineDelta? { closings.popLineDelta() }

  /// Removes and returns the late hits of the next closing, if it has any.
  mutating func popLateDelta() -> LateDelta? { closings.popLateDelta() }

  /// Removes the next closing and calls the body with it and its last second, if that has hits.
  @inline(__always)
  mutating func popClosing(_ body: (Closing, SecondView?) -> Void) {
    closings.popFirst(body)
  }

  /// Removes closings of consecutive seconds with few hits. See `ClosingQueue.popRun`.
  @inline(__always)
  mutating func popRun(through end: EpochSecond, _ body: (SecondRun) -> Void) -> Bool {
    closings.popRun(through: end, body)
  }

  /// The last second of the next closing, which is added from the final seconds if necessary.
  mutating func prepareNextClosing(_ names: NameTables) -> EpochSecond? {
    if closings.nextSecond == nil { _ = closeNextChunk(names) }
    return closings.nextSecond
  }

  /// Whether no closing is left, and no line waits to be emitted.
  var isDrained: Bool {
    finalSecond == nil && closings.nextSecond == nil && lines.isEmpty && open.first == nil
  }

  /// Whether the next closing in the queue has hits.
  var nextClosingHasHits: Bool { closings.nextHasHits }

  /// The last second of the next closing in the queue.
  var nextClosingSecond: EpochSecond? { closings.nextSecond }

  /// The next second with hits that has not been popped. Without closings in the queue, it is the
  /// first open second, but a record may still arrive for an earlier one.
  var nextHit: EpochSecond? { closings.nextHit ?? open.first }

  // MARK: - Names

  func markNames(_ marks: inout NameMarks) {
    open.markNames(&marks)
    clockGuard.markNames(&marks, ranked)
    if let late { marks.add(late.figures) }
    closings.markNames(&marks)
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    open.renumber(newIDs)
    clockGuard.renumber(newIDs, ranked)
    late?.figures.renumber(newIDs)
    closings.renumber(newIDs)
  }
}
