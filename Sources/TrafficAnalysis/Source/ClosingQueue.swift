import AccessLog

/// What closing brought: time went on to `through`, over empty seconds and at most one with hits.
struct Closing: Sendable {
  /// The last second that closed with it.
  var through: EpochSecond
  /// Where the hits of `through` are, if it has any.
  fileprivate var location: HitLocation?
  /// The hits that were read since the closing before. Zero where there is more to say of the lines.
  var delta: HitDelta
}

/// Where the hits of a closed second are kept until it is popped.
enum HitLocation: Sendable {
  /// As they came.
  case hits(first: Int32, count: Int32)
  /// Counted.
  case figures(Int32)
}

/// The hits of closed seconds, one behind the other.
struct ClosedHits: Sendable {
  /// Those of seconds with few.
  var hits: [Hit] = []
  /// Seconds with more.
  var figures = ClosedSeconds()
}

/// What a source has closed and nobody has popped yet, in order.
struct ClosingQueue: Sendable {
  private var closings: [Closing] = []
  private var popped = 0
  private var closed = ClosedHits()
  /// What else became known with a closing, by its location.
  private var deltas = ClosingAttachments<LineDelta>()
  private var lates = ClosingAttachments<LateDelta>()

  private mutating func removeAllIfPopped() {
    guard popped == closings.count else { return }
    closings.removeAll(keepingCapacity: true)
    closed.hits.removeAll(keepingCapacity: true)
    closed.figures.removeAll()
    deltas.removeAll()
    lates.removeAll()
    popped = 0
  }

  /// Closes empty seconds.
  mutating func add(through second: EpochSecond, _ delta: HitDelta) {
    removeAllIfPopped()
    closings.append(Closing(through: second, location: nil, delta: delta))
  }

  /// Closes the earliest open second.
  mutating func add(_ open: inout OpenSeconds, _ delta: HitDelta, _ names: NameTables) {
    removeAllIfPopped()
    let (second, location) = open.removeFirst(into: &closed, names)
    closings.append(Closing(through: second, location: location, delta: delta))
  }

  /// Adds to the last closing what else became of the lines.
  mutating func add(_ delta: LineDelta) { deltas.add(delta, to: closings.count - 1) }

  /// Adds late hits to the last closing.
  mutating func add(_ late: LateDelta) { lates.add(late, to: closings.count - 1) }

  /// Takes what else became of the lines with the next closing.
  mutating func popLineDelta() -> LineDelta? { deltas.popValue(of: popped) }

  /// Takes the late hits of the next closing.
  mutating func popLateDelta() -> LateDelta? { lates.popValue(of: popped) }

  /// Takes the next closing and hands it on, with the second that had hits.
  @inline(__always)
  mutating func popFirst(_ body: (Closing, SecondView?) -> Void) {
    let closing = closings[popped]
    switch closing.location {
    case nil: body(closing, nil)
    case .hits(let first, let count):
      closed.hits.withUnsafeBufferPointer {
        let rawHits = UnsafeBufferPointer(rebasing: $0[Int(first)..<Int(first + count)])
        body(closing, SecondView(closing.through, rawHits: rawHits))
      }
    case .figures(let location): closed.figures.withSecond(at: Int(location)) { body(closing, $0) }
    }
    popped += 1
  }

  /// The second that the next closing goes to, before it is popped.
  var nextSecond: EpochSecond? {
    popped < closings.count ? closings[popped].through : nil
  }

  /// The next closed second with a hit that has not been popped.
  var nextHit: EpochSecond? { closings[popped...].first { $0.location != nil }?.through }

  /// The memory that it takes, in bytes.
  var footprint: Int {
    closings.count * MemoryLayout<Closing>.stride + closed.hits.count * MemoryLayout<Hit>.stride
      + closed.figures.footprint
  }
}

/// What few closings bring besides, in their order.
private struct ClosingAttachments<Value: Sendable>: Sendable {
  private var values: [(closing: Int, value: Value)] = []
  private var popped = 0

  mutating func removeAll() {
    guard !values.isEmpty else { return }
    values.removeAll()
    popped = 0
  }

  mutating func add(_ value: Value, to closing: Int) { values.append((closing, value)) }

  /// Takes that of a closing.
  @inline(__always)
  mutating func popValue(of closing: Int) -> Value? {
    guard popped < values.count, values[popped].closing == closing else { return nil }
    popped += 1
    return values[popped - 1].value
  }

  /// Those that have not been popped.
  var pending: some Sequence<Value> { values[popped...].lazy.map(\.value) }

  /// Changes those that have not been popped.
  mutating func updatePending(_ body: (inout Value) -> Void) {
    for index in popped..<values.count { body(&values[index].value) }
  }
}

extension ClosingQueue {
  func markNames(_ marks: inout NameMarks) {
    for closing in closings[popped...] {
      switch closing.location {
      case nil: break
      case .hits(let first, let count):
        for hit in closed.hits[Int(first)..<Int(first + count)] { marks.add(hit) }
      case .figures(let location): closed.figures.markNames(&marks, at: Int(location))
      }
    }
    for late in lates.pending { marks.add(late.figures) }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    for closing in closings[popped...] {
      switch closing.location {
      case nil: break
      case .hits(let first, let count):
        for index in Int(first)..<Int(first + count) { closed.hits[index].renumber(newIDs) }
      case .figures(let location): closed.figures.renumber(newIDs, at: Int(location))
      }
    }
    lates.updatePending { $0.figures.renumber(newIDs) }
  }
}
