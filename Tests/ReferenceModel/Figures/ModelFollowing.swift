/// One poll of a followed log: the time of both clocks, and the bytes that arrived since the
/// previous poll.
package struct Poll: Sendable {
  /// Seconds of a clock that never jumps.
  package var monotonic: Double
  /// Epoch seconds of a clock that may.
  package var wallClock: Int64
  package var bytes: [UInt8]

  package init(monotonic: Double, wallClock: Int64, bytes: [UInt8]) {
    self.monotonic = monotonic
    self.wallClock = wallClock
    self.bytes = bytes
  }
}

extension ReferenceModel {
  /// The output of `lm2000 --follow --output ndjson FILE` after each poll, and last the output when
  /// it ends. Notices about blocks follow the events of the same poll.
  ///
  /// - Parameter endsByItself: whether the input ends with the last poll. Otherwise the program is
  ///   stopped after it.
  package static func follow(
    _ polls: [Poll], endsByItself: Bool, options: ModelOptions
  ) -> [String] {
    var run = read(polls, endsByItself, options)
    return run.end(afterPolls: endsByItself ? polls.count - 1 : polls.count)
  }

  /// How often the script reaches each branch.
  package static func branches(
    _ polls: [Poll], endsByItself: Bool, options: ModelOptions
  ) -> [ClockBranch: Int] {
    let run = read(polls, endsByItself, options)
    return run.clock.branches.merging(run.blocks.branches, uniquingKeysWith: +)
  }

  private static func read(
    _ polls: [Poll], _ endsByItself: Bool, _ options: ModelOptions
  ) -> FollowedRun {
    var run = FollowedRun(options)
    for (index, poll) in polls.enumerated() {
      if endsByItself && index == polls.count - 1 {
        run.read(poll, isLast: true)
      } else {
        run.read(poll, isLast: false)
        run.finishPoll(poll)
        run.passTime(poll)
      }
    }
    return run
  }
}

/// The state of a run that follows a log.
struct FollowedRun {
  let options: ModelOptions
  /// The bytes of the line that has not ended.
  private var partialLine: [UInt8] = []
  private(set) var reader: ModelLineReader
  private(set) var tally = Tally()
  var clock: ModelClockGuard
  /// The index of the poll at which the format was detected.
  private var startPoll: Int?
  /// The last closed second after each poll.
  private var closed: [Int64?] = []

  // Monotonic times of the last line and of the last rise of the greatest time.
  private(set) var lastLine = 0.0
  private var lastRise = 0.0
  private var wasAtEnd = false
  private(set) var isLive = false
  private(set) var blocks: ModelBlocks
  /// The notices about blocks, by the index of their poll.
  private var blockNotices: [Int: String] = [:]
  private var sawLine = false
  private var sawRecord = false
  private var sawRise = false
  /// The hits and the late hits after the previous poll.
  private var previousCounts = (hits: 0, late: 0)
  /// Those after everything was read.
  private var hitsBefore = 0
  private var lateBefore = 0

  /// - Parameter path: the name of the input; that of the options if there is only one.
  init(_ options: ModelOptions, path: String? = nil) {
    self.options = options
    reader = ModelLineReader(options, path: path ?? options.path)
    clock = ModelClockGuard(options)
    blocks = ModelBlocks(options)
  }

  /// Reads the lines that are complete now.
  mutating func read(_ poll: Poll, isLast: Bool) {
    clock.wallClock = poll.wallClock
    let bytes = partialLine + poll.bytes
    let whole = isLast ? bytes.count : (bytes.lastIndex(of: 10) ?? -1) + 1
    partialLine = Array(bytes[whole...])
    let before = clock.highest
    for line in splitIntoLines(Array(bytes[..<whole])) { count(reader.read(line)) }
    if isLast { count(reader.end(countsPieces: true)) }
    if startPoll == nil && (reader.formatName != nil || isLast) { startPoll = closed.count }
    sawRise = clock.highest != before
  }

  private mutating func count(_ judgements: [Judgement?]) {
    tally.lines += judgements.count
    for judgement in judgements { count(judgement) }
  }

  private mutating func count(_ judgement: Judgement?) {
    switch judgement {
    case .record(let record):
      guard ReferenceModel.isWanted(record, options) else {
        tally.ignored += 1
        return
      }
      sawLine = true
      sawRecord = true
      clock.deliver(ReferenceModel.filtered(record, options))
    case .rejected(let reason):
      sawLine = true
      tally.rejected[reason, default: 0] += 1
    default:
      sawLine = true
      tally.ignored += 1
    }
  }

  /// Ends a poll after everything was read.
  mutating func finishPoll(_ poll: Poll) {
    let now = poll.monotonic
    recordDelivery(now)
    if sawLine || !wasAtEnd { lastLine = now }
    if sawRise || !wasAtEnd { lastRise = now }
    if sawRecord && wasAtEnd { isLive = true }
    if !wasAtEnd {
      clock.end()
      if let highest = clock.highest, abs(highest - poll.wallClock) <= options.maxJump {
        isLive = true
      }
    }
    wasAtEnd = true
    (sawLine, sawRecord, sawRise) = (false, false, false)

    let grace = Double(blocks.grace)
    let (hits, late) = counts
    if !clock.quarantine.isEmpty && now - lastLine >= grace {
      clock.endSilence()
      lastRise = now
    }
    (hitsBefore, lateBefore) = (hits, late)
  }

  /// Lets log time advance in silence.
  mutating func passTime(_ poll: Poll) {
    let (hits, late) = (hitsBefore, lateBefore)
    passTime(poll.monotonic, Double(blocks.grace))
    blocks.release(hits: counts.hits - hits, late: counts.late - late)
    previousCounts = counts
    closed.append(clock.reach.map(clock.lastClosed))
  }

  private var counts: (hits: Int, late: Int) {
    (clock.inTime.count + clock.late.count, clock.late.count)
  }

  /// Records the lines that arrived after the first poll.
  private mutating func recordDelivery(_ now: Double) {
    guard sawLine && wasAtEnd else { return }
    let before = blocks.notice
    blocks.deliver(
      after: now - lastLine, hits: counts.hits - previousCounts.hits,
      late: counts.late - previousCounts.late)
    if let notice = blocks.notice, notice != before { blockNotices[closed.count] = notice.text }
  }

  private mutating func passTime(_ now: Double, _ grace: Double) {
    while let highest = clock.highest, now - lastRise - grace >= 1 {
      var ahead = Int64((now - lastRise - grace).rounded(.down))
      if !isLive { ahead = min(ahead, saturatingSum(options.lateness, 1)) }
      clock.advance(to: saturatingSum(highest, ahead))
      guard let met = clock.highest, met > highest else { return }
      // Time reached a quarantined record: from there a new silence begins.
      lastRise += grace + Double(met - highest)
    }
  }

  /// Ends the run because the program is stopped.
  mutating func stop() {
    clock.end()
    tally.add(clock)
    count(reader.end(countsPieces: false))
  }

  /// The last second that closes at the end. In a log that is not live, only the seconds up to its
  /// last record close.
  var lastSecond: Int64? { isLive ? clock.reach : clock.highest }

  /// The output after each poll, and last the output at the end.
  mutating func end(afterPolls count: Int) -> [String] {
    stop()
    if startPoll == nil { startPoll = count }
    let all = lastSecond.map { events(clock.inTime, highest: $0, options: options) } ?? []
    var output: [String] = []
    var next = 0
    for poll in 0...count {
      let start = startJSON(path: options.path, format: reader.formatName)
      var lines = poll == startPoll ? [start] : []
      while next < all.count, poll == count || isEmitted(all[next], by: poll) {
        lines.append(all[next].json)
        next += 1
      }
      if poll == count { lines.append(tally.json(clock.hits, options)) }
      output.append(lines.map { $0 + "\n" }.joined() + (blockNotices[poll] ?? ""))
    }
    return output
  }

  private func isEmitted(_ event: PlacedEvent, by poll: Int) -> Bool {
    guard let second = closed[poll] else { return false }
    return event.second <= second && !event.isAtEnd
  }
}
