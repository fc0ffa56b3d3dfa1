import AccessLog

/// What earlier runs have reported of the same logs. A run that continues the last of them reports
/// nothing up to its last second again, and knows which alerts are active.
package struct ReportedTraffic: Equatable, Sendable {
  /// The last second that was closed; `nil` if this run begins anew, and only shows the alerts.
  package var closedThrough: EpochSecond?
  /// The last second of which not everything is read again; `nil` if there is none.
  package var cutThrough: EpochSecond?
  /// The first second that the earlier run, or one that it continued, had closed: what was active before
  /// belongs to another run. `nil` if that is not known.
  package var begun: EpochSecond?
  /// Whether the minute and the interval of that second are read again from their beginnings.
  package var isReadAgain = true
  /// The transitions that were reported, oldest first.
  package var alerts: [AlertTransition]

  package init(closedThrough: EpochSecond?, alerts: [AlertTransition]) {
    self.closedThrough = closedThrough
    self.alerts = alerts
  }

  /// The transitions up to the last closed second, or all.
  var past: [AlertTransition] {
    guard let closedThrough else { return alerts }
    return alerts.filter { $0.second <= closedThrough }
  }

  /// The alerts that were active at the last closed second: the last transition of each was a trigger.
  var active: [AlertTransition] {
    var last: [AlertIdentity: AlertTransition] = [:]
    let begun = begun ?? EpochSecond(.min)
    for transition in past { last[AlertIdentity(transition)] = transition }
    return past.filter {
      $0.change == .triggered && $0.second >= begun && last[AlertIdentity($0)]?.second == $0.second
        && last[AlertIdentity($0)]?.change == .triggered
    }
  }
}

/// Which alert a transition is of.
struct AlertIdentity: Hashable, Sendable {
  var rule: String
  var key: Name?

  init(_ transition: AlertTransition) {
    rule = transition.rule.name
    key = transition.key
  }
}

/// A transition of an alert, whatever its figures are.
struct TransitionIdentity: Hashable, Sendable {
  var alert: AlertIdentity
  var second: EpochSecond
  var isTrigger: Bool

  init(_ transition: AlertTransition) {
    alert = AlertIdentity(transition)
    second = transition.second
    isTrigger = transition.change == .triggered
  }
}

extension AnalysisOptions {
  /// How far before a second a run must begin to read so that from that second on it reports what a run
  /// over the whole log does: the windows of all rules, and the ten minutes that triggers are compared
  /// with.
  package var lookback: Int64 {
    if reportsSeconds { return lateness.addingSaturated(1) }
    let ofRules = rules.map { rule in
      rule.window + rule.delay + (rule.metric == .growth ? GrowthSpan.length : 0)
    }
    let longest = max(
      ofRules.max() ?? 0, RuleCatalog.longestWindow(self) + NameChange.comparedSeconds)
    // A minute is reported whole, and so is an interval.
    return longest.addingSaturated(max(60, statsInterval)).addingSaturated(lateness)
  }
}
