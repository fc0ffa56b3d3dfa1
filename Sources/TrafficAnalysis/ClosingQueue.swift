import AccessLog

/// What a source has closed and nobody has taken yet, in order.
struct ClosingQueue: Sendable {
  private var closings: [Closing] = []
  private var taken = 0

  mutating func add(_ closing: Closing) {
    if taken == closings.count {
      closings.removeAll(keepingCapacity: true)
      taken = 0
    }
    closings.append(closing)
  }

  /// The next closing that has not been taken.
  mutating func next() -> Closing? {
    guard taken < closings.count else { return nil }
    defer { taken += 1 }
    let closing = closings[taken]
    closings[taken].figures = nil
    closings[taken].news = LineNews()
    return closing
  }

  /// The second that the next closing goes to, before it is taken.
  var nextSecond: EpochSecond? {
    taken < closings.count ? closings[taken].through : nil
  }

  /// The next closed second with a hit that has not been taken.
  var nextHit: EpochSecond? { closings[taken...].first { $0.figures != nil }?.through }
}

extension ClosingQueue {
  func mark(_ marks: inout NameMarks) {
    for closing in closings[taken...] {
      if let figures = closing.figures { marks.add(figures) }
      if let late = closing.news.late { marks.add(late) }
    }
  }

  mutating func renumber(_ numbers: NameNumbers) {
    for index in taken..<closings.count {
      closings[index].figures?.renumber(numbers)
      closings[index].news.late?.renumber(numbers)
    }
  }
}
