import StreamOutput

extension Options {
  /// What publishes seconds does nothing else with them: who analyzes them does.
  func checkPublishing() throws(UsageError) {
    guard publish != nil else { return }
    let unwanted: [(String, Bool)] = [
      ("output", output != nil), ("alert", !analysis.rules.isEmpty), ("notify", !actions.isEmpty),
      ("history", history != nil), ("influx", influx != nil), ("metrics", metrics != nil),
      ("events", events != nil), ("act", actsOnEvents), ("show-history", showsHistory),
      ("replay", replay), ("demo", demo), ("bell", bell), ("fail-on-alert", failOnAlert),
    ]
    guard let option = unwanted.first(where: \.1)?.0 else { return }
    throw conflict(
      option,
      reason: "is for the run that analyzes the seconds, not for the one that publishes them: "
        + "leave out --\(option) or --publish")
  }

  /// Whether standard output carries events with their ids.
  var printsEvents: Bool { events == .standardOutput }

  /// Events are those of a run, and need standard output for themselves if they go there.
  mutating func checkEventStream() throws(UsageError) {
    guard let events else { return }
    let unwanted: [(String, Bool)] = [("--act", actsOnEvents), ("--show-history", showsHistory)]
    if let option = unwanted.first(where: \.1)?.0 {
      throw .conflict(
        object: option, reason: "watches no log, and has no events to publish: leave out --events")
    }
    guard events == .standardOutput else { return }
    if demo {
      throw .conflict(
        object: "--demo", reason: "is for the dashboard: leave out --events -")
    }
    guard let output, output != .ndjson else { return }
    guard place(of: "output") == .commandLine else {
      self.output = nil
      return
    }
    throw .conflict(
      object: "--events -",
      reason: "needs standard output for itself: leave out --output \(output.rawValue)")
  }
}
