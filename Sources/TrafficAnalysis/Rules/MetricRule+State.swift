import AccessLog

// The state of a rule, and when it may change in silence.

extension MetricRule {
  func nextChange(through end: EpochSecond) -> EpochSecond? {
    var next: EpochSecond?
    func consider(_ second: EpochSecond?) {
      guard let second, second <= end, lastEvaluated.map({ second > $0 }) ?? true else { return }
      next = next.map { min($0, second) } ?? second
    }
    consider(window.nextExpiry)
    consider(judgedFrom)
    if !wasJudged, definition.comparison == .below {
      consider(firstClosed?.advanced(by: definition.window))
    }
    for key in pending { consider(alerts[key]?.holdsSince?.advanced(by: definition.delay)) }
    for key in gone { consider(alerts[key]?.goneSince?.advanced(by: definition.window)) }
    // What is compared with changes with every second, as long as not all of it is known.
    if let last = lastEvaluated, window.hasHitsBefore, knownSeconds(at: last) < GrowthSpan.length {
      consider(last.advanced(by: 1))
    }
    return next
  }
}

extension MetricRule {
  mutating func restore(
    _ active: [AlertTransition], cutThrough cut: EpochSecond?, _ names: inout NameTables
  ) {
    judgedFrom = cut?.advanced(by: definition.window)
    var triggers: [UInt32: AlertTransition] = [:]
    for trigger in active {
      if !isByName {
        triggers[Self.allHits] = trigger
      } else if case .dimension(let dimension)? = definition.subject, let key = trigger.key {
        names.modify(dimension) { triggers[$0.id(adding: key).value] = trigger }
      }
    }
    for key in Set(alerts.keys).union(triggers.keys) {
      var alert = alerts[key] ?? AlertState()
      let wasActive = alert.activeSince != nil
      alert.restore(triggers[key], definition)
      let hits = window.figures[key]?.hits ?? 0
      let isActive = alert.activeSince != nil
      // An alert that only this run has found triggers at the next second, if it still holds.
      keep(
        alert, of: key, isWatched: watched.contains(key) || wasActive && !isActive,
        isGone: isByName && hits == 0)
    }
  }

  func state(_ names: NameTables) -> RuleState {
    let second = lastEvaluated ?? EpochSecond(0)
    var state = RuleState(definition: definition, value: nil)
    var worst: UInt32?
    for (key, figures) in window.figures where figures.hits > 0 || !isByName {
      guard let value = value(of: figures, at: second) else { continue }
      guard let current = state.value, let other = worst else {
        (state.value, worst) = (value, key)
        continue
      }
      if value.value == current.value {
        if window.isBefore(key, other, names) { worst = key }
      } else if definition.worse(value, current) == value {
        (state.value, worst) = (value, key)
      }
    }
    if !isByName, state.value == nil { state.value = value(of: NameFigures(), at: second) }
    if isByName { state.key = worst.map { window.name($0, names) } }
    describeAlerts(&state, names)
    state.leftOut = leftOut
    return state
  }

  /// Adds the active alerts to the state.
  private func describeAlerts(_ state: inout RuleState, _ names: NameTables) {
    for (key, alert) in alerts {
      guard let since = alert.activeSince, let peak = alert.peak else { continue }
      state.activeCount += 1
      state.activeSince = state.activeSince.map { min($0, since) } ?? since
      state.peak = state.peak.map { definition.worse($0, peak) } ?? peak
      if isByName { state.peaks[window.name(key, names)] = peak }
    }
  }

  /// The number of names that are not judged, or may not trigger, because there are too many.
  private var leftOut: Int {
    guard isByName else { return 0 }
    let suppressed = activeCount >= Self.activeLimit ? watched.count : 0
    return max(0, window.nameCount - Self.judgedNames) + suppressed
  }

  var isShortened: Bool { window.isShortened || activeCount >= Self.activeLimit }

  var footprint: Int {
    window.footprint + alerts.count * MemoryLayout<AlertState>.stride
      + (watched.count + gone.count) * MemoryLayout<UInt32>.stride
  }

  func markNames(_ marks: inout NameMarks) {
    window.markNames(&marks)
    guard case .dimension(let dimension)? = definition.subject else { return }
    for key in alerts.keys { marks[dimension][Int(key)] = true }
    for key in watched { marks[dimension][Int(key)] = true }
  }
}
