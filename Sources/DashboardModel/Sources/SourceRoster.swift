import AccessLog
import SafeText
import TrafficAnalysis

/// All sources in the order of the list. It is kept from frame to frame: the list shows few of them, and
/// nothing else is made of the others.
package struct SourceRoster: Equatable, Sendable {
  /// The number of sources that are in some condition.
  struct Counts: Equatable, Sendable {
    var all = 0
    var senders = 0
    /// Those that bring no lines themselves, but further sources.
    var listeners = 0
    var unreadable = 0
    var waiting = 0
    var silent = 0
    /// Senders that have ended.
    var ended = 0
  }

  /// The log seconds between two times at which sources change places, so that the list stays calm.
  private static let calmSeconds: Int64 = 3

  private(set) var names = SourceNames()
  private(set) var counts = Counts()
  /// The greatest time of a source whose clock is not ahead.
  private(set) var furthest: EpochSecond?
  /// The index of each source among the states, in the order of the list.
  private var order: [Int] = []
  /// The index of the figures of each state; `nil` if the place is the same for all.
  private var figureIndices: [Int?]?
  private var sortedBy: SourceOrder?
  private var sortedAt: EpochSecond?

  init() {}

  /// The number of sources.
  package var count: Int { order.count }

  /// The index among the states of the source at a place of the list.
  func state(at place: Int) -> Int { order[place] }

  /// The index of the figures of a state; `nil` if there are none.
  func figures(of state: Int, in figures: [SourceFigures]) -> Int? {
    let index = figureIndices.map { $0.indices.contains(state) ? $0[state] : nil } ?? state
    return index.flatMap { figures.indices.contains($0) ? $0 : nil }
  }

  /// The whole name of the source at a place of the list.
  package func path(at place: Int) -> Name? {
    order.indices.contains(place) ? names.paths[order[place]] : nil
  }

  /// The place in the list of the source with a name.
  func place(of path: Name) -> Int? { order.firstIndex { names.paths[$0] == path } }

  /// The place of the next name after a place, or before it, that contains some bytes, whatever the
  /// case of ASCII letters. The search goes on at the other end of the list.
  package func place(matching text: [UInt8], from place: Int, forward: Bool) -> Int? {
    let text = FoldedText(text)
    let found = order.indices.filter { names.paths[order[$0]].withBytes(text.isContained) }
    return forward
      ? found.first { $0 > place } ?? found.first : found.last { $0 < place } ?? found.last
  }

  // MARK: - Changes

  /// Adapts to the sources as they are now.
  ///
  /// - Parameters:
  ///   - keepsOrder: no source that is known changes its place.
  ///   - now: the last closed second.
  /// - Complexity: O(n) for n sources, and O(n log n) where they change places
  mutating func update(
    _ states: [SourceState], _ figures: [SourceFigures], _ order: SourceOrder,
    _ clocks: SourceClocks, isReplay: Bool, keepsOrder: Bool, now: EpochSecond?
  ) {
    let isSame = names.belong(to: states)
    let former = isSame ? [] : self.order.map { names.paths[$0] }
    if !isSame { names = SourceNames(states) }
    pair(states, figures)
    let conditions = states.indices.map { index in
      SourceCondition(
        states[index], self.figures(of: index, in: figures).map { figures[$0] } ?? SourceFigures(),
        clocks, isReplay: isReplay)
    }
    count(states, conditions)
    furthest = figures.lazy.filter { clocks.lead(of: $0.time) == nil }.compactMap(\.time).max()
    if keepsOrder, order == sortedBy {
      if !isSame { keep(former) }
    } else if !isSame || order != sortedBy || isDue(now) {
      sort(states, figures, conditions, order)
      (sortedBy, sortedAt) = (order, now)
    }
  }

  /// Whether so much time has passed that sources may change places.
  private func isDue(_ now: EpochSecond?) -> Bool {
    guard let now, let sortedAt else { return true }
    return !(0..<Self.calmSeconds).contains(now.seconds(since: sortedAt))
  }

  /// In a display that is frozen there may be other figures than there are sources now.
  private mutating func pair(_ states: [SourceState], _ figures: [SourceFigures]) {
    let isParallel = states.indices.allSatisfy { index in
      guard figures.indices.contains(index), let name = figures[index].name else { return true }
      return name == states[index].path
    }
    guard !isParallel else {
      figureIndices = nil
      return
    }
    let known = Dictionary(
      figures.indices.compactMap { index in figures[index].name.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    figureIndices = states.map { known[$0.path] }
  }

  private mutating func count(_ states: [SourceState], _ conditions: [SourceCondition]) {
    counts = Counts()
    counts.all = states.count
    for (state, condition) in zip(states, conditions) {
      if state.sender != nil { counts.senders += 1 }
      if state.listener != nil { counts.listeners += 1 }
      switch condition {
      case .unreadable: counts.unreadable += 1
      case .waiting: counts.waiting += 1
      case .silent: counts.silent += 1
      case .ended: counts.ended += 1
      default: break
      }
    }
  }

  /// Keeps the places of the sources that were known, and puts the others behind them.
  private mutating func keep(_ former: [Name]) {
    var indices: [Name: [Int]] = [:]
    for index in names.paths.indices.reversed() {
      indices[names.paths[index], default: []] += [index]
    }
    let known = former.compactMap { indices[$0]?.popLast() }
    let isKnown = Set(known)
    order = known + names.paths.indices.filter { !isKnown.contains($0) }
  }

  private mutating func sort(
    _ states: [SourceState], _ figures: [SourceFigures], _ conditions: [SourceCondition],
    _ order: SourceOrder
  ) {
    let keys = states.indices.map { index in
      let own = self.figures(of: index, in: figures).map { figures[$0] } ?? SourceFigures()
      return SortKey(
        order.column, states[index], own, conditions[index],
        place: Int32(index), rank: names.ranks[index], furthest: furthest)
    }
    let isReversed = order.isReversed
    self.order = keys.sorted { isReversed ? $1 < $0 : $0 < $1 }.map { Int($0.place) }
  }
}

/// What the place of a source in the list follows from: the least comes first.
private struct SortKey: Comparable {
  var major: Int64
  var minor: Int32
  var place: Int32

  init(
    _ column: SourceColumn?, _ state: SourceState, _ figures: SourceFigures,
    _ condition: SourceCondition, place: Int32, rank: Int32, furthest: EpochSecond?
  ) {
    self.place = place
    minor = state.sender == nil ? place : rank
    let current = figures.current
    switch column {
    case nil:
      // Logs stay where the command line has them.
      major = state.sender == nil ? -1 : Int64(condition.isTrouble ? condition.rank : 100)
    case .name, .format:
      major = 0
      minor = rank
    case .rate: major = -Int64(current.hits)
    case .hits: major = -Int64(figures.tally.hits)
    case .serverErrors:
      major = current.hits > 0 ? -Int64(current.serverErrors * 1_000_000 / current.hits) : 0
    case .rejected: major = -Int64(figures.tally.rejected.total)
    case .late: major = -Int64(figures.tally.late)
    case .lag:
      let lag = furthest.flatMap { furthest in figures.time.map { furthest.seconds(since: $0) } }
      major = -(lag ?? -1)
    case .state: major = Int64(condition.rank)
    }
  }

  static func < (left: SortKey, right: SortKey) -> Bool {
    if left.major != right.major { return left.major < right.major }
    return left.minor != right.minor ? left.minor < right.minor : left.place < right.place
  }
}
