extension Options {
  /// The history is of a log, and printing it needs nothing else.
  func checkHistory() throws(UsageError) {
    if history != nil, demo {
      throw .conflict(object: "--demo", reason: "is made up: leave out --history")
    }
    if history != nil, actsOnEvents {
      throw .conflict(object: "--act", reason: "reads events, not a log: leave out --history")
    }
    guard showsHistory else { return }
    guard history != nil else {
      throw .conflict(object: "--show-history", reason: "needs --history FILE")
    }
    let unwanted: [(String, Bool)] = [
      ("--replay", replay), ("--follow", follow == true && place(of: "follow") == .commandLine),
      ("--output dashboard", isTyped(.dashboard)), ("--output lines", isTyped(.lines)),
      ("--filter", analysis.filter != nil), ("--tail", tail != nil),
      ("--metrics", metrics != nil), ("--influx", influx != nil),
    ]
    if let option = paths.first.map({ "\($0)" }) ?? unwanted.first(where: \.1)?.0 {
      throw .conflict(
        object: "--show-history", reason: "prints what is kept: leave out \(option)")
    }
  }

  private func isTyped(_ output: Output) -> Bool {
    self.output == output && place(of: "output") == .commandLine
  }
}
