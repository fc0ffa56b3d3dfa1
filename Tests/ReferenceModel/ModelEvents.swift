/// An event and where it stands among the others.
private struct Placed {
  /// The second at whose close it is told.
  var second: Int64
  /// At the same second a gap comes first, then an alert, then an interval.
  var order: Int
  var json: String
}

/// Interval, gap and alert events for the records that count in their seconds, which are all after
/// `closedAtFirst`; the last second that closes is `highest`.
func eventLines(
  _ records: [ModelRecord], closedAtFirst: Int64, highest: Int64, options: ModelOptions
) -> [String] {
  let events =
    intervalsAndGaps(records, highest: highest, options: options)
    + alerts(records, closedAtFirst: closedAtFirst, highest: highest, options: options)
  return events.sorted { ($0.second, $0.order) < ($1.second, $1.order) }.map(\.json)
}

private func intervalsAndGaps(
  _ records: [ModelRecord], highest: Int64, options: ModelOptions
) -> [Placed] {
  let length = options.statsInterval
  let groups = Dictionary(grouping: records) { floorDivide($0.time, length) }
  var events: [Placed] = []
  var previous: Int64?
  for number in groups.keys.sorted() {
    let hits = groups[number]!
    let from = number * length
    let to = from + length
    if let previous, previous + 1 < number {
      let json = "{\"event\":\"gap\",\"from\":\((previous + 1) * length),\"to\":\(from)}"
      events.append(Placed(second: hits.map(\.time).min()!, order: 0, json: json))
    }
    previous = number
    let json = intervalJSON(
      hits, from: from, to: to, partial: to - 1 > highest, top: options.top)
    events.append(Placed(second: min(to - 1, highest), order: 2, json: json))
  }
  return events
}

private func alerts(
  _ records: [ModelRecord], closedAtFirst: Int64, highest: Int64, options: ModelOptions
) -> [Placed] {
  let counts = Dictionary(grouping: records, by: \.time).mapValues(\.count)
  let busySeconds = counts.keys.sorted()
  let threshold = Decimal(options.threshold)
  var events: [Placed] = []
  var alertingSince: Int64?
  var second = closedAtFirst
  while true {
    // Nothing can change while no alert is up and the window is empty, so go on to the next hit.
    if alertingSince == nil && !busySeconds.contains(where: { inWindow($0, second, options) }) {
      guard let next = busySeconds.first(where: { $0 > second }) else { break }
      second = next
    } else {
      second += 1
    }
    if second > highest { break }

    var hits = 0
    for busy in busySeconds where inWindow(busy, second, options) { hits += counts[busy]! }
    let isHigh = exceeds(hits: hits, window: options.window, threshold: threshold)
    if isHigh && alertingSince == nil {
      alertingSince = second
      let json = alertJSON(hits: hits, at: second, since: nil, options: options)
      events.append(Placed(second: second, order: 1, json: json))
    } else if !isHigh, let since = alertingSince {
      alertingSince = nil
      let json = alertJSON(hits: hits, at: second, since: since, options: options)
      events.append(Placed(second: second, order: 1, json: json))
    }
  }
  return events
}

/// Whether `time` lies in the window of the alert that ends at `end`.
private func inWindow(_ time: Int64, _ end: Int64, _ options: ModelOptions) -> Bool {
  time > saturatingSum(end, -options.window) && time <= end
}
