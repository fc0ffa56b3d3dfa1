import AccessLog

// How the seconds of a source close, and what becomes known with them.

extension SourceIntake {
  mutating func closeWhatCanBe(_ names: NameTables) {
    guard let limit = clock.closable else { return }
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
    self.end = end
    clock.close(through: end)
    _ = closeMore(names)
  }

  /// Hands on more of the last seconds.
  ///
  /// - Returns: whether there were any.
  mutating func closeMore(_ names: NameTables) -> Bool {
    guard let end else { return false }
    if close(through: end, atMost: 1024, names) { self.end = nil }
    return true
  }

  /// - Returns: whether all are closed up to the limit.
  private mutating func close(
    through limit: EpochSecond, atMost most: Int, _ names: NameTables
  ) -> Bool {
    var left = most
    while let second = open.first, second <= limit {
      guard left > 0 else { return false }
      left -= 1
      let delta = takePlainDelta()
      closings.add(&open, delta ?? HitDelta(), names)
      if delta == nil { handOnDeltas() }
      if second == limit { return true }
    }
    let delta = takePlainDelta()
    closings.add(through: limit, delta ?? HitDelta())
    if delta == nil { handOnDeltas() }
    return true
  }

  /// Takes what became of the lines since the last closing, where they all were hits in order and
  /// nothing is in doubt.
  private mutating func takePlainDelta() -> HitDelta? {
    guard clockGuard.isCalm, let hits = delta.onlyHits else { return nil }
    lateBefore.whole += hits.hits
    delta.removeHits()
    return hits
  }

  /// Adds to the last closing whatever became known since the one before.
  private mutating func handOnDeltas() {
    closings.add(takeDelta())
    if let late = takeLate() { closings.add(late) }
  }

  /// Takes the late hits since the last closing.
  mutating func takeLate() -> LateDelta? { late.take() }

  /// How late those were that no closing has handed on yet.
  var pendingLateness: LatenessAdvisor? { late?.lateness }

  /// Takes what became of the lines since the last closing.
  mutating func takeDelta() -> LineDelta {
    lateBefore = lateHits
    defer { delta = LineDelta() }
    return pendingDelta
  }

  /// Takes what else became of the lines with the next closing.
  mutating func takeNextDelta() -> LineDelta? { closings.takeNextDelta() }

  /// Takes the late hits of the next closing.
  mutating func takeNextLate() -> LateDelta? { closings.takeNextLate() }

  /// Takes the next closing and hands it on, with the second that had hits.
  @inline(__always)
  mutating func takeNextClosing(_ body: (Closing, SecondView?) -> Void) {
    closings.takeNext(body)
  }

  /// The second that the next closing goes to, before it is taken.
  mutating func nextClosing(_ names: NameTables) -> EpochSecond? {
    if closings.nextSecond == nil { _ = closeMore(names) }
    return closings.nextSecond
  }

  /// The second that the next closing goes to, before it is taken.
  var nextClosingSecond: EpochSecond? { closings.nextSecond }

  /// The next second with a hit that has not been taken, as far as is known: a line may still come
  /// for a second before one that is open.
  var nextHit: EpochSecond? { closings.nextHit ?? open.first }

  // MARK: - Names

  func mark(_ marks: inout NameMarks) {
    open.mark(&marks)
    clockGuard.mark(&marks)
    if let late { marks.add(late.figures) }
    closings.mark(&marks)
  }

  mutating func renumber(_ numbers: NameNumbers) {
    open.renumber(numbers)
    clockGuard.renumber(numbers)
    late?.figures.renumber(numbers)
    closings.renumber(numbers)
  }
}
