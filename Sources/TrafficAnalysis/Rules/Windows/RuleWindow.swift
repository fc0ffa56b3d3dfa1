import AccessLog

/// The hits of a sliding window by name, as a rule counts them; for growth also those of the seconds
/// before the window.
struct RuleWindow: Sendable {
  /// The number of names of a second and of counts that are kept for the whole window. Beyond them the
  /// rarest names of a second, and then the oldest seconds, are left out.
  private static let nameLimit = 65_536
  private static let rowLimit = 1 << 21

  /// What is counted of one name in one second, or of one of its clients or latencies.
  struct Row: Sendable {
    var key: UInt32
    var detail: UInt32 = 0
    var hits: UInt32
    var part: UInt32 = 0
    var bytes: Int64 = 0
  }

  private struct Second: Sendable {
    var second: EpochSecond
    var rows: [Row]
  }

  /// The length of the window, in seconds.
  private let length: Int64
  /// The length of the span before the window that is kept too, in seconds.
  private let lengthBefore: Int64
  private let detail: Measure.Detail
  /// The dimension whose names the keys are; `nil` if they are not IDs.
  let dimension: Dimension?
  /// Oldest first. Those before `oldest` are left behind; those before `entered` have left the window.
  private var seconds: [Second] = []
  private var oldest = 0
  private var entered = 0
  private var rowCount = 0
  private(set) var figures: [UInt32: NameFigures] = [:]
  /// The number of names with hits in the window.
  private(set) var nameCount = 0
  /// The names whose figures have changed since they were last taken.
  private var changed: Set<UInt32> = []
  /// Whether something was left out because there was too much.
  private(set) var isShortened = false

  init(_ rule: RuleDefinition) {
    length = rule.window
    lengthBefore = rule.metric == .growth ? GrowthSpan.length : 0
    detail =
      switch rule.metric {
      case .clients: .client
      case .percentile: .latency
      default: .nothing
      }
    dimension = if case .dimension(let dimension)? = rule.subject { dimension } else { nil }
  }

  /// The memory used, in bytes.
  var footprint: Int {
    rowCount * MemoryLayout<Row>.stride + figures.count * MemoryLayout<NameFigures>.stride
      + (detail == .client ? figures.values.reduce(0) { $0 + $1.clients.footprint } : 0)
  }

  /// The second at which something leaves the window, or the span before it, next.
  var nextExpiry: EpochSecond? {
    let leaves = entered < seconds.count ? seconds[entered].second.advanced(by: length) : nil
    guard lengthBefore > 0, oldest < entered else { return leaves }
    let forgotten = seconds[oldest].second.advanced(by: length + lengthBefore)
    return leaves.map { min($0, forgotten) } ?? forgotten
  }

  /// Whether there are hits in the span before the window.
  var hasHitsBefore: Bool { oldest < entered && lengthBefore > 0 }

  /// Removes and returns the names whose figures have changed.
  mutating func takeChanged() -> Set<UInt32> {
    defer { changed.removeAll(keepingCapacity: true) }
    return changed
  }

  // MARK: - Seconds

  /// Lets the hits leave that are not in the window that ends with a second.
  mutating func advance(to second: EpochSecond, _ names: NameTables) {
    let start = second.advanced(by: -length)
    while entered < seconds.count, seconds[entered].second <= start {
      leaveWindow(seconds[entered])
      entered += 1
    }
    let first = second.advanced(by: -length - lengthBefore)
    while oldest < entered, lengthBefore == 0 || seconds[oldest].second <= first { forgetOldest() }
    if oldest > 64, oldest * 2 > seconds.count {
      seconds.removeFirst(oldest)
      entered -= oldest
      oldest = 0
    }
    if detail == .client { refineClients(names) }
  }

  /// Adds the hits of a second, which follows all others.
  ///
  /// - Parameter rows: ordered by key.
  mutating func add(_ rows: [Row], at second: EpochSecond, _ names: NameTables) {
    guard !rows.isEmpty else { return }
    var rows = rows
    if rows.count > Self.nameLimit { rows = keepFirstNames(of: rows, names) }
    for row in rows { enter(row, at: second, names) }
    seconds.append(Second(second: second, rows: rows))
    rowCount += rows.count
    guard rowCount > Self.rowLimit else { return }
    if detail == .client { removeStaleClients() }
    // A quarter of them, so that the next time is not soon.
    while rowCount > Self.rowLimit / 4 * 3, oldest < seconds.count - 1 {
      isShortened = true
      if oldest == entered {
        leaveWindow(seconds[entered])
        entered += 1
      }
      forgetOldest()
    }
  }

  private mutating func enter(_ row: Row, at second: EpochSecond, _ names: NameTables) {
    // Changed in place: a copy of the figures would copy all their clients or latencies.
    figures[row.key, default: NameFigures()].enter(row, detail, at: second, names)
    if figures[row.key]?.hits == Int(row.hits) { nameCount += 1 }
    changed.insert(row.key)
  }

  private mutating func leaveWindow(_ second: Second) {
    for row in second.rows {
      figures[row.key]?.leave(row, detail, at: second.second)
      if lengthBefore > 0 { figures[row.key]?.before += Int(row.hits) }
      changed.insert(row.key)
      guard figures[row.key]?.hits == 0 else { continue }
      nameCount -= 1
      removeIfEmpty(row.key)
    }
  }

  private mutating func removeIfEmpty(_ key: UInt32) {
    if figures[key]?.isEmpty ?? false { figures[key] = nil }
  }

  private mutating func forgetOldest() {
    let rows = seconds[oldest].rows
    rowCount -= rows.count
    if lengthBefore > 0 {
      for row in rows {
        figures[row.key]?.before -= Int(row.hits)
        changed.insert(row.key)
        removeIfEmpty(row.key)
      }
    }
    seconds[oldest].rows = []
    oldest += 1
  }

  // MARK: - Limits

  /// The rows of the names with the most hits, as many as are kept of a second.
  private mutating func keepFirstNames(of rows: [Row], _ names: NameTables) -> [Row] {
    var hits: [UInt32: Int] = [:]
    for row in rows { hits[row.key, default: 0] += Int(row.hits) }
    guard hits.count > Self.nameLimit else { return rows }
    isShortened = true
    let first = firstNames(Self.nameLimit, of: hits.map { ($0.key, $0.value) }, names)
    return rows.filter { first.contains($0.key) }
  }

  // MARK: - Clients

  /// Removes the rows of clients that were seen again later, but for their hits.
  private mutating func removeStaleClients() {
    var seen: Set<UInt64> = []
    for index in (oldest..<seconds.count).reversed() {
      var kept: [Row] = []
      for row in seconds[index].rows {
        let isNewest = seen.insert(UInt64(row.key) << 32 | UInt64(row.detail)).inserted
        // The hits of a key in a second need one row.
        if isNewest || kept.last?.key != row.key {
          kept.append(row)
        } else {
          kept[kept.count - 1].hits = kept[kept.count - 1].hits.addingSaturated(row.hits)
        }
      }
      rowCount -= seconds[index].rows.count - kept.count
      seconds[index].rows = kept
    }
  }

  /// Counts the clients again of names that have fewer of them than when they became estimates.
  private mutating func refineClients(_ names: NameTables) {
    let sparse = figures.lazy.filter { $0.value.clients.isSparse }.map(\.key)
    guard sparse.first != nil else { return }
    let keys = Set(sparse)
    for key in keys { figures[key]?.clients = ClientWindow() }
    names.with(.client) { names in
      for second in seconds[entered...] {
        for row in second.rows where keys.contains(row.key) {
          figures[row.key]?.clients.see(row.detail, at: second.second, names)
        }
      }
    }
  }

  // MARK: - Names

  func markNames(_ marks: inout NameMarks) {
    if let dimension {
      for key in figures.keys { marks[dimension][Int(key)] = true }
      for key in changed { marks[dimension][Int(key)] = true }
    }
    guard detail == .client else { return }
    for second in seconds[oldest...] {
      for row in second.rows { marks[.client][Int(row.detail)] = true }
    }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    let (dimension, detail) = (dimension, detail)
    func newKey(_ key: UInt32) -> UInt32 {
      guard let dimension else { return key }
      return newIDs.with(dimension) { $0[Int(key)].value }
    }
    for index in oldest..<seconds.count {
      for place in seconds[index].rows.indices {
        seconds[index].rows[place].key = newKey(seconds[index].rows[place].key)
        guard detail == .client else { continue }
        let client = seconds[index].rows[place].detail
        seconds[index].rows[place].detail = newIDs.with(.client) { $0[Int(client)].value }
      }
    }
    var renumbered: [UInt32: NameFigures] = [:]
    renumbered.reserveCapacity(figures.count)
    for (key, var entry) in figures {
      if detail == .client { newIDs.with(.client) { entry.clients.renumber($0) } }
      renumbered[newKey(key)] = entry
    }
    figures = renumbered
    changed = Set(changed.map(newKey))
  }
}
