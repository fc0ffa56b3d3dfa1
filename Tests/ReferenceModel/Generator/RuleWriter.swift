/// Writes rules that fit a log: most of them trigger and recover.
struct RuleWriter {
  private let traffic: ModelTraffic
  private let filters: FilterWriter
  /// How many hits may be counted for one rule, so that logs are judged in little time.
  private static let affordable = 30_000_000

  init(_ traffic: ModelTraffic) {
    self.traffic = traffic
    filters = FilterWriter(traffic.hits)
  }

  func rule(name: String, _ random: inout RandomSource) -> ModelRule {
    for _ in 0..<8 {
      var rule = draft(name: name, &random)
      let values = self.values(of: rule)
      guard let values, setLimit(of: &rule, values, &random) else { continue }
      rule.text = rule.spelled(&random)
      return rule
    }
    var rule = ModelRule(name: name, metric: .rate, limit: ModelNumber(1, over: 2))
    rule.window = 2
    rule.text = rule.spelled(&random)
    return rule
  }

  /// Everything but limits.
  private func draft(name: String, _ random: inout RandomSource) -> ModelRule {
    var rule = ModelRule(name: name, metric: metric(&random), limit: ModelNumber(0))
    rule.isAbove = random.chance(750)
    rule.window = random.pick([1, 2, 3, 5, 10, 10, 20, 30, 60, 60, 120, 120, 300, 600, 3600])
    rule.hold = random.chance(700) ? 0 : random.pick([1, 2, 5, 10, 30, 60])
    if random.chance(300) { rule.minimum = random.pick([0, 1, 2, 3, 5, 10]) }
    if rule.metric.isOfLines { return rule }
    if random.chance(250) { rule.condition = filters.filter(&random) }
    if random.chance(400) { rule.key = random.pick(ModelRuleKey.allCases) }
    return rule
  }

  private func metric(_ random: inout RandomSource) -> ModelRule.Metric {
    switch random.number(0...15) {
    case 0...1: .rate
    case 2...4: .share(share(&random))
    case 5...7: .percentile(random.pick([50, 90, 95, 99]))
    case 8...9: .bandwidth
    case 10: .clients
    case 11: .late
    case 12: .rejected
    case 13: .future
    default: .growth
    }
  }

  /// Without tabs, which messages may show in several ways.
  private func share(_ random: inout RandomSource) -> ModelFilter {
    let filter = filters.filter(&random)
    return ModelFilter(filter.expression, text: filter.text.replacing("\t", with: " "))
  }

  /// The different values that the rule sees, in their order; `nil` if there are too few, they are
  /// too large, or it takes too long.
  private func values(of rule: ModelRule) -> [ModelNumber]? {
    let counted = ModelRuleValues(rule, traffic)
    let seconds = counted.secondsToJudge
    let names = rule.key == nil ? 1 : rule.metric == .growth ? 40 : 6
    if seconds.count * max(1, traffic.hits.count) * names > Self.affordable { return nil }
    var values: [ModelNumber] = []
    for second in seconds {
      for subject in counted.subjects(at: second, alerting: []) {
        if let value = subject.value, subject.hits >= rule.hitsNeeded { values.append(value) }
      }
    }
    values.sort()
    var different: [ModelNumber] = []
    for value in values where different.last != value { different.append(value) }
    // Hundredths of more than this do not fit into a word.
    if let last = different.last, last.double > 1e15 { return nil }
    return different.count < 2 ? nil : different
  }

  /// - Returns: whether there is a limit that fits.
  private func setLimit(
    of rule: inout ModelRule, _ values: [ModelNumber], _ random: inout RandomSource
  ) -> Bool {
    let bounds = rule.metric.isPercentile ? between(values) : near(values, rule.metric, &random)
    let possible = bounds.filter { bound in
      let isPositive = ModelNumber(0) < bound
      if rule.metric.isPercentage && !(bound < ModelNumber(100)) { return false }
      return isPositive || rule.isAbove && random.chance(200)
    }
    guard !possible.isEmpty else { return false }
    rule.limit = random.pick(possible)
    if random.chance(400) {
      let limit = rule.limit
      rule.clear = random.pick(possible.filter { rule.isAbove ? !(limit < $0) : !($0 < limit) })
    }
    return true
  }

  /// Decimals at or next to values.
  private func near(
    _ values: [ModelNumber], _ metric: ModelRule.Metric, _ random: inout RandomSource
  ) -> [ModelNumber] {
    (0..<12).compactMap { _ in
      // Where the numbers are very large, nobody would write them all.
      let value = random.pick(values)
      if value.double > 1e14 { return nil }
      let places = random.pick(metric == .bandwidth ? [0, 0, 1] : [0, 1, 2, 2, 3])
      return ModelNumber(decimal: value.shortText(places: places))
    }
  }

  /// Numbers that are far enough from every value, so that it does not matter how exact it is.
  private func between(_ values: [ModelNumber]) -> [ModelNumber] {
    zip(values, values.dropFirst()).compactMap { low, high in
      guard high.double > low.double * 1.08 else { return nil }
      let middle = low.numerator == 0 ? high.double / 2 : (low.double * high.double).squareRoot()
      let text = ModelNumber(Int(middle * 1_000_000), over: 1_000_000).threeDigitText
      guard let bound = ModelNumber(decimal: text), bound.double > low.double * 1.025,
        bound.double * 1.025 < high.double
      else { return nil }
      return bound
    }
  }
}
