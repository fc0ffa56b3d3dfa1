import AccessLog

/// Alerts while the mean rate over a sliding window exceeds a threshold. The alert changes at the
/// exact second at which the mean crosses it.
struct HighTrafficRule: Rule {
  private let definition: RuleDefinition
  /// Whether it never alerts.
  private let isSilent: Bool
  /// The most hits in the window that do not exceed the threshold.
  private let limit: Int

  /// The seconds with hits, oldest first. Those in the window begin at the index `oldest`.
  private var seconds: [(second: EpochSecond, hits: Int)] = []
  private var oldest = 0
  private var hits = 0
  private var activeSince: EpochSecond?
  /// The first second at which the alert may recover; `nil` for any.
  private var recoversFrom: EpochSecond?
  private var lastEvaluated = EpochSecond(.min)
  /// The most hits in the window since then.
  private var peakHits = 0

  init(threshold: Threshold, window: Int64, isSilent: Bool = false) {
    self.isSilent = isSilent
    definition = .highTraffic(threshold: threshold, window: window)
    limit = threshold.limit(overWindowOf: window)
  }

  private func rate(_ hits: Int) -> RuleValue {
    .ratio(Rate(hits: hits, seconds: definition.window))
  }

  var name: String { definition.name }

  func state(_ names: NameTables) -> RuleState {
    var state = RuleState(definition: definition, value: rate(hits), activeSince: activeSince)
    state.peak = activeSince.map { _ in rate(peakHits) }
    state.isSilent = isSilent
    return state
  }

  /// The next second at which hits leave the window, while the alert is active.
  func nextChange(through end: EpochSecond) -> EpochSecond? {
    guard activeSince != nil else { return nil }
    var next = recoversFrom
    if oldest < seconds.count {
      let second = seconds[oldest].second.advanced(by: definition.window)
      next = max(second, recoversFrom ?? second)
    }
    return next.flatMap { $0 <= end && $0 > lastEvaluated ? $0 : nil }
  }

  /// - Complexity: O(1), amortized
  mutating func evaluate(_ input: RuleInput, _ names: NameTables) -> [AlertTransition] {
    guard let change = add(input.figures?.hits ?? 0, at: input.second) else { return [] }
    return [transition(change, at: input.second)]
  }

  /// - Complexity: O(seconds), amortized
  mutating func evaluate(
    _ run: SecondRun, _ names: NameTables, _ changes: inout [AlertTransition]
  ) {
    var second = run.first
    for place in 0..<run.count {
      if let change = add(run.hits(at: place), at: second) {
        changes.append(transition(change, at: second))
      }
      second = second.advanced(by: 1)
    }
  }

  /// Moves the window on to a second.
  @inline(__always)
  private mutating func add(_ hits: Int, at second: EpochSecond) -> AlertTransition.Change? {
    lastEvaluated = second
    dropSeconds(through: second.advanced(by: -definition.window))
    if hits > 0 {
      seconds.append((second, hits))
      self.hits += hits
    }
    peakHits = activeSince == nil ? self.hits : max(peakHits, self.hits)
    return isSilent ? nil : change(at: second)
  }

  private func transition(
    _ change: AlertTransition.Change, at second: EpochSecond
  ) -> AlertTransition {
    var transition = AlertTransition(
      rule: definition, change: change, second: second, hits: hits, value: rate(hits))
    transition.peak = rate(peakHits)
    return transition
  }

  mutating func restore(
    _ active: [AlertTransition], cutThrough cut: EpochSecond?, _ names: inout NameTables
  ) {
    // Hits that are missing cannot keep it from triggering, but from recovering.
    recoversFrom = cut?.advanced(by: definition.window)
    if activeSince == nil { peakHits = hits }
    if let trigger = active.last { peakHits = max(peakHits, trigger.hits) }
    activeSince = active.last?.second
  }

  @inline(__always)
  private mutating func dropSeconds(through end: EpochSecond) {
    while oldest < seconds.count, seconds[oldest].second <= end {
      hits -= seconds[oldest].hits
      oldest += 1
    }
    if oldest > 1024, oldest * 2 > seconds.count {
      seconds.removeFirst(oldest)
      oldest = 0
    }
  }

  @inline(__always)
  private mutating func change(at second: EpochSecond) -> AlertTransition.Change? {
    switch activeSince {
    case nil where hits > limit:
      activeSince = second
      return .triggered
    case .some(let since) where hits <= limit && recoversFrom.map { $0 <= second } ?? true:
      activeSince = nil
      return .recovered(since: since)
    default:
      return nil
    }
  }
}
