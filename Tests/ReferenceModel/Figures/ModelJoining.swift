/// Several logs that are followed at once.
extension ReferenceModel {
  /// The output of `lm2000 --follow --output ndjson FILE...` after each poll of all files, and last
  /// the output when the program is stopped.
  ///
  /// - Parameters:
  ///   - polls: for each poll, what arrived in each file.
  ///   - paths: the name of each file.
  package static func follow(
    _ polls: [[Poll]], paths: [String], options: ModelOptions
  ) -> [String] {
    var run = JoinedRun(paths, options)
    for poll in polls { run.read(poll) }
    return run.end()
  }

  /// The hits that are late only because other files are ahead.
  package static func lateBehindOthers(_ polls: [[Poll]], options: ModelOptions) -> Int {
    var run = JoinedRun(polls.first.map { $0.map { _ in "-" } } ?? [], options)
    for poll in polls { run.read(poll) }
    return run.runs.reduce(0) { $0 + $1.clock.lateBehindOthers }
  }
}

/// The state of a run that follows several logs.
private struct JoinedRun {
  let paths: [String]
  let options: ModelOptions
  private(set) var runs: [FollowedRun]
  /// The last second of the whole that is closed.
  private var closed: Int64?
  /// The same after each poll.
  private var closedAfter: [Int64?] = []
  /// The formats that were known after each poll.
  private var formatsAfter: [[String?]] = []

  init(_ paths: [String], _ options: ModelOptions) {
    self.paths = paths
    self.options = options
    runs = paths.map { FollowedRun(options, path: $0) }
  }

  mutating func read(_ poll: [Poll]) {
    let present = runs.indices.filter { runs[$0].isLive && runs[$0].clock.hasBeenInThePast }
    for index in runs.indices {
      runs[index].clock.isDoubted = present.contains { $0 != index }
      runs[index].read(poll[index], isLast: false)
      runs[index].finishPoll(poll[index])
    }
    for index in runs.indices { runs[index].passTime(poll[index]) }
    if let limit = closableSecond(poll[0]) {
      closed = max(closed ?? limit, limit)
      for index in runs.indices {
        runs[index].clock.closedByOthers = max(runs[index].clock.closedByOthers, limit)
      }
    }
    closedAfter.append(closed)
    formatsAfter.append(runs.map(\.reader.formatName))
  }

  /// The last second that no source holds back.
  private func closableSecond(_ poll: Poll) -> Int64? {
    let ahead = runs.map { run in
      run.clock.reach.map { $0 - poll.wallClock > options.maxJump } ?? false
    }
    let furthest = zip(runs, ahead).filter { !$1 }.compactMap(\.0.clock.reach).max()
    let hasPresent = zip(runs, ahead).contains { $0.isLive && $0.clock.reach != nil && !$1 }
    let deciding = zip(runs, ahead).filter { !(hasPresent && $1) }.map(\.0)
    let holding = deciding.filter { run in
      guard run.isLive, poll.monotonic - run.lastLine < Double(run.blocks.grace) else {
        return false
      }
      guard let furthest, let reach = run.clock.reach else { return true }
      return furthest - reach <= options.maxJump
    }
    if !holding.isEmpty {
      let seconds = holding.map(\.clock.lastClosedSecond)
      return seconds.contains(nil) ? nil : seconds.compactMap { $0 }.min()
    }
    return deciding.compactMap(\.clock.lastClosedSecond).max()
  }

  /// The output after each poll, and last the output at the end.
  mutating func end() -> [String] {
    var tally = Tally()
    for index in runs.indices {
      runs[index].stop()
      tally.add(runs[index].tally)
    }
    let records = runs.flatMap(\.clock.inTime)
    let last = [runs.compactMap(\.lastSecond).max(), closed].compactMap { $0 }.max()
    let all = last.map { events(records, highest: $0, options: options) } ?? []
    var output: [String] = []
    var next = 0
    var hasStarted = false
    for poll in 0...closedAfter.count {
      let isEnd = poll == closedAfter.count
      let formats = isEnd ? runs.map(\.reader.formatName) : formatsAfter[poll]
      var lines: [String] = []
      while next < all.count, isEnd || isEmitted(all[next], by: closedAfter[poll]) {
        lines.append(all[next].json)
        next += 1
      }
      if !hasStarted, isEnd || !lines.isEmpty || !formats.contains(nil) {
        hasStarted = true
        lines.insert(startJSON(paths: paths, formats: formats), at: 0)
      }
      if isEnd { lines.append(tally.json(runs.flatMap(\.clock.hits), options)) }
      output.append(lines.map { $0 + "\n" }.joined())
    }
    return output
  }

  private func isEmitted(_ event: PlacedEvent, by closed: Int64?) -> Bool {
    closed.map { event.second <= $0 && !event.isAtEnd } ?? false
  }
}
