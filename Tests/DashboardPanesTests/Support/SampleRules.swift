import AccessLog
import DashboardModel
import TrafficAnalysis

/// Rules in different states, besides that of high traffic.
enum SampleRules {
  /// When the alerts of the first rule begin, before the last second.
  private static let starts: [(name: String, age: Int64)] = [
    ("/api", 143), ("/checkout", 61), ("/日本語\u{1B}[2J", 4),
  ]

  private static let errors: RuleDefinition = {
    var rule = RuleDefinition(
      name: "errors", metric: .share(Condition(text: "status=5xx", .all([]))),
      limit: Threshold(whole: 5), window: 60)
    rule.subject = .dimension(.section)
    rule.leastHits = 20
    return rule
  }()

  static let states: [RuleState] = {
    var active = RuleState(definition: errors, value: ratio(1234))
    active.key = Name("/checkout")
    active.activeSince = EpochSecond(SampleLog.end - 143)
    active.activeCount = starts.count
    for start in starts { active.peaks[Name(start.name)] = ratio(1300) }
    (active.peak, active.leftOut) = (ratio(1300), 204)
    var slow = RuleDefinition(
      name: "slow-api", metric: .percentile(95), limit: Threshold("0.5")!, window: 300)
    slow.condition = Condition(text: "section=/api,/checkout and not bot=yes", .all([]))
    slow.actions = ["ops"]
    var idle = RuleDefinition(
      name: "idle", metric: .rate, limit: Threshold(whole: 1), window: 30)
    (idle.comparison, idle.delay) = (.below, 10)
    let strange = RuleDefinition(
      name: "b\u{1B}[31mts日本語", metric: .growth, limit: Threshold(whole: 2), window: 60)
    return [
      active, RuleState(definition: slow, value: .latency(312_000)),
      RuleState(definition: idle, value: ratio(2990)), RuleState(definition: strange, value: nil),
    ]
  }()

  /// Hundredths.
  private static func ratio(_ number: Int) -> RuleValue { .ratio(Rate(hits: number, seconds: 100)) }

  static let transitions: [AlertTransition] = starts.map { start in
    AlertTransition(
      rule: errors, key: Name(start.name), change: .triggered,
      second: EpochSecond(SampleLog.end - start.age), hits: 120, value: ratio(520))
  }

  /// What became of the notifications of two of its alerts.
  static let deliveries: [AlertKey: [Delivery]] = [
    AlertKey(transitions[0]): [
      Delivery(.sent, "ops: sent 21:24:17"), Delivery(.sent, "mail: sent 21:24:18"),
    ],
    AlertKey(transitions[1]): [
      Delivery(.sent, "ops: sent 21:25:39"),
      Delivery(.failed, "mail: failed: connection refused"),
    ],
  ]
}
