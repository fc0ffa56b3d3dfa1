import AccessLog

// How the seconds of a source close, and what becomes known with them.

extension SourceIntake {
  mutating func closeDueSeconds(_ names: NameTables) {
    guard let limit = clock.closableThrough else { return }
    close(through: limit, names)
  }

  mutating func close(through limit: EpochSecond, _ names: NameTables) {
    if let closed = clock.closedThrough, closed >= limit { return }
    _ = close(through: limit, atMost: .max, names)
    clock.close(through: limit)
  }

  /// Closes all seconds that are open; no record may follow. With a great lateness they are many, so
  /// they are handed on as they are taken.
  mutating func closeAll(through end: EpochSecond, _ names: NameTables) {
    if let closed = clock.closedThrough, closed >= end { return }
    self.finalSecond = end
    clock.close(through: end)
    _ = closeNextChunk(names)
  }

  /// Hands on more of the last seconds.
  ///
  /// - Returns: whether there were any.
  mutating func closeNextChunk(_ names: NameTables) -> Bool {
    guard let end = finalSecond else { return false }
    if close(through: end, atMost: 1024, names) { self.finalSecond = nil }
    return true
  }

  /// - Returns: whether all are closed up to the limit.
  private mutating func close(
    through limit: EpochSecond, atMost count: Int, _ names: NameTables
  ) -> Bool {
    var remaining = count
    while let second = open.first, second <= limit {
      guard remaining > 0 else { return false }
      remaining -= 1
      let delta = drainPlainDelta()
      closings.add(&open, delta ?? HitDelta(), names)
      if delta == nil { attachDeltas() }
      if second == limit { return true }
    }
    let delta = drainPlainDelta()
    closings.add(through: limit, delta ?? HitDelta())
    if delta == nil { attachDeltas() }
    return true
  }

  /// Takes what became of the lines since the last closing, where they all were hits in order and
  /// nothing is in doubt.
  private mutating func drainPlainDelta() -> HitDelta? {
    guard clockGuard.isSettled, let hits = delta.plainHits else { return nil }
    lateAtLastClosing.whole += hits.hits
    delta.removeHits()
    return hits
  }

  /// Adds to the last closing whatever became known since the one before.
  private mutating func attachDeltas() {
    closings.add(drainDelta())
    if let late = drainLateDelta() { closings.add(late) }
  }

  /// Takes the late hits since the last closing.
  mutating func drainLateDelta() -> LateDelta? { late.take() }

  /// How late those were that no closing has handed on yet.
  var pendingLateness: LatenessAdvisor? { late?.lateness }

  /// Takes what became of the lines since the last closing.
  mutating func drainDelta() -> LineDelta {
    lateAtLastClosing = lateHits
    defer { delta = LineDelta() }
    return pendingDelta
  }

  /// Takes what else became of the lines with the next closing.
  mutating func popLineDelta() -> LineDelta? { closings.popLineDelta() }

  /// Takes the late hits of the next closing.
  mutating func popLateDelta() -> LateDelta? { closings.popLateDelta() }

  /// Takes the next closing and hands it on, with the second that had hits.
  @inline(__always)
  mutating func popClosing(_ body: (Closing, SecondView?) -> Void) {
    closings.popFirst(body)
  }

  /// The second that the next closing goes to, before it is taken.
  mutating func prepareNextClosing(_ names: NameTables) -> EpochSecond? {
    if closings.nextSecond == nil { _ = closeNextChunk(names) }
    return closings.nextSecond
  }

  /// The second that the next closing goes to, before it is taken.
  var nextClosingSecond: EpochSecond? { closings.nextSecond }

  /// The next second with a hit that has not been taken, as far as is known: a line may still come
  /// for a second before one that is open.
  var nextHit: EpochSecond? { closings.nextHit ?? open.first }

  // MARK: - Names

  func markNames(_ marks: inout NameMarks) {
    open.markNames(&marks)
    clockGuard.markNames(&marks)
    if let late { marks.add(late.figures) }
    closings.markNames(&marks)
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    open.renumber(newIDs)
    clockGuard.renumber(newIDs)
    late?.figures.renumber(newIDs)
    closings.renumber(newIDs)
  }
}
