import AccessLog

// Closing several seconds with few hits at once. The result is that of closing one after the other.

extension ClosedTraffic {
  /// The last second that may close in one run with a second; `nil` if that closes by itself.
  ///
  /// What is displayed, and what is kept of the whole log, is made second by second.
  func endOfRun(from second: EpochSecond) -> EpochSecond? {
    // Not whether there are a reporter and a minute: they would be copied to find out.
    guard !options.keepsTotals, !options.reportsSeconds, options.minuteRows == nil, !countsLines,
      let closedThrough, second == closedThrough.advanced(by: 1)
    else { return nil }
    return interval.end(of: second)
  }

  /// Closes the seconds of a run, which all belong to one interval.
  mutating func close(_ run: SecondRun, _ names: NameTables, _ events: inout [MonitorEvent]) {
    guard interval.hasRoom(for: run) else {
      for place in 0..<run.count { close(run[place].second, run[place], names, &events) }
      return
    }
    // Nearly always false.
    if interval.isEmpty { reportGap(before: run.first, &events) }
    evaluateRules(run, names, &events)
    interval.add(run.joined, names)
    run.joined.add(to: &traffic)
    lastClosedHit = run.last
    closedThrough = run.last
    reportIntervals(at: run.last, names, &events)
  }

  /// Evaluates every rule at each second of a run, and adds the run to the recent hits.
  private mutating func evaluateRules(
    _ run: SecondRun, _ names: NameTables, _ events: inout [MonitorEvent]
  ) {
    var transitions: [AlertTransition] = []
    if !isSuspended {
      for index in rules.indices {
        rules[index].evaluate(run, names, &transitions)
        reportIfShortened(index, &events)
      }
    }
    var rest = run
    if !transitions.isEmpty {
      // By second, and at the same one in the order of the rules.
      for place in 0..<run.count {
        let second = run.first.advanced(by: Int64(place))
        let changed = transitions.filter { $0.second == second }
        guard !changed.isEmpty else { continue }
        let seconds = Int(second.seconds(since: rest.first)) + 1
        recentHits.add(rest.prefix(seconds), names)
        rest = rest.dropFirst(seconds)
        for transition in changed { record(addingChanges(to: [transition], names), &events) }
      }
    }
    recentHits.add(rest, names)
  }
}
