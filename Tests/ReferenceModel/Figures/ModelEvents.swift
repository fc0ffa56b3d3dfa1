/// An event and its place in the output.
struct PlacedEvent {
  /// The second whose close emits it.
  var second: Int64
  /// At the same second a gap comes first, then an alert, then an interval.
  var order: Int
  /// Whether it is emitted only at the end of the log.
  var isAtEnd = false
  var json: String
}

/// Interval and gap events, and alerts of the rule of high traffic, for the records that count in their seconds; the last second that
/// closes is `highest`.
func events(_ records: [ModelRecord], highest: Int64, options: ModelOptions) -> [PlacedEvent] {
  var events = intervalsAndGaps(records, highest: highest, options: options)
  if options.hasHighTrafficRule { events += alerts(records, highest: highest, options: options) }
  return events.sorted { ($0.second, $0.order) < ($1.second, $1.order) }
}

/// The same, with the alerts of all rules.
func events(_ traffic: ModelTraffic) -> [PlacedEvent] {
  let (records, options) = (traffic.hits, traffic.options)
  var all = events(records, highest: traffic.last, options: options)
  for rule in options.rules {
    all += alerts(of: rule, traffic).map { alert in
      let changes = changesJSON(records, at: alert.second, window: rule.window)
      return PlacedEvent(
        second: alert.second, order: 1, json: alert.json(rule, changes: changes))
    }
  }
  // Of what is equal, the rule that comes first is first.
  return all.enumerated().sorted { a, b in
    (a.element.second, a.element.order, a.offset) < (b.element.second, b.element.order, b.offset)
  }.map(\.element)
}

private func intervalsAndGaps(
  _ records: [ModelRecord], highest: Int64, options: ModelOptions
) -> [PlacedEvent] {
  let length = options.statsInterval
  let groups = Dictionary(grouping: records) { floorDivide($0.time, length) }
  var events: [PlacedEvent] = []
  var previous: Int64?
  for number in groups.keys.sorted() {
    let hits = groups[number]!
    let from = number * length
    let to = from + length
    if let previous, previous + 1 < number {
      let json = "{\"event\":\"gap\",\"from\":\((previous + 1) * length),\"to\":\(from)}"
      events.append(PlacedEvent(second: hits.map(\.time).min()!, order: 0, json: json))
    }
    previous = number
    let json = intervalJSON(
      hits, from: from, to: to, partial: to - 1 > highest, options: options)
    events.append(
      PlacedEvent(second: min(to - 1, highest), order: 2, isAtEnd: to - 1 > highest, json: json))
  }
  if let previous {
    // A gap that is still open, up to the end of the last whole interval.
    let from = (previous + 1) * length
    let to = floorDivide(saturatingSum(highest, 1), length) * length
    let json = "{\"event\":\"gap\",\"from\":\(from),\"to\":\(to)}"
    if from < to {
      events.append(PlacedEvent(second: highest, order: 3, isAtEnd: true, json: json))
    }
  }
  return events
}

private func alerts(
  _ records: [ModelRecord], highest: Int64, options: ModelOptions
) -> [PlacedEvent] {
  let seconds = Dictionary(grouping: records, by: \.time).map {
    (time: $0.key, hits: $0.value.count)
  }
  let threshold = Decimal(options.threshold)
  var events: [PlacedEvent] = []
  var alertingSince: Int64?

  func evaluate(at second: Int64) {
    var hits = 0
    let before = saturatingSum(second, -options.window)
    for busy in seconds where busy.time > before && busy.time <= second { hits += busy.hits }
    let isHigh = exceeds(hits: hits, window: options.window, threshold: threshold)
    if isHigh && alertingSince == nil {
      alertingSince = second
      let changes = changesJSON(records, at: second, window: options.window)
      let json = alertJSON(hits: hits, at: second, .triggered(changes: changes), options: options)
      events.append(PlacedEvent(second: second, order: 1, json: json))
    } else if !isHigh, let since = alertingSince {
      alertingSince = nil
      let json = alertJSON(hits: hits, at: second, .recovered(since: since), options: options)
      events.append(PlacedEvent(second: second, order: 1, json: json))
    }
  }

  // Seconds at which hits enter or leave the window; between them every window holds the same.
  let entering = seconds.map(\.time)
  let leaving = entering.map { saturatingSum($0, options.window) }
  let changes = Set(entering + leaving).filter { $0 <= highest }.sorted()
  for (change, next) in zip(changes, changes.dropFirst() + [highest + 1]) {
    // Of a long stretch without change only the first seconds are evaluated.
    for second in change..<min(next, change + 10) { evaluate(at: second) }
  }
  return events
}
