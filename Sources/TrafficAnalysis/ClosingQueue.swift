import AccessLog

/// What a source has closed and nobody has taken yet, in order.
struct ClosingQueue: Sendable {
  private var closings: [Closing] = []
  private var taken = 0

  mutating func add(_ closing: consuming Closing) {
    if taken == closings.count {
      closings.removeAll(keepingCapacity: true)
      taken = 0
    }
    closings.append(closing)
  }

  /// The next closing that has not been taken.
  mutating func next() -> Closing? {
    guard taken < closings.count else { return nil }
    var closing = Closing(through: closings[taken].through)
    swap(&closing, &closings[taken])
    taken += 1
    return closing
  }

  /// The second that the next closing goes to, before it is taken.
  var nextSecond: EpochSecond? {
    taken < closings.count ? closings[taken].through : nil
  }

  /// The next closed second with a hit that has not been taken.
  var nextHit: EpochSecond? { closings[taken...].first { $0.figures != nil }?.through }

  /// The memory that waits in it, in bytes.
  var footprint: Int {
    closings[taken...].reduce(closings.count * MemoryLayout<Closing>.stride) {
      guard let figures = $1.figures else { return $0 }
      return $0 + (figures.sections.count + figures.clients.count) * MemoryLayout<NameCount>.stride
    }
  }
}

extension ClosingQueue {
  func mark(_ marks: inout NameMarks) {
    for closing in closings[taken...] {
      if let figures = closing.figures { marks.add(figures) }
      if let late = closing.news.late.value { marks.add(late) }
    }
  }

  mutating func renumber(_ numbers: NameNumbers) {
    for index in taken..<closings.count {
      closings[index].figures?.renumber(numbers)
      closings[index].news.late.modifyIfPresent { $0.renumber(numbers) }
    }
  }
}
