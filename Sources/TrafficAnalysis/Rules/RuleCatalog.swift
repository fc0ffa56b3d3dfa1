import AccessLog

/// The list of all rules of a run.
enum RuleCatalog {
  /// The rules for the given options; high traffic is the first.
  static func rules(_ options: AnalysisOptions) -> [any Rule] {
    let plan = options.rulePlan
    var rules: [any Rule] = [
      HighTrafficRule(
        threshold: options.threshold, window: options.alertWindow,
        isSilent: !options.alertsOnHighTraffic || !options.judgesRules)
    ]
    guard options.judgesRules else { return rules }
    for (definition, measure) in zip(options.rules, plan.measureOfRule) {
      rules.append(
        definition.metric.isOfLines
          ? LineRule(definition) : MetricRule(definition, measure: measure))
    }
    return rules
  }

  /// The longest window of a rule, in seconds.
  static func longestWindow(_ options: AnalysisOptions) -> Int64 {
    options.rules.reduce(options.alertWindow) { max($0, $1.window) }
  }
}
