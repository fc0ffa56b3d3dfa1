import AccessLog
import TrafficAnalysis

/// An alert from its trigger to its recovery, or to now.
struct AlertEpisode {
  let trigger: AlertTransition
  /// `nil` unless the alert has recovered.
  let recovery: AlertTransition?
  /// The alert is active. If it is not and has not recovered either, its end was not seen: an earlier run
  /// triggered it, and the log was not watched until this one began.
  let isActive: Bool
  /// The worst value while it was active.
  let peak: RuleValue

  /// The alert that began with a transition.
  ///
  /// - Parameter index: the index of the trigger among the transitions.
  init(_ index: Int, in snapshot: Snapshot) {
    let trigger = snapshot.transitions[index]
    self.trigger = trigger
    let next = snapshot.transitions[(index + 1)...].first {
      $0.rule.name == trigger.rule.name && $0.key == trigger.key
    }
    recovery = next?.change == .triggered ? nil : next
    isActive = next == nil && snapshot.isActive(trigger)
    let rule = snapshot.rules.first { $0.definition.name == trigger.rule.name }
    let active = trigger.key.map { rule?.peaks[$0] } ?? rule?.peak
    peak = recovery?.peak ?? active ?? trigger.value
  }

  /// Its end was not seen.
  var isUnseen: Bool { !isActive && recovery == nil }

  /// How long it lasted, or has been active, in seconds.
  func duration(now: EpochSecond?) -> Int64 {
    (recovery?.second ?? now ?? trigger.second).seconds(since: trigger.second)
  }

  /// What grew most: the section, or a client if it accounts for as much.
  var cause: NameChange? {
    guard let section = trigger.changes[.section].first else {
      return trigger.changes[.client].first
    }
    guard let client = trigger.changes[.client].first, client.growth >= section.growth * 0.8 else {
      return section
    }
    return client
  }
}

extension NameChange {
  /// The growth, in hits per second.
  var growth: Double { now.value - before.value }
}

extension Snapshot {
  /// The indices of the transitions with which alerts began, the oldest first.
  var triggers: [Int] { transitions.indices.filter { transitions[$0].change == .triggered } }

  /// Whether an alert that has not recovered is active. While an earlier run is continued, its alerts count
  /// as active.
  fileprivate func isActive(_ trigger: AlertTransition) -> Bool {
    if isResuming { return true }
    guard let rule = rules.first(where: { $0.definition.name == trigger.rule.name }) else {
      return false
    }
    return trigger.key.map { rule.peaks[$0] != nil } ?? (rule.activeSince != nil)
  }

  /// The same in the order of the history: the active alerts, then the ended ones, each the newest
  /// first.
  ///
  /// - Complexity: O(transitions)
  var alertsInOrder: [Int] {
    // The only alert of a single rule is the newest one anyway.
    guard rules.count > 1 else { return triggers.reversed() }
    var (active, ended): ([Int], [Int]) = ([], [])
    var changedLater: Set<AlertSubject> = []
    for index in transitions.indices.reversed() {
      let transition = transitions[index]
      let isLast = changedLater.insert(AlertSubject(transition)).inserted
      guard transition.change == .triggered else { continue }
      if isLast, isActive(transition) { active.append(index) } else { ended.append(index) }
    }
    return active + ended
  }
}

/// What an alert is about: at most one alert of it is active at any time.
private struct AlertSubject: Hashable {
  let rule: String
  let key: Name?

  init(_ transition: AlertTransition) {
    (rule, key) = (transition.rule.name, transition.key)
  }
}
