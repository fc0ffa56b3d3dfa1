/// What a program that follows a log finds at one look: what its clocks say, and the bytes that came
/// since the look before.
package struct Look: Sendable {
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
  /// The output of `lm2000 --follow --output ndjson FILE`, what is told at each look by itself, and
  /// last what is told when it ends. What is said of blocks stands behind the events of its look.
  ///
  /// - Parameter endsByItself: The input ends with the last look; otherwise the program is stopped
  ///   after it.
  package static func follow(
    _ looks: [Look], endsByItself: Bool, options: ModelOptions
  ) -> [String] {
    var run = read(looks, endsByItself, options)
    return run.end(told: endsByItself ? looks.count - 1 : looks.count)
  }

  /// How often what is followed leads to each branch.
  package static func branches(
    _ looks: [Look], endsByItself: Bool, options: ModelOptions
  ) -> [ClockBranch: Int] {
    let run = read(looks, endsByItself, options)
    return run.clock.branches.merging(run.blocks.branches, uniquingKeysWith: +)
  }

  private static func read(
    _ looks: [Look], _ endsByItself: Bool, _ options: ModelOptions
  ) -> FollowedRun {
    var run = FollowedRun(options)
    for (index, look) in looks.enumerated() {
      if endsByItself && index == looks.count - 1 {
        run.take(look, isLast: true)
      } else {
        run.take(look, isLast: false)
        run.lookUp(look)
      }
    }
    return run
  }
}

/// A followed log and everything that is known of it so far.
private struct FollowedRun {
  let options: ModelOptions
  /// Bytes of a line that has not ended, and lines that no format has accepted so far.
  private var halfLine: [UInt8] = []
  private var undecided: [[UInt8]] = []
  private var format: String?
  private var columns = usualColumns
  private var tally = Tally()
  private(set) var clock: ModelClockGuard
  /// The look at which the format was known.
  private var startedAt: Int?
  /// The last closed second at each look.
  private var closed: [Int64?] = []

  // How long nothing has come.
  private var lastLine = 0.0
  private var lastRise = 0.0
  private var wasAtEnd = false
  private var isLive = false
  private(set) var blocks: ModelBlocks
  /// What is said of them at a look.
  private var said: [Int: String] = [:]
  private var sawLine = false
  private var sawRecord = false
  private var sawRise = false
  /// Hits and late ones at the look before.
  private var known = (hits: 0, late: 0)

  init(_ options: ModelOptions) {
    self.options = options
    clock = ModelClockGuard(options)
    blocks = ModelBlocks(options)
  }

  /// Takes the lines that are whole now.
  mutating func take(_ look: Look, isLast: Bool) {
    clock.wallClock = look.wallClock
    let bytes = halfLine + look.bytes
    let whole = isLast ? bytes.count : (bytes.lastIndex(of: 10) ?? -1) + 1
    halfLine = Array(bytes[whole...])
    undecided += splitIntoLines(Array(bytes[..<whole]))
    if format == nil {
      format = options.format == "auto" ? detectFormat(undecided) : options.format
    }
    guard format != nil || isLast else { return }
    if startedAt == nil { startedAt = closed.count }
    let before = clock.highest
    judgeUndecided()
    sawRise = clock.highest != before
  }

  private mutating func judgeUndecided() {
    tally.lines += undecided.count
    for judgement in judgeLines(undecided, format: format, columns: &columns) { take(judgement) }
    undecided = []
  }

  private mutating func take(_ judgement: Judgement?) {
    switch judgement {
    case .record(let record):
      guard ReferenceModel.isWanted(record, options) else {
        tally.ignored += 1
        return
      }
      sawLine = true
      sawRecord = true
      clock.deliver(record)
    case .rejected(let reason):
      sawLine = true
      tally.rejected[reason, default: 0] += 1
    default:
      sawLine = true
      tally.ignored += 1
    }
  }

  /// All is read that was there: now time may go on by itself.
  mutating func lookUp(_ look: Look) {
    let now = look.monotonic
    takeDelivery(now)
    if sawLine || !wasAtEnd { lastLine = now }
    if sawRise || !wasAtEnd { lastRise = now }
    if sawRecord && wasAtEnd { isLive = true }
    if !wasAtEnd {
      clock.end()
      if let highest = clock.highest, abs(highest - look.wallClock) <= options.maxJump {
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
    passTime(now, grace)
    blocks.release(hits: counts.hits - hits, late: counts.late - late)
    known = counts
    closed.append(clock.reach.map(clock.lastClosed))
  }

  private var counts: (hits: Int, late: Int) {
    (clock.inTime.count + clock.late.count, clock.late.count)
  }

  /// Where lines came after the first look.
  private mutating func takeDelivery(_ now: Double) {
    guard sawLine && wasAtEnd else { return }
    let before = blocks.notice
    blocks.deliver(
      after: now - lastLine, hits: counts.hits - known.hits, late: counts.late - known.late)
    if let notice = blocks.notice, notice != before { said[closed.count] = notice.text }
  }

  private mutating func passTime(_ now: Double, _ grace: Double) {
    while let highest = clock.highest, now - lastRise - grace >= 1 {
      var ahead = Int64((now - lastRise - grace).rounded(.down))
      if !isLive { ahead = min(ahead, saturatingSum(options.lateness, 1)) }
      clock.goOn(to: saturatingSum(highest, ahead))
      guard let met = clock.highest, met > highest else { return }
      // A quarantined record was met on the way: from there the silence begins anew.
      lastRise += grace + Double(met - highest)
    }
  }

  /// The output, after `told` looks.
  mutating func end(told: Int) -> [String] {
    clock.end()
    tally.take(clock)
    if startedAt == nil {
      startedAt = told
      judgeUndecided()
    }
    // Of a log that is not live, only the seconds that it reached.
    let last = isLive ? clock.reach : clock.highest
    let all = last.map { events(clock.inTime, highest: $0, options: options) } ?? []
    var output: [String] = []
    var next = 0
    for look in 0...told {
      var lines = look == startedAt ? [startJSON(path: options.path, format: format)] : []
      while next < all.count, look == told || isTold(all[next], at: look) {
        lines.append(all[next].json)
        next += 1
      }
      if look == told { lines.append(tally.json) }
      output.append(lines.map { $0 + "\n" }.joined() + (said[look] ?? ""))
    }
    return output
  }

  private func isTold(_ event: Placed, at look: Int) -> Bool {
    guard let second = closed[look] else { return false }
    return event.second <= second && !event.isLast
  }
}
