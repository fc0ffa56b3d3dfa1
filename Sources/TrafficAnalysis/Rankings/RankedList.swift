import AccessLog

/// The list of names that a request describes: the pinned names, then all others in the requested
/// order.
struct RankedList {
  /// A name of the list. It has no ID if it does not occur in the log, and no totals without hits in
  /// the window.
  struct Entry {
    var name: Name
    var id: NameID?
    var total: NameRanking.Total?
  }

  private struct Key {
    /// The figure by which names are ordered, so that the greatest comes first.
    var figure: Int
    var ranking: RankingKey
  }

  private let ranking: NameRanking
  private let names: NameTable
  private let order: RankingOrder
  private let pinned: [Entry]
  /// The names that are not pinned, sorted where rows were requested.
  private var keys: [Key]

  /// - Parameter figure: the figure of the order for the name at an index of the totals.
  init(
    _ ranking: NameRanking, _ request: RankingRequest, _ names: NameTable,
    by figure: (Int) -> Int
  ) {
    self.ranking = ranking
    self.names = names
    order = request.order
    let indexes = request.pinned.map { ranking.position(of: $0, names) }
    pinned = zip(request.pinned, indexes).map { name, index in
      Entry(name: name, id: names.id(of: name), total: index.map { ranking.totals[$0] })
    }
    var isPinned = [Bool](repeating: false, count: ranking.totals.count)
    for case let index? in indexes { isPinned[index] = true }
    keys = ranking.totals.indices.lazy.filter { !isPinned[$0] }.map { index in
      // Only the figure itself is reversed: the complement of a number reverses the order.
      let value = figure(index)
      return Key(
        figure: request.order.isReversed ? ~value : value, ranking: ranking.key(at: index, names))
    }
  }

  var count: Int { pinned.count + keys.count }

  /// The names at some places of the list.
  ///
  /// - Complexity: O(names + rows log rows) on average
  mutating func entries(at places: Range<Int>) -> [Entry] {
    let first = places.clamped(to: 0..<pinned.count)
    let others = places.clamped(to: pinned.count..<count)
    sort(others)
    return pinned[first]
      + keys[others.lowerBound - pinned.count..<others.upperBound - pinned.count].map { key in
        let id = key.ranking.id
        return Entry(name: names[id], id: id, total: ranking.totals[key.ranking.index])
      }
  }

  /// Sorts the keys so far that those at some places of the list are in order.
  private mutating func sort(_ places: Range<Int>) {
    guard !places.isEmpty else { return }
    let (order, names) = (order, names)
    keys.partialSort(places.lowerBound - pinned.count..<places.upperBound - pinned.count) {
      Self.precedes($0, $1, order, names)
    }
  }

  private func precedes(_ one: Key, _ other: Key) -> Bool {
    Self.precedes(one, other, order, names)
  }

  @inline(__always)
  private static func precedes(
    _ one: Key, _ other: Key, _ order: RankingOrder, _ names: NameTable
  ) -> Bool {
    if one.figure != other.figure { return one.figure > other.figure }
    guard order.figure == .name else { return one.ranking.precedes(other.ranking, names) }
    return order.isReversed
      ? other.ranking.isNameBefore(one.ranking, names)
      : one.ranking.isNameBefore(other.ranking, names)
  }
}

// MARK: - Search

extension RankedList {
  /// The place of the next name after a place, or before it, that contains some bytes, whatever the
  /// case of ASCII letters. The search goes on at the other end of the list.
  ///
  /// - Parameter place: may be -1 or `count`, to include the whole list.
  /// - Returns: `nil` if no name contains them.
  /// - Complexity: O(bytes of the names × length of the text) at worst
  mutating func place(matching text: [UInt8], from place: Int, forward: Bool) -> Int? {
    let text = FoldedText(text)
    let found = pinned.indices.filter { index in pinned[index].name.withBytes(text.isContained) }
    let keys = keys.filter { names.withBytes(of: $0.ranking.id, text.isContained) }
    if forward {
      return next(after: place, found, keys) ?? next(after: -1, found, keys)
    }
    return previous(before: place, found, keys) ?? previous(before: count, found, keys)
  }

  /// The first of the found names after a place.
  private mutating func next(after place: Int, _ pinned: [Int], _ found: [Key]) -> Int? {
    if let first = pinned.first(where: { $0 > place }) { return first }
    guard place < count else { return nil }
    let start = key(at: place)
    return found.filter { key in start.map { precedes($0, key) } ?? true }
      .min(by: precedes).map(self.place)
  }

  /// The last of the found names before a place.
  private mutating func previous(before place: Int, _ pinned: [Int], _ found: [Key]) -> Int? {
    if place > self.pinned.count {
      let end = key(at: place)
      let last = found.filter { key in end.map { precedes(key, $0) } ?? true }.max(by: precedes)
      if let last { return self.place(of: last) }
    }
    return pinned.last { $0 < place }
  }

  /// The key at a place; `nil` if a pinned name or nothing is there.
  private mutating func key(at place: Int) -> Key? {
    guard place >= pinned.count, place < count else { return nil }
    sort(place..<place + 1)
    return keys[place - pinned.count]
  }

  private func place(of key: Key) -> Int {
    pinned.count + keys.count { precedes($0, key) }
  }
}
