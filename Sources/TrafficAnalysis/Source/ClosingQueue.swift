import AccessLog

/// What closing brought: time went on to `through`, over empty seconds and at most one with hits.
struct Closing: Sendable {
  /// The last second that closed with it.
  var through: EpochSecond
  /// Where the hits of `through` are, if it has any.
  fileprivate var place: ClosedPlace?
  /// The hits that were read since the closing before. Zero where there is more to say of the lines.
  var delta: HitDelta
}

/// Where the hits of a closed second are kept until it is taken.
enum ClosedPlace: Sendable {
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

/// What a source has closed and nobody has taken yet, in order.
struct ClosingQueue: Sendable {
  private var closings: [Closing] = []
  private var taken = 0
  private var closed = ClosedHits()
  /// What else became known with a closing, by its place.
  private var deltas = Additions<LineDelta>()
  private var lates = Additions<LateDelta>()

  private mutating func forgetIfAllIsTaken() {
    guard taken == closings.count else { return }
    closings.removeAll(keepingCapacity: true)
    closed.hits.removeAll(keepingCapacity: true)
    closed.figures.removeAll()
    deltas.removeAll()
    lates.removeAll()
    taken = 0
  }

  /// Closes empty seconds.
  mutating func add(through second: EpochSecond, _ delta: HitDelta) {
    forgetIfAllIsTaken()
    closings.append(Closing(through: second, place: nil, delta: delta))
  }

  /// Closes the earliest open second.
  mutating func add(_ open: inout OpenSeconds, _ delta: HitDelta, _ names: NameTables) {
    forgetIfAllIsTaken()
    let (second, place) = open.removeFirst(into: &closed, names)
    closings.append(Closing(through: second, place: place, delta: delta))
  }

  /// Adds to the last closing what else became of the lines.
  mutating func add(_ delta: LineDelta) { deltas.add(delta, to: closings.count - 1) }

  /// Adds late hits to the last closing.
  mutating func add(_ late: LateDelta) { lates.add(late, to: closings.count - 1) }

  /// Takes what else became of the lines with the next closing.
  mutating func takeNextDelta() -> LineDelta? { deltas.take(of: taken) }

  /// Takes the late hits of the next closing.
  mutating func takeNextLate() -> LateDelta? { lates.take(of: taken) }

  /// Takes the next closing and hands it on, with the second that had hits.
  @inline(__always)
  mutating func takeNext(_ body: (Closing, SecondView?) -> Void) {
    let closing = closings[taken]
    switch closing.place {
    case nil: body(closing, nil)
    case .hits(let first, let count):
      closed.hits.withUnsafeBufferPointer {
        let few = UnsafeBufferPointer(rebasing: $0[Int(first)..<Int(first + count)])
        body(closing, SecondView(closing.through, few: few))
      }
    case .figures(let place): closed.figures.withSecond(at: Int(place)) { body(closing, $0) }
    }
    taken += 1
  }

  /// The second that the next closing goes to, before it is taken.
  var nextSecond: EpochSecond? {
    taken < closings.count ? closings[taken].through : nil
  }

  /// The next closed second with a hit that has not been taken.
  var nextHit: EpochSecond? { closings[taken...].first { $0.place != nil }?.through }

  /// The memory that it takes, in bytes.
  var footprint: Int {
    closings.count * MemoryLayout<Closing>.stride + closed.hits.count * MemoryLayout<Hit>.stride
      + closed.figures.footprint
  }
}

/// What few closings bring besides, in their order.
private struct Additions<Value: Sendable>: Sendable {
  private var values: [(closing: Int, value: Value)] = []
  private var taken = 0

  mutating func removeAll() {
    guard !values.isEmpty else { return }
    values.removeAll()
    taken = 0
  }

  mutating func add(_ value: Value, to closing: Int) { values.append((closing, value)) }

  /// Takes that of a closing.
  @inline(__always)
  mutating func take(of closing: Int) -> Value? {
    guard taken < values.count, values[taken].closing == closing else { return nil }
    taken += 1
    return values[taken - 1].value
  }

  /// Those that have not been taken.
  var waiting: some Sequence<Value> { values[taken...].lazy.map(\.value) }

  /// Changes those that have not been taken.
  mutating func change(_ body: (inout Value) -> Void) {
    for index in taken..<values.count { body(&values[index].value) }
  }
}

extension ClosingQueue {
  func mark(_ marks: inout NameMarks) {
    for closing in closings[taken...] {
      switch closing.place {
      case nil: break
      case .hits(let first, let count):
        for hit in closed.hits[Int(first)..<Int(first + count)] { marks.add(hit) }
      case .figures(let place): closed.figures.mark(&marks, place: Int(place))
      }
    }
    for late in lates.waiting { marks.add(late.figures) }
  }

  mutating func renumber(_ numbers: NameNumbers) {
    for closing in closings[taken...] {
      switch closing.place {
      case nil: break
      case .hits(let first, let count):
        for index in Int(first)..<Int(first + count) { closed.hits[index].renumber(numbers) }
      case .figures(let place): closed.figures.renumber(numbers, place: Int(place))
      }
    }
    lates.change { $0.figures.renumber(numbers) }
  }
}
