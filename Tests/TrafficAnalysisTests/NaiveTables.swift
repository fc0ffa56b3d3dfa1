import AccessLog
import ReferenceModel
import TrafficKit

@testable import TrafficAnalysis

/// A random log, and the figures of its tables counted again for each of them.
struct NaiveTables {
  struct LoggedHit {
    var second: Int64
    var names: [Dimension: String]
    var isLate = false
  }

  private(set) var hits: [LoggedHit] = []
  private(set) var analyzer: TrafficAnalyzer
  /// The last and the first closed second.
  private(set) var now: Int64 = 0
  private(set) var firstClosed: Int64 = 0

  /// - Parameter span: the length of the log in seconds.
  init(_ random: inout RandomSource, span: Int64) {
    var options = AnalysisOptions()
    options.lateness = 0
    options.maxJump = 1_000_000
    options.alertWindow = 20
    analyzer = TrafficAnalyzer(options: options)
    let count = random.number(1...400)
    let start = random.pick([1_000_000, 1_000_007, -50] as [Int64])
    for index in 0..<count {
      var second = start + span * Int64(index) / Int64(count)
      if random.chance(50) { second -= random.number(0...30) }
      let names: [Dimension: String] = [
        .section: random.pick(["/a", "/B", "/api", "/API", "/b", "/img", "/é"]),
        .client: "10.0.0.\(random.number(0...random.pick([1, 20])))",
        .status: random.pick(["200", "200", "404", "-"]),
      ]
      hits.append(LoggedHit(second: second, names: names))
    }
    // The first hundred records decide together where the log begins.
    var head = hits.prefix(100).map(\.second).min() ?? 0
    for index in hits.indices {
      hits[index].isLate = hits[index].second < head
      head = max(head, hits[index].second)
    }
    let batch = RecordBatch()
    for hit in hits { batch.addHits(at: [hit.second], names: hit.names) }
    var events: [MonitorEvent] = []
    analyzer.add(batch, wall: EpochSecond(4_000_000_000))
    analyzer.finishSource(wall: EpochSecond(4_000_000_000))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    now = analyzer.closedThrough?.value ?? 0
    firstClosed = analyzer.firstClosed?.value ?? 0
    let seconds = hits.filter { !$0.isLate }.map(\.second)
    let lastHit = seconds.max() ?? 0
    dropped = seconds.filter { $0 <= lastHit - 7200 }.max()
  }

  /// The last second that is too old to be kept with its names.
  private var dropped: Int64?

  /// Whether the names of all seconds from one on are kept.
  func isKept(from second: Int64) -> Bool { dropped.map { $0 < second } ?? true }

  /// The hits in time of some seconds.
  func inTime(_ seconds: ClosedRange<Int64>) -> [LoggedHit] {
    hits.filter { !$0.isLate && seconds.contains($0.second) }
  }

  private func window(_ window: TableWindow) -> ClosedRange<Int64> {
    guard case .last(let seconds) = window else { return firstClosed...now }
    return now - seconds + 1...now
  }

  /// The hits that a window shows.
  func shown(_ window: TableWindow) -> [LoggedHit] {
    if window == .all { return hits }
    return inTime(self.window(window)).filter { isKept(from: $0.second) }
  }

  /// The number of clients in a window.
  func uniqueClients(_ window: TableWindow) -> DistinctCount {
    DistinctCount(Set(shown(window).map { $0.names[.client] }).count)
  }

  private func compared(_ window: TableWindow, _ comparison: TableComparison) -> ClosedRange<Int64>?
  {
    guard case .last(let seconds) = window else { return nil }
    let distance: Int64 =
      switch comparison {
      case .windowBefore: seconds
      case .hourBefore: 3600
      case .dayBefore: 86_400
      }
    let range = now - distance - seconds + 1...now - distance
    return range.lowerBound >= firstClosed ? range : nil
  }

  func hitsBefore(_ window: TableWindow, _ comparison: TableComparison) -> Int? {
    guard let range = compared(window, comparison), range.lowerBound > now - 90_000 else {
      return nil
    }
    return inTime(range).count
  }

  // MARK: - Rows

  /// The whole list of a request.
  func list(
    _ request: RankingRequest, _ window: TableWindow, _ comparison: TableComparison
  ) -> [RankedName] {
    let names = Set(shown(window).compactMap { $0.names[request.dimension] })
    let pinned = request.pinned.map(\.description)
    func rows(_ names: [String]) -> [RankedName] {
      names.map { row($0, request, window, comparison, wantsTimes: true) }
    }
    let others = rows(names.filter { !pinned.contains($0) }).sorted {
      precedes($0, $1, request.order)
    }
    return (rows(pinned) + others).map { row in
      var row = row
      if !request.wantsTimes { (row.peak, row.firstSeen, row.lastSeen) = (nil, nil, nil) }
      return row
    }
  }

  private func precedes(_ one: RankedName, _ other: RankedName, _ order: RankingOrder) -> Bool {
    if order.figure == .name {
      return order.isReversed ? one.name > other.name : one.name < other.name
    }
    let (left, right) = (figure(one, order.figure), figure(other, order.figure))
    if left != right { return order.isReversed ? left < right : left > right }
    return one.hits != other.hits ? one.hits > other.hits : one.name < other.name
  }

  private func figure(_ row: RankedName, _ figure: RankingFigure) -> Int {
    switch figure {
    case .name: 0
    case .hits: row.hits
    case .clientErrors: row.clientErrors
    case .serverErrors: row.serverErrors
    case .errors: row.errors
    case .bytes: Int(row.bytes)
    // The hits have no latencies.
    case .p95: -1
    case .change: row.before.map { row.hits - $0 } ?? 0
    case .peak: row.peak ?? 0
    case .firstSeen: row.firstSeen.map { Int($0.value) } ?? .min
    case .lastSeen: row.lastSeen.map { Int($0.value) } ?? .min
    }
  }

  private func row(
    _ name: String, _ request: RankingRequest, _ window: TableWindow, _ comparison: TableComparison,
    wantsTimes: Bool
  ) -> RankedName {
    let ofName = hits.filter { !$0.isLate && $0.names[request.dimension] == name }.map(\.second)
    let count = shown(window).count { $0.names[request.dimension] == name }
    var row = RankedName(name: Name(name), hits: count, bytes: Int64(count))
    if let range = compared(window, comparison), isKept(from: range.lowerBound) {
      row.before = ofName.count { range.contains($0) }
    }
    let range = self.window(window)
    if isKept(from: range.lowerBound) {
      let seconds = ofName.filter { range.contains($0) }
      row.peak = Dictionary(grouping: seconds) { $0 }.values.map(\.count).max() ?? 0
      row.firstSeen = seconds.min().map { EpochSecond($0) }
      row.lastSeen = seconds.max().map { EpochSecond($0) }
    }
    let last = now.floored(by: request.trend.width).quotient
    row.trend = (0..<request.trend.count).map { bucket in
      let number = last - Int64(request.trend.count - 1 - bucket)
      let first = number * request.trend.width
      let seconds = first...first + request.trend.width - 1
      guard seconds.upperBound >= firstClosed, isKept(from: seconds.upperBound) else { return nil }
      return ofName.count { seconds.contains($0) && isKept(from: $0) }
    }
    return row
  }
}
