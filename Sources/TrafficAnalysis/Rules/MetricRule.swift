import AccessLog

/// Alerts while a metric of the hits of a sliding window is on the wrong side of a limit, for all hits
/// together or for every name by itself.
struct MetricRule: Rule {
  /// The number of names that are judged: those with the most hits in the window.
  static let judgedNames = 1000
  /// The number of alerts that may be active at once; further ones do not trigger.
  static let activeLimit = 10_000
  /// The key of all hits together.
  static let allHits: UInt32 = 0

  let definition: RuleDefinition
  /// The index of its measure; `nil` if the totals of a second say all it needs.
  private let measure: Int?
  private(set) var window: RuleWindow
  /// The names that alert, or whose condition holds, and may alert later.
  private(set) var alerts: [UInt32: AlertState] = [:]
  /// The names whose condition holds although they do not alert, whether they are judged or not.
  private(set) var watched: Set<UInt32> = []
  /// The names whose condition has held for less than the time that it must.
  private(set) var pending: Set<UInt32> = []
  /// The names that alert and have no hits in the window.
  private(set) var gone: Set<UInt32> = []
  private(set) var activeCount = 0
  private(set) var firstClosed: EpochSecond?
  private(set) var lastEvaluated: EpochSecond?
  /// The first second at which it is judged; `nil` for any.
  var judgedFrom: EpochSecond?
  /// Whether it has been judged at all.
  private(set) var wasJudged = false

  init(_ definition: RuleDefinition, measure: Int?) {
    self.definition = definition
    self.measure = measure
    window = RuleWindow(definition)
  }

  var name: String { definition.name }

  /// Whether every name is judged by itself.
  var isByName: Bool { definition.subject != nil }

  mutating func begin(at second: EpochSecond) { firstClosed = second }

  /// - Complexity: O(names that have changed)
  mutating func evaluate(_ input: RuleInput, _ names: NameTables) -> [AlertTransition] {
    lastEvaluated = input.second
    window.advance(to: input.second, names)
    if let figures = input.figures { window.add(rows(of: figures), at: input.second, names) }
    guard definition.mayJudge(at: input.second, firstClosed: firstClosed),
      judgedFrom.map({ $0 <= input.second }) ?? true
    else { return [] }
    return judge(at: input.second, names)
  }

  /// What it counts of the hits of a second, ordered by name.
  private func rows(of second: SecondView) -> [RuleWindow.Row] {
    guard let measure else {
      return [
        RuleWindow.Row(
          key: Self.allHits, hits: UInt32(clamping: second.hits), bytes: second.traffic.bytes)
      ]
    }
    var rows: [RuleWindow.Row] = []
    second.withCounts(of: measure) { counts in
      rows = counts.map {
        RuleWindow.Row(
          key: $0.key, detail: $0.detail, hits: $0.hits, part: $0.part, bytes: $0.bytes)
      }
    }
    return rows
  }

  // MARK: - Judging

  private mutating func judge(at second: EpochSecond, _ names: NameTables) -> [AlertTransition] {
    var first: Set<UInt32>?
    if isByName, window.nameCount > Self.judgedNames, !watched.isEmpty {
      first = window.firstNames(Self.judgedNames, names)
    }
    var transitions: [(key: UInt32, transition: AlertTransition)] = []
    for key in namesInOrder(takeNamesToJudge(first), names) {
      guard let transition = judge(key, at: second, &first, names) else { continue }
      transitions.append((key, transition))
    }
    if isByName { transitions.sort { window.isBefore($0.key, $1.key, names) } }
    return transitions.map(\.transition)
  }

  /// The names in any order, unless not all of them may alert: then by name, so that the same ones do in
  /// every run.
  private func namesInOrder(_ keys: Set<UInt32>, _ names: NameTables) -> [UInt32] {
    let keys = Array(keys)
    guard isByName, activeCount + keys.count > Self.activeLimit else { return keys }
    return keys.sorted { window.isBefore($0, $1, names) }
  }

  /// - Parameter first: the names with the most hits, if others are watched too.
  private mutating func takeNamesToJudge(_ first: Set<UInt32>?) -> Set<UInt32> {
    var keys = window.takeChanged()
    if !wasJudged { keys.formUnion(window.figures.keys) }
    if definition.metric == .growth, lastKnownSeconds < GrowthSpan.length {
      // What is compared with changes with every second, until all of it is known.
      keys.formUnion(
        window.figures.lazy.filter { $0.value.hits > 0 && $0.value.before > 0 }.map(\.key))
    }
    wasJudged = true
    keys.formUnion(first.map { $0.intersection(watched) } ?? watched)
    keys.formUnion(pending)
    keys.formUnion(gone)
    if !isByName { keys.insert(Self.allHits) }
    return keys
  }

  /// Judges a name.
  ///
  /// - Parameter first: the names that are judged, once they are known.
  private mutating func judge(
    _ key: UInt32, at second: EpochSecond, _ first: inout Set<UInt32>?, _ names: NameTables
  ) -> AlertTransition? {
    let figures = window.figures[key] ?? NameFigures()
    var value = self.value(of: figures, at: second)
    // Mostly nothing alerts, and nothing is about to.
    if alerts.isEmpty, watched.isEmpty, !(value.map(definition.holds) ?? false) { return nil }
    var alert = alerts[key] ?? AlertState()
    let isActive = alert.activeSince != nil
    let isGone = isByName && isActive && figures.hits == 0
    if !isGone { alert.goneSince = nil }
    let holds = !isActive && value.map(definition.holds) ?? false
    if isByName, !isActive {
      if figures.hits == 0 || activeCount >= Self.activeLimit {
        value = nil
      } else if holds, window.nameCount > Self.judgedNames {
        let judged = first ?? window.firstNames(Self.judgedNames, names)
        first = judged
        if !judged.contains(key) { value = nil }
      }
    }
    let change =
      isGone && value == nil
      ? recoverGone(&alert, at: second) : alert.judge(value, at: second, definition)
    keep(alert, of: key, isWatched: holds && (figures.hits > 0 || !isByName), isGone: isGone)
    guard let change else { return nil }
    var transition = AlertTransition(
      rule: definition, key: isByName ? window.name(key, names) : nil, change: change,
      second: second, hits: figures.hits, value: value ?? .ratio(Rate(hits: 0, seconds: 1)))
    transition.peak = alert.peak ?? transition.value
    return transition
  }

  /// Lets the alert of a name recover that had no hits for a whole window, since it cannot be judged.
  private func recoverGone(
    _ alert: inout AlertState, at second: EpochSecond
  ) -> AlertTransition.Change? {
    let start = alert.goneSince ?? second
    alert.goneSince = start
    guard let since = alert.activeSince, second.seconds(since: start) >= definition.window else {
      return nil
    }
    alert.end()
    return .recovered(since: since)
  }

  mutating func keep(_ alert: AlertState, of key: UInt32, isWatched: Bool, isGone: Bool) {
    let wasActive = alerts[key]?.activeSince != nil
    let isActive = alert.activeSince != nil
    if isActive != wasActive { activeCount += isActive ? 1 : -1 }
    alerts[key] = alert.isIdle ? nil : alert
    if isWatched, !isActive { watched.insert(key) } else { watched.remove(key) }
    if alert.holdsSince != nil, !isActive { pending.insert(key) } else { pending.remove(key) }
    if isGone, isActive { gone.insert(key) } else { gone.remove(key) }
  }

  // MARK: - Values

  /// `nil` if the name cannot be judged.
  func value(of figures: NameFigures, at second: EpochSecond) -> RuleValue? {
    guard figures.hits >= definition.leastHits else { return nil }
    switch definition.metric {
    case .rate: return .ratio(Rate(hits: figures.hits, seconds: definition.window))
    case .bandwidth:
      return .fraction(min(figures.bytes, Int128(Int64.max)), Int128(definition.window))
    case .clients: return .ratio(Rate(hits: figures.clients.count, seconds: 1))
    case .share:
      guard figures.hits > 0 else { return nil }
      return .fraction(100 * Int128(figures.part), Int128(figures.hits))
    case .percentile(let percent):
      guard figures.hits > 0 else { return nil }
      return .latency(figures.latencies.percentile(percent, of: figures.hits))
    case .growth: return growth(of: figures, at: second)
    case .late, .rejected, .future: return nil
    }
  }

  private func growth(of figures: NameFigures, at second: EpochSecond) -> RuleValue? {
    let known = knownSeconds(at: second)
    guard known >= GrowthSpan.least, figures.before > 0 else { return nil }
    return .fraction(
      Int128(figures.hits) * Int128(known), Int128(definition.window) * Int128(figures.before))
  }

  /// The same at the second before the one that is judged.
  private var lastKnownSeconds: Int64 {
    lastEvaluated.map { knownSeconds(at: $0.advanced(by: -1)) } ?? 0
  }

  /// The number of closed seconds before the window that growth compares with.
  func knownSeconds(at second: EpochSecond) -> Int64 {
    guard let firstClosed else { return 0 }
    let end = second.advanced(by: -definition.window)
    return max(0, min(GrowthSpan.length, end.seconds(since: firstClosed) + 1))
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    window.renumber(newIDs)
    guard case .dimension(let dimension)? = definition.subject else { return }
    func newKey(_ key: UInt32) -> UInt32 { newIDs.with(dimension) { $0[Int(key)].value } }
    alerts = Dictionary(uniqueKeysWithValues: alerts.map { (newKey($0.key), $0.value) })
    watched = Set(watched.map(newKey))
    pending = Set(pending.map(newKey))
    gone = Set(gone.map(newKey))
  }
}
