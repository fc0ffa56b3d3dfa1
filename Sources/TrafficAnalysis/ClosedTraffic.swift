import AccessLog

/// All figures of the whole log, derived only from closed seconds in order.
///
/// At any second, the figures include nothing of later seconds.
struct ClosedTraffic: Sendable {
  /// The number of transitions kept at least; the oldest are dropped first.
  static let transitionLimit = 10_000

  let options: AnalysisOptions
  /// The rules of which a notice said that they lack something.
  private var shortenedRules: Set<Int> = []
  /// Whether rules ask for lines.
  let countsLines: Bool
  /// The first second that closes, whether it has hits or not; `nil` before it is known.
  private(set) var firstClosed: EpochSecond?
  var closedThrough: EpochSecond?
  /// Reports seconds, instead of everything else that is made of them.
  var reporter: SecondReporter?
  var rules: [any Rule]
  var interval: IntervalStatistics
  /// The current minute, if minutes are reported.
  var minute: IntervalStatistics?
  var recent: RecentSeconds
  var recentHits: RecentHits
  var history = SecondSeries()
  var transitions: [AlertTransition] = []
  private(set) var droppedTransitions = 0
  /// Whether rules are not judged, because another run will do it.
  var isSuspended = false
  /// Whether an alert has changed in this run.
  var hasAlerted = false
  /// How many alerts of each rule have triggered in this run, by name.
  var triggers: [String: Int] = [:]
  var traffic = Traffic()
  var rankings: PerDimension<NameRanking>
  var latencies: LatencyTally
  /// What counters need besides; `nil` if nobody asks for them.
  var counted: CounterTally?
  var tally = LineTally()
  var first: EpochSecond?
  var last: EpochSecond?
  /// The last closed second with a hit.
  var lastClosedHit: EpochSecond?
  /// Transitions that are shown already, because an earlier run has reported them.
  var earlier: Set<TransitionIdentity> = []
  /// The transitions that an earlier run has reported although it had not closed their seconds.
  var reportedAhead: Set<TransitionIdentity> = []

  init(options: AnalysisOptions) {
    self.options = options
    rules = RuleCatalog.rules(options)
    recentHits = RecentHits(window: RuleCatalog.longestWindow(options))
    countsLines = options.asksForLines
    interval = IntervalStatistics(
      options, length: options.statsInterval, top: options.top)
    minute = options.minuteRows.map { IntervalStatistics(options, length: 60, top: $0) }
    recent = RecentSeconds(options.named)
    rankings = PerDimension<NameRanking>(options.named)
    latencies = LatencyTally(options.named)
    if options.keepsCounters { counted = CounterTally() }
    if options.reportsSeconds { reporter = SecondReporter(options.countedFacts) }
  }

  /// The number of all transitions so far, including dropped ones.
  var transitionCount: Int { droppedTransitions + transitions.count }

  /// Begins with the first second that closes.
  mutating func begin(at second: EpochSecond) {
    firstClosed = second
    for index in rules.indices { rules[index].begin(at: second) }
  }

  /// Closes all seconds through `end`, of which only the last may have hits.
  ///
  /// - Parameter second: its hits; `nil` if it has none.
  mutating func close(
    _ end: EpochSecond, _ second: SecondView?, _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    if options.reportsSeconds { return report(end, second, names, &events) }
    guard let second else { return closeEmptySeconds(through: end, names, &events) }
    closeEmptySeconds(through: second.second.advanced(by: -1), names, &events)
    // Nearly always false.
    if interval.isEmpty { reportGap(before: second.second, &events) }
    recentHits.add(second, names)
    evaluateRules(at: second.second, second, names, &events)
    interval.add(second, names)
    minute?.add(second, names)
    second.add(to: &traffic)
    if options.isForDisplay {
      recent.add(second, names)
      history.append(second.totals, at: second.second)
    }
    if options.keepsTotals {
      rankings.add(second, names)
      if let counts = second.latencies { latencies.add(counts, names) }
    }
    counted?.add(second)
    lastClosedHit = second.second
    closedThrough = second.second
    reportIntervals(at: second.second, names, &events)
  }

  /// Reports the gap that ends with a hit in `second`, if there is one.
  @inline(never)
  func reportGap(before second: EpochSecond, _ events: inout [MonitorEvent]) {
    if let gap = interval.gap(before: second) { events.append(gap) }
  }

  /// Closes all seconds through `end` by reporting them.
  private mutating func report(
    _ end: EpochSecond, _ second: SecondView?, _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    reporter?.close(end, from: firstClosed, second, names, &events)
    closedThrough = end
  }

  /// Closes all seconds through `end`, which are empty. Only seconds at which something changes are
  /// visited.
  mutating func closeEmptySeconds(
    through end: EpochSecond, _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    guard closedThrough.map({ $0 < end }) ?? true else { return }
    if options.reportsSeconds { return report(end, nil, names, &events) }
    while true {
      let report = nextReport(through: end)
      let change = nextChange(through: end)
      guard let next = [report, change].compactMap({ $0 }).min() else { break }
      if next == change { evaluateRules(at: next, nil, names, &events) }
      if next == report { reportIntervals(at: next, names, &events) }
    }
    evaluateRules(at: end, nil, names, &events)
    if options.isForDisplay { history.append(SecondTotals(), at: end) }
    closedThrough = end
  }

  /// The next second, not after `end`, at which an interval or a minute with hits ends.
  private func nextReport(through end: EpochSecond) -> EpochSecond? {
    guard let last = earliest(interval.lastSecond, minute?.lastSecond) else { return nil }
    return last <= end ? last : nil
  }

  /// The next empty second, not after `end`, at which a rule may change.
  private mutating func nextChange(through end: EpochSecond) -> EpochSecond? {
    guard !isSuspended else { return nil }
    var next: EpochSecond?
    for index in rules.indices {
      next = earliest(next, rules[index].nextChange(through: end))
    }
    return next
  }

  /// Evaluates every rule at a second.
  private mutating func evaluateRules(
    at second: EpochSecond, _ figures: SecondView?, _ names: NameTables,
    _ events: inout [MonitorEvent]
  ) {
    guard !isSuspended else { return }
    let input = RuleInput(second: second, figures: figures)
    for index in rules.indices {
      let changes = rules[index].evaluate(input, names)
      if !changes.isEmpty { record(addingChanges(to: changes, names), &events) }
      reportIfShortened(index, &events)
    }
  }

  /// Says once of a rule that it lacks something.
  mutating func reportIfShortened(_ rule: Int, _ events: inout [MonitorEvent]) {
    guard rules[rule].isShortened, shortenedRules.insert(rule).inserted else { return }
    events.append(.notice(.ruleHasTooMuch(rules[rule].name)))
  }

  /// Counts lines for the rules that ask for them.
  ///
  /// - Parameter first: the first second that the source closed after it had read them.
  mutating func count(_ lines: LineCounts, from first: EpochSecond) {
    let second = max(first, closedThrough?.advanced(by: 1) ?? first)
    for index in rules.indices { rules[index].count(lines, at: second) }
  }

  /// The transitions of a rule at one second, with the names that grew in those that are triggers.
  func addingChanges(
    to transitions: [AlertTransition], _ names: NameTables
  ) -> [AlertTransition] {
    var changes: PerDimension<[NameChange]>?
    return transitions.map { transition in
      guard transition.change == .triggered else { return transition }
      let known =
        changes
        ?? recentHits.changes(at: transition.second, window: transition.rule.window, names)
      changes = known
      var transition = transition
      transition.changes = known
      return transition
    }
  }

  mutating func record(_ new: [AlertTransition], _ events: inout [MonitorEvent]) {
    transitions += new.filter { !earlier.contains(TransitionIdentity($0)) }
    if transitions.count > 2 * Self.transitionLimit {
      droppedTransitions += transitions.count - Self.transitionLimit
      transitions.removeFirst(transitions.count - Self.transitionLimit)
    }
    for transition in new where !reportedAhead.contains(TransitionIdentity(transition)) {
      events.append(.alert(transition))
      hasAlerted = true
      if transition.change == .triggered { triggers[transition.rule.name, default: 0] += 1 }
    }
  }

  mutating func reportIntervals(
    at second: EpochSecond, _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    if interval.lastSecond == second, let report = interval.report(partial: false, names) {
      events.append(.interval(report))
    }
    if options.minuteRows != nil, minute?.lastSecond == second,
      let report = minute?.report(partial: false, names)
    {
      events.append(.minute(report))
    }
  }

  /// Counts the plain hits of a closing.
  mutating func count(_ delta: HitDelta) {
    guard delta.hits > 0 else { return }
    tally.lines &+= delta.hits
    tally.hits &+= delta.hits
    first = first.map { min($0, delta.first) } ?? delta.first
    last = last.map { max($0, delta.last) } ?? delta.last
  }

  /// Counts the lines of a closing that has more than plain hits.
  mutating func count(_ delta: LineDelta) {
    tally += delta.tally
    if let earliest = delta.first { first = first.map { min($0, earliest) } ?? earliest }
    if let latest = delta.last { last = last.map { max($0, latest) } ?? latest }
  }

  /// Counts the late hits of a closing.
  mutating func count(late figures: consuming SecondFigures, _ names: NameTables) {
    traffic += figures.traffic
    guard options.keepsTotals else { return }
    figures.consolidate(names)
    rankings.add(late: figures, names)
    guard let counts = figures.details.latencies else { return }
    latencies.add(counts, names)
    counted?.add(late: counts)
  }

  /// Removes the hits of seconds that have not closed, and the quarantined records, from the tally.
  mutating func discardOpenHits() {
    tally.hits = traffic.hits
    tally.lines = tally.hits + tally.rejected.total + tally.ignored
    if let last, let closedThrough, last > closedThrough { self.last = lastClosedHit }
    if traffic.hits == 0 { (first, last) = (nil, nil) }
  }

  /// Forgets the interval and the minute that have not closed, which are not to be reported.
  mutating func forgetOpenIntervals() {
    interval.removeHits()
    minute?.removeHits()
  }

  /// Appends the last events; nothing may be closed afterwards.
  mutating func finish(
    _ names: NameTables, notices: [Notice], _ events: inout [MonitorEvent]
  ) {
    if let report = interval.report(partial: true, names) {
      events.append(.interval(report))
    } else if let closedThrough, let gap = interval.openGap(closedThrough: closedThrough) {
      events.append(gap)
    }
    if let report = minute?.report(partial: true, names) { events.append(.minute(report)) }
    if let rest = reporter?.takeRest(isEnd: true, names) { events.append(.second(rest)) }
    var report = EndReport(tally: tally, first: first, last: last, notices: notices)
    report.isFiltered = options.appliesFilter
    if options.reportsTotals { report.totals = totals(names) }
    events.append(.end(report))
  }

  /// The figures of all hits.
  private func totals(_ names: NameTables) -> TotalsReport {
    TotalsReport(
      traffic: traffic, rankings: rankings.ranked(options.top, latencies, names),
      uniqueClients: rankings.uniqueClients, latency: latencies.figures)
  }

  /// The memory used by a copy.
  var footprint: Footprint {
    var footprint = Footprint()
    footprint.own =
      rankings.footprint + latencies.footprint + interval.footprint + (minute?.footprint ?? 0)
      + (counted?.footprint ?? 0)
      + SecondSeries.footprint
      + recentHits.ownFootprint + rules.reduce(0) { $0 + $1.footprint }
      + transitions.count * MemoryLayout<AlertTransition>.stride
    footprint.shared = [recent.footprint, recentHits.footprint]
    return footprint
  }

  func markNames(_ marks: inout NameMarks) {
    marks.add(rankings)
    latencies.markNames(&marks)
    interval.markNames(&marks)
    minute?.markNames(&marks)
    recent.markNames(&marks)
    recentHits.markNames(&marks)
    for rule in rules { rule.markNames(&marks) }
    reporter?.markNames(&marks)
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    rankings.renumber(newIDs)
    latencies.renumber(newIDs)
    interval.renumber(newIDs)
    minute?.renumber(newIDs)
    recent.renumber(newIDs)
    recentHits.renumber(newIDs)
    for index in rules.indices { rules[index].renumber(newIDs) }
    reporter?.renumber(newIDs)
  }
}

/// The earlier of two seconds, if there are any.
private func earliest(_ left: EpochSecond?, _ right: EpochSecond?) -> EpochSecond? {
  guard let left, let right else { return left ?? right }
  return min(left, right)
}
