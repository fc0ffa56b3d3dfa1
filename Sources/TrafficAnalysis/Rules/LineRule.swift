import AccessLog

/// Alerts on the percentage of late, rejected or future lines among the lines that were read while the
/// seconds of a window closed.
struct LineRule: Rule {
  private struct Second: Sendable {
    var second: EpochSecond
    var lines = LineCounts()
    var hits = 0
  }

  private let definition: RuleDefinition
  /// Oldest first; the window begins at the index `oldest`.
  private var seconds: [Second] = []
  private var oldest = 0
  private var lines = LineCounts()
  private var hits = 0
  /// What was counted for seconds that have not been evaluated, in their order.
  private var pending: [(second: EpochSecond, lines: LineCounts)] = []
  private var alert = AlertState()
  private var firstClosed: EpochSecond?
  /// The first second at which it is judged; `nil` for any.
  private var judgedFrom: EpochSecond?
  private var lastEvaluated: EpochSecond?

  init(_ definition: RuleDefinition) {
    self.definition = definition
  }

  mutating func begin(at second: EpochSecond) { firstClosed = second }

  mutating func count(_ lines: LineCounts, at second: EpochSecond) {
    guard lines != LineCounts() else { return }
    let place = pending.partitionPoint { $0.second >= second }
    if place < pending.count, pending[place].second == second {
      pending[place].lines += lines
    } else {
      pending.insert((second, lines), at: place)
    }
  }

  func nextChange(through end: EpochSecond) -> EpochSecond? {
    var next = pending.first?.second
    func consider(_ second: EpochSecond?) {
      guard let second, lastEvaluated.map({ second > $0 }) ?? true else { return }
      next = next.map { min($0, second) } ?? second
    }
    if oldest < seconds.count { consider(seconds[oldest].second.advanced(by: definition.window)) }
    consider(judgedFrom)
    consider(alert.holdsSince?.advanced(by: definition.delay))
    if definition.comparison == .below { consider(firstClosed?.advanced(by: definition.window)) }
    return next.flatMap { $0 <= end ? $0 : nil }
  }

  /// - Complexity: O(1), amortized
  mutating func evaluate(_ input: RuleInput, _ names: NameTables) -> [AlertTransition] {
    lastEvaluated = input.second
    dropSeconds(through: input.second.advanced(by: -definition.window))
    var new = Second(second: input.second)
    new.hits = input.figures?.hits ?? 0
    while let first = pending.first, first.second <= input.second {
      new.lines += first.lines
      pending.removeFirst()
    }
    if new.hits > 0 || new.lines != LineCounts() {
      seconds.append(new)
      lines += new.lines
      hits += new.hits
    }
    guard definition.mayJudge(at: input.second, firstClosed: firstClosed),
      judgedFrom.map({ $0 <= input.second }) ?? true,
      let change = alert.judge(value, at: input.second, definition), let value
    else { return [] }
    var transition = AlertTransition(
      rule: definition, change: change, second: input.second, hits: hits, value: value)
    transition.peak = alert.peak ?? value
    return [transition]
  }

  mutating func restore(
    _ active: [AlertTransition], cutThrough cut: EpochSecond?, _ names: inout NameTables
  ) {
    judgedFrom = cut?.advanced(by: definition.window)
    alert.restore(active.last, definition)
  }

  private mutating func dropSeconds(through end: EpochSecond) {
    while oldest < seconds.count, seconds[oldest].second <= end {
      lines -= seconds[oldest].lines
      hits -= seconds[oldest].hits
      oldest += 1
    }
    if oldest > 64, oldest * 2 > seconds.count {
      seconds.removeFirst(oldest)
      oldest = 0
    }
  }

  /// `nil` while it cannot be judged. Of no lines, none are late or rejected.
  private var value: RuleValue? {
    guard hits >= definition.leastHits else { return nil }
    let part =
      switch definition.metric {
      case .late: lines.late
      case .rejected: lines.rejected
      default: lines.future
      }
    return .fraction(100 * Int128(part), Int128(max(1, lines.lines)))
  }

  var name: String { definition.name }

  func state(_ names: NameTables) -> RuleState {
    var state = RuleState(definition: definition, value: value, activeSince: alert.activeSince)
    state.peak = alert.activeSince == nil ? nil : alert.peak
    return state
  }

  var footprint: Int { seconds.count * MemoryLayout<Second>.stride }
}

extension RuleDefinition {
  /// Whether the rule is judged at a second: one that alerts below its limit waits for a whole window.
  func mayJudge(at second: EpochSecond, firstClosed: EpochSecond?) -> Bool {
    guard comparison == .below else { return true }
    return firstClosed.map { second.seconds(since: $0) >= window } ?? false
  }
}
