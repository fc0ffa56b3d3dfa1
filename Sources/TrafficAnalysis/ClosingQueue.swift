import AccessLog

/// What closing brought: time went on to `through`, over empty seconds and at most one with hits.
struct Closing: Sendable {
  /// The last second that closed with it.
  var through: EpochSecond
  /// Where the figures of `through` are, where it had a hit; else -1.
  fileprivate var place: Int
  /// What became of the lines read since the closing before.
  var news: LineNews

  /// `through` had a hit.
  var hasHits: Bool { place >= 0 }
}

/// What a source has closed and nobody has taken yet, in order.
struct ClosingQueue: Sendable {
  private var closings: [Closing] = []
  private var taken = 0
  private var seconds = ClosedSeconds()
  /// Late hits that became known with a closing, by its place.
  private var lates: [(closing: Int, news: LateNews)] = []
  private var latesTaken = 0

  private mutating func forgetIfAllIsTaken() {
    guard taken == closings.count else { return }
    closings.removeAll(keepingCapacity: true)
    seconds.removeAll()
    lates.removeAll()
    latesTaken = 0
    taken = 0
  }

  /// Closes empty seconds.
  mutating func add(through second: EpochSecond, _ news: LineNews) {
    forgetIfAllIsTaken()
    closings.append(Closing(through: second, place: -1, news: news))
  }

  /// Closes the earliest open second.
  mutating func add(_ open: inout OpenSeconds, _ news: LineNews, _ names: NameTables) {
    forgetIfAllIsTaken()
    let second = open.removeFirst(into: &seconds, names)
    closings.append(Closing(through: second, place: seconds.heads.count - 1, news: news))
  }

  /// Adds late hits to the last closing.
  mutating func add(late news: LateNews) {
    lates.append((closings.count - 1, news))
  }

  /// Takes the late hits of the next closing.
  mutating func takeNextLate() -> LateNews? {
    guard latesTaken < lates.count, lates[latesTaken].closing == taken else { return nil }
    latesTaken += 1
    return lates[latesTaken - 1].news
  }

  /// Takes the next closing and hands it on, with the second that had hits.
  mutating func takeNext(_ body: (Closing, SecondView?) -> Void) {
    closings.withUnsafeBufferPointer { closings in
      guard closings[taken].hasHits else { return body(closings[taken], nil) }
      seconds.withSecond(at: closings[taken].place) { body(closings[taken], $0) }
    }
    taken += 1
  }

  /// The second that the next closing goes to, before it is taken.
  var nextSecond: EpochSecond? {
    taken < closings.count ? closings[taken].through : nil
  }

  /// The next closed second with a hit that has not been taken.
  var nextHit: EpochSecond? { closings[taken...].first { $0.hasHits }?.through }

  /// The memory that it takes, in bytes.
  var footprint: Int {
    closings.count * (MemoryLayout<Closing>.stride + MemoryLayout<ClosedSeconds.Head>.stride)
      + seconds.countOfNames * MemoryLayout<NameCount>.stride
  }
}

extension ClosingQueue {
  /// The place of the first second with hits that has not been taken.
  private var firstPlace: Int {
    closings[taken...].first { $0.hasHits }?.place ?? seconds.heads.count
  }

  func mark(_ marks: inout NameMarks) {
    seconds.mark(&marks, from: firstPlace)
    for late in lates[latesTaken...] { marks.add(late.news.figures) }
  }

  mutating func renumber(_ numbers: NameNumbers) {
    seconds.renumber(numbers, from: firstPlace)
    for index in latesTaken..<lates.count { lates[index].news.figures.renumber(numbers) }
  }
}
