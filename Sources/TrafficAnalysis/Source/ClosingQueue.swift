import AccessLog

/// The closing of consecutive seconds: all are empty, except possibly the last.
struct Closing: Sendable {
  /// The last of the seconds.
  var through: EpochSecond
  /// The location of the hits of `through`, if it has any.
  fileprivate var location: HitLocation?
  /// The hits read since the previous closing; none if the closing has a `LineDelta` instead.
  var delta: HitDelta

  /// The place of the raw hits of `through`; empty if it has none or they were counted.
  var rawHits: Range<Int> { location?.rawHits ?? 0..<0 }
}

/// The location of the hits of a closed second in `ClosedHits`.
enum HitLocation: Sendable {
  /// Raw hits.
  case hits(first: Int32, count: Int32)
  /// The index of its figures.
  case figures(Int32)

  /// The place of the raw hits; `nil` if they were counted.
  var rawHits: Range<Int>? {
    guard case .hits(let first, let count) = self else { return nil }
    return Int(first)..<Int(first + count)
  }
}

/// The hits of closed seconds, in order.
struct ClosedHits: Sendable {
  /// The raw hits of seconds with few hits.
  var hits: [Record] = []
  /// The figures of seconds with more hits.
  var figures = ClosedSeconds()

  /// Removes everything but keeps the memory.
  mutating func removeAll() {
    hits.removeAll(keepingCapacity: true)
    figures.removeAll()
  }

  /// Appends raw hits of a chunk.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  mutating func append(_ new: ArraySlice<Record>, renumbering newIDs: NameIDMap) {
    let first = hits.count
    hits.append(contentsOf: new)
    hits.withUnsafeMutableBufferPointer { hits in
      for index in first..<hits.count { hits[index].renumber(newIDs) }
    }
  }
}

/// The closings of a source that have not been consumed, in order.
struct ClosingQueue: Sendable {
  private var closings: [Closing] = []
  /// The index of the next closing to pop.
  private var popped = 0
  private var closed = ClosedHits()
  /// What is added to the place of a raw hit in the chunk that is merged.
  private var rawOffset: Int32 = 0
  /// Additional data of some closings, by index.
  private var deltas = ClosingAttachments<LineDelta>()
  private var lateDeltas = ClosingAttachments<LateDelta>()

  /// Reuses the memory once all closings have been popped.
  private mutating func removeAllIfPopped() {
    guard popped > 0, popped == closings.count else { return }
    closings.removeAll(keepingCapacity: true)
    closed.removeAll()
    deltas.removeAll()
    lateDeltas.removeAll()
    popped = 0
  }

  /// Adds a closing of empty seconds.
  mutating func add(through second: EpochSecond, _ delta: HitDelta) {
    removeAllIfPopped()
    closings.append(Closing(through: second, location: nil, delta: delta))
  }

  /// Adds a closing that ends with the earliest open second, which is removed from `open`.
  mutating func add(_ open: inout OpenSeconds, _ delta: HitDelta, _ names: NameTables) {
    removeAllIfPopped()
    let (second, location) = open.removeFirst(into: &closed, names)
    closings.append(Closing(through: second, location: location, delta: delta))
  }

  /// Takes the raw hits of seconds of a chunk that are going to close.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  mutating func takeHits(
    of seconds: ArraySlice<ChunkFigures.Second>, of chunk: ChunkFigures,
    renumbering newIDs: NameIDMap
  ) {
    removeAllIfPopped()
    guard let first = seconds.lazy.compactMap(\.location.rawHits).first,
      let last = seconds.reversed().lazy.compactMap(\.location.rawHits).first
    else { return }
    rawOffset = Int32(closed.hits.count - first.lowerBound)
    closed.append(chunk.closed.hits[first.lowerBound..<last.upperBound], renumbering: newIDs)
  }

  /// Adds a closing that ends with a second of a chunk whose raw hits have been taken.
  ///
  /// - Parameter newIDs: the ID of each ID in the chunk.
  mutating func add(
    _ second: ChunkFigures.Second, of chunk: ChunkFigures, renumbering newIDs: NameIDMap,
    _ delta: HitDelta
  ) {
    var location = second.location
    switch location {
    case .hits(let first, let count): location = .hits(first: first + rawOffset, count: count)
    case .figures(let index):
      closed.figures.append(chunk.closed.figures, at: Int(index), renumbering: newIDs)
      location = .figures(Int32(closed.figures.heads.count - 1))
    }
    closings.append(Closing(through: second.second, location: location, delta: delta))
  }

  /// Adds a closing that ends with a second that has figures.
  mutating func add(_ second: SecondFigures, _ delta: HitDelta) {
    removeAllIfPopped()
    closed.figures.append(second)
    let location = HitLocation.figures(Int32(closed.figures.heads.count - 1))
    closings.append(Closing(through: second.second, location: location, delta: delta))
  }

  /// Attaches a line delta to the last closing.
  mutating func add(_ delta: LineDelta) { deltas.add(delta, to: closings.count - 1) }

  /// Attaches late hits to the last closing.
  mutating func add(_ late: LateDelta) { lateDeltas.add(late, to: closings.count - 1) }

  /// Removes and returns the line delta of the next closing, if it has one.
  mutating func popLineDelta() -> LineDelta? { deltas.popValue(of: popped) }

  /// Removes and returns the late hits of the next closing, if it has any.
  mutating func popLateDelta() -> LateDelta? { lateDeltas.popValue(of: popped) }

  /// Whether the next closing has a line delta or late hits.
  var nextHasDeltas: Bool {
    @inline(__always) get { deltas.hasValue(of: popped) || lateDeltas.hasValue(of: popped) }
  }

  /// Calls the body with the next closing and its last second, if that has hits.
  @inline(__always)
  func withFirst(_ body: (Closing, SecondView?) -> Void) {
    let closing = closings[popped]
    if let location = closing.location {
      closed.withSecond(closing.through, at: location) { body(closing, $0) }
    } else {
      body(closing, nil)
    }
  }

  /// Removes the next closing and calls the body with it and its last second, if that has hits.
  @inline(__always)
  mutating func popFirst(_ body: (Closing, SecondView?) -> Void) {
    withFirst(body)
    popped += 1
  }

  /// Removes the next closings of consecutive seconds with raw hits and no attachments, and calls the
  /// body with them, unless there is only one.
  ///
  /// - Parameter end: the last second that may be among them.
  /// - Returns: whether there were any.
  @inline(__always)
  mutating func popRun(through end: EpochSecond, _ body: (SecondRun) -> Void) -> Bool {
    let count = lengthOfRun(through: end)
    guard count > 1 else { return false }
    closings.withUnsafeBufferPointer { closings in
      closed.hits.withUnsafeBufferPointer { hits in
        body(SecondRun(closings[popped..<popped + count], hits))
      }
    }
    popped += count
    return true
  }

  private func lengthOfRun(through end: EpochSecond) -> Int {
    var limit = min(closings.count, popped + SecondRun.limit)
    if let next = deltas.nextClosing { limit = min(limit, next) }
    if let next = lateDeltas.nextClosing { limit = min(limit, next) }
    guard popped < limit, var hits = closings[popped].location?.rawHits else { return 0 }
    var second = closings[popped].through
    var index = popped
    while second <= end {
      index += 1
      second = second.advanced(by: 1)
      guard index < limit, closings[index].through == second,
        let following = closings[index].location?.rawHits, following.lowerBound == hits.upperBound
      else { break }
      hits = following
    }
    return index - popped
  }

  /// The last second of the next closing; `nil` if the queue is empty.
  var nextSecond: EpochSecond? {
    popped < closings.count ? closings[popped].through : nil
  }

  /// Whether the next closing has hits; `false` if the queue is empty.
  var nextHasHits: Bool { popped < closings.count && closings[popped].location != nil }

  /// The next second with hits in the queue.
  ///
  /// - Complexity: O(closings)
  var nextHit: EpochSecond? { closings[popped...].first { $0.location != nil }?.through }

  /// The outcome of the lines of all closings in the queue.
  ///
  /// - Complexity: O(closings)
  var delta: LineDelta {
    var sum = LineDelta()
    for closing in closings[popped...] { sum.add(closing.delta) }
    for delta in deltas.pending { sum.add(delta) }
    return sum
  }

  /// The observed lateness of the late hits of all closings in the queue.
  var lateness: LatenessAdvisor? {
    lateDeltas.pending.reduce(nil as LatenessAdvisor?) { sum, late in
      guard var sum else { return late.lateness }
      sum.merge(late.lateness)
      return sum
    }
  }

  /// Removes and returns the outcome of the lines of all closings in the queue, and their late hits.
  mutating func drainLines() -> (LineDelta, [LateDelta]) {
    defer { forgetLines() }
    return (delta, Array(lateDeltas.pending))
  }

  /// Forgets the lines of the closings that have not been popped, but not the hits of their seconds.
  mutating func forgetLines() {
    for index in popped..<closings.count { closings[index].delta = HitDelta() }
    deltas.removePending()
    lateDeltas.removePending()
  }

  /// The memory used, in bytes.
  var footprint: Int {
    closings.count * MemoryLayout<Closing>.stride + closed.footprint
  }
}

/// Data attached to few closings, in order.
private struct ClosingAttachments<Value: Sendable>: Sendable {
  private var values: [(closing: Int, value: Value)] = []
  private var popped = 0

  mutating func removeAll() {
    guard !values.isEmpty else { return }
    values.removeAll()
    popped = 0
  }

  mutating func add(_ value: Value, to closing: Int) { values.append((closing, value)) }

  /// The closing of the next value; `nil` if there is none.
  var nextClosing: Int? { popped < values.count ? values[popped].closing : nil }

  /// Whether the next value is that of a closing.
  @inline(__always)
  func hasValue(of closing: Int) -> Bool {
    popped < values.count && values[popped].closing == closing
  }

  /// Removes and returns the value of a closing, if it is the next one.
  mutating func popValue(of closing: Int) -> Value? {
    guard hasValue(of: closing) else { return nil }
    popped += 1
    return values[popped - 1].value
  }

  /// The values that have not been popped.
  var pending: some Sequence<Value> { values[popped...].lazy.map(\.value) }

  mutating func removePending() { values.removeSubrange(popped...) }

  /// Changes the values that have not been popped.
  mutating func updatePending(_ body: (inout Value) -> Void) {
    for index in popped..<values.count { body(&values[index].value) }
  }
}

extension ClosingQueue {
  func markNames(_ marks: inout NameMarks) {
    for closing in closings[popped...] {
      if let location = closing.location { closed.markNames(&marks, at: location) }
    }
    for late in lateDeltas.pending { marks.add(late.figures) }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for closing in closings[popped...] {
      if let location = closing.location { closed.renumber(newIDs, at: location) }
    }
    lateDeltas.updatePending { $0.figures.renumber(newIDs) }
  }
}
