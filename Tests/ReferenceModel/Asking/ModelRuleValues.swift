/// The values that a rule has, counted again from all hits for every second.
struct ModelRuleValues {
  /// What is judged at the close of a second.
  struct Subject {
    /// `nil` for a rule that is judged for all names together.
    var name: [UInt8]?
    /// The hits of the window; in a rule of percentiles only those with a latency.
    var hits = 0
    /// `nil` if there is none.
    var value: ModelNumber?
  }

  let rule: ModelRule
  let traffic: ModelTraffic
  /// The hits that satisfy the condition of the rule, and what of each is used.
  private let hits: [ModelRecord]
  private let times: [Int64]
  private let isCounted: [Bool]
  private let names: [[UInt8]]
  /// The place of the name of each hit among all names in their order; `nil` without a name.
  private let numbers: [Int?]

  init(_ rule: ModelRule, _ traffic: ModelTraffic) {
    (self.rule, self.traffic) = (rule, traffic)
    hits = traffic.hits.filter { rule.condition?.accepts($0) ?? true }
    times = hits.map(\.time)
    isCounted = hits.map { hit in
      if case .share(let filter) = rule.metric { filter.accepts(hit) } else { true }
    }
    guard let key = rule.key else {
      (names, numbers) = ([], [])
      return
    }
    let names = Set(hits.compactMap(key.name)).sorted { $0.lexicographicallyPrecedes($1) }
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    numbers = hits.map { key.name(of: $0).flatMap { places[$0] } }
    self.names = names
  }

  /// What is judged at a second, by name.
  ///
  /// - Parameter alerting: names that are judged even if they are not among the first thousand.
  func subjects(at second: Int64, alerting: Set<[UInt8]>) -> [Subject] {
    let before = saturatingSum(second, -rule.window)
    let window = times.indices.filter { times[$0] > before && times[$0] <= second }
    if rule.key == nil {
      return [subject(nil, window, rule.metric == .growth ? Array(times.indices) : [], at: second)]
    }

    let ofNames = Dictionary(grouping: window.filter { numbers[$0] != nil }) { numbers[$0]! }
    let ranked = ofNames.keys.sorted { a, b in
      let (more, fewer) = (ofNames[a]!.count, ofNames[b]!.count)
      return more != fewer ? more > fewer : a < b
    }
    let alertingNumbers = names.indices.filter { alerting.contains(names[$0]) }
    let judged = Set(ranked.prefix(1000)).union(alertingNumbers).sorted()
    return judged.map { number in
      let all = rule.metric == .growth ? times.indices.filter { numbers[$0] == number } : []
      return subject(names[number], ofNames[number] ?? [], all, at: second)
    }
  }

  /// - Parameters:
  ///   - window: the hits of the window.
  ///   - all: all hits.
  private func subject(
    _ name: [UInt8]?, _ window: [Int], _ all: [Int], at second: Int64
  ) -> Subject {
    var subject = Subject(name: name, hits: window.count)
    switch rule.metric {
    case .rate: subject.value = ModelNumber(window.count, over: Int128(rule.window))
    case .share:
      let counted = window.filter { isCounted[$0] }.count
      if !window.isEmpty { subject.value = percent(counted, of: window.count) }
    case .percentile(let share):
      let latencies = window.compactMap { hits[$0].extras.latency }.sorted()
      subject.hits = latencies.count
      if !latencies.isEmpty {
        let place = (share * latencies.count + 99) / 100 - 1
        subject.value = ModelNumber(latencies[place], over: 1_000_000)
      }
    case .bandwidth:
      let bytes = window.reduce(Int64(0)) { saturatingSum($0, hits[$1].bytes) }
      subject.value = ModelNumber(bytes, over: Int128(rule.window))
    case .clients: subject.value = ModelNumber(Set(window.map { hits[$0].client }).count)
    case .late, .rejected, .future: subject.value = shareOfLines(at: second)
    case .growth: subject.value = growth(window.count, all, at: second)
    }
    return subject
  }

  private func shareOfLines(at second: Int64) -> ModelNumber? {
    let before = saturatingSum(second, -rule.window)
    let counts = traffic.lines.filter { $0.key > before && $0.key <= second }.values
      .reduce(ModelLineCounts(), +)
    if counts.lines == 0 { return percent(0, of: 1) }
    return switch rule.metric {
    case .late: percent(counts.late, of: counts.lines)
    case .rejected: percent(counts.rejected, of: counts.lines)
    default: percent(counts.future, of: counts.lines)
    }
  }

  private func percent(_ part: Int, of whole: Int) -> ModelNumber {
    ModelNumber(100 * part, over: Int128(whole))
  }

  /// - Parameter all: all hits.
  private func growth(_ hits: Int, _ all: [Int], at second: Int64) -> ModelNumber? {
    let end = saturatingSum(second, -rule.window)
    let start = max(saturatingSum(end, -3599), traffic.first)
    let known = end - start + 1
    let usual = all.filter { times[$0] >= start && times[$0] <= end }.count
    if known < 600 || usual == 0 { return nil }
    return ModelNumber(Int128(hits) * Int128(known), over: Int128(rule.window) * Int128(usual))
  }

  /// The seconds at which a value may be another one than at the second before, and so many after each
  /// that whatever a rule waits for has come before the next one that is left out.
  var secondsToJudge: [Int64] {
    let windows = 2 * rule.window + rule.hold + 10
    let reach = rule.metric == .growth ? windows + 4200 : windows
    var seconds: [Int64] = []
    for busy in ([traffic.first] + times + traffic.lines.keys).sorted() {
      let next = max(busy, (seconds.last ?? .min) + (seconds.isEmpty ? 0 : 1), traffic.first)
      let end = min(saturatingSum(busy, reach), traffic.last)
      if next <= end { seconds += Array(next...end) }
    }
    return seconds
  }
}
