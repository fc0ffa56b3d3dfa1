/// Decides which records are accepted, in which seconds they count, and which are late.
struct ModelClockGuard {
  let lateness: Int64
  let maxJump: Int64
  let isFollowing: Bool
  /// The wall clock; without follow it is read once.
  var wallClock: Int64
  /// The last second that was closed because of other sources.
  var closedByOthers = Int64.min
  /// Whether another source shows that this one is ahead of the true time.
  var isDoubted = false

  /// The greatest accepted time, `H`.
  private(set) var highest: Int64?
  /// The current log time: `H`, or later where it has advanced in silence. It never falls.
  private(set) var reach: Int64?
  /// Records that count in their seconds.
  private(set) var inTime: [ModelRecord] = []
  /// Records whose second had closed.
  private(set) var late: [ModelRecord] = []
  /// Accepted records that the filter leaves out.
  private(set) var filtered = 0
  /// `H` when it was first set.
  private(set) var start: Int64?
  /// Those of them that are in time by the clock of this source.
  private(set) var lateBehindOthers = 0
  private(set) var future = 0
  /// All accepted records.
  var hits: [ModelRecord] { inTime + late }

  private(set) var quarantine: [ModelRecord] = []
  /// Ordinary records since the quarantine was last empty, `c`.
  private var ordinary = 0
  /// Whether a record that is not ahead of the wall clock was delivered.
  private(set) var hasBeenInThePast = false
  /// How often each branch was taken.
  private(set) var branches: [ClockBranch: Int] = [:]
  /// Whether records from the quarantine are being judged again.
  private var isReleasing = false

  init(_ options: ModelOptions) {
    lateness = options.lateness
    maxJump = options.maxJump
    isFollowing = options.isFollowing
    wallClock = options.wallClock
  }

  /// Judges the next record of the source.
  mutating func deliver(_ record: ModelRecord) {
    if record.time <= wallClock {
      hasBeenInThePast = true
    } else if (hasBeenInThePast || isDoubted) && record.time > saturatingSum(wallClock, maxJump) {
      future += 1
      count(.future)
      return
    } else if !hasBeenInThePast && record.time > saturatingSum(wallClock, maxJump) {
      count(.alwaysAhead)
    }
    apply(record)
  }

  /// Ends the source: decides about the records in quarantine.
  mutating func end() {
    while !quarantine.isEmpty {
      count(quarantine.count >= ordinary ? .believedAtEnd : .rejectedAtEnd)
      if quarantine.count >= ordinary { acceptQuarantine() } else { rejectQuarantine() }
    }
  }

  private mutating func count(_ branch: ClockBranch) {
    branches[branch, default: 0] += 1
  }

  /// Accepts the quarantine after a followed source was silent for the grace.
  mutating func endSilence() {
    while !quarantine.isEmpty {
      count(.believedInSilence)
      acceptQuarantine()
    }
  }

  /// Advances log time in silence to `time`, or to the first quarantined record before it.
  mutating func advance(to time: Int64) {
    let met = quarantine.map(\.time).filter { $0 <= time }.min()
    if let met {
      count(.metInSilence)
      reach = met
    } else if time > reach! {
      count(.advancedInSilence)
      reach = time
    }
    releaseReached()
    decideQuarantine(isNearWallClock: false)
  }

  /// Judges a record by the log time, without the wall clock.
  private mutating func apply(_ record: ModelRecord) {
    if let reach {
      let limit = saturatingSum(reach, maxJump)
      if maxJump > 0 && record.time == limit { count(.furthestInOrder) }
      if record.time == saturatingSum(limit, 1) { count(.nearestLeap) }
    }
    if isLeap(record.time) {
      if isReleasing { count(.leapsAgain) }
      if quarantine.isEmpty { ordinary = 0 }
      quarantine.append(record)
      decideQuarantine(isNearWallClock: isFollowing && abs(record.time - wallClock) <= maxJump)
    } else {
      if !quarantine.isEmpty { ordinary += 1 }
      if reach == nil { count(.belowStart) }
      accept(record)
      releaseReached()
      decideQuarantine(isNearWallClock: false)
    }
  }

  private func isLeap(_ time: Int64) -> Bool {
    if let reach { return time > saturatingSum(reach, maxJump) }
    guard let lowest = quarantine.map(\.time).min() else { return true }
    return time >= saturatingSum(lowest, -maxJump)
  }

  private mutating func accept(_ record: ModelRecord) {
    if !record.passes {
      filtered += 1
    } else if record.time <= closedByOthers {
      if reach.map({ record.time > lastClosed($0) }) ?? true { lateBehindOthers += 1 }
      late.append(record)
    } else if let reach, record.time <= lastClosed(reach) {
      if record.time > highest! { count(.lateButGreatest) }
      late.append(record)
    } else {
      inTime.append(record)
    }
    raise(to: record.time)
  }

  private mutating func raise(to time: Int64) {
    start = start ?? time
    highest = max(highest ?? time, time)
    reach = max(reach ?? time, time)
  }

  /// The last second that is closed; `nil` if none is.
  var lastClosedSecond: Int64? {
    guard let reach else { return closedByOthers == .min ? nil : closedByOthers }
    return max(lastClosed(reach), closedByOthers)
  }

  func lastClosed(_ reach: Int64) -> Int64 {
    saturatingSum(saturatingSum(reach, -lateness), -1)
  }

  private mutating func releaseReached() {
    let reached = quarantine.filter { $0.time <= reach! }
    quarantine.removeAll { $0.time <= reach! }
    for record in reached {
      count(.reachedByTime)
      accept(record)
    }
    if quarantine.isEmpty { ordinary = 0 }
  }

  /// Accepts or rejects the quarantine, if a majority decides.
  ///
  /// - Parameter isNearWallClock: whether the last record leaped to where the wall clock is.
  private mutating func decideQuarantine(isNearWallClock: Bool) {
    let waiting = quarantine.count
    if waiting == 0 { return }
    if waiting - ordinary >= 100 || isNearWallClock {
      count(waiting - ordinary >= 100 ? .believedByMajority : .nearWallClock)
      acceptQuarantine()
    } else if ordinary - waiting >= 100 {
      count(.rejectedByMajority)
      rejectQuarantine()
    } else if waiting >= 1000 {
      count(
        waiting == ordinary
          ? .believedByTie : waiting > ordinary ? .believedAtLimit : .rejectedAtLimit)
      if waiting >= ordinary { acceptQuarantine() } else { rejectQuarantine() }
    }
  }

  private mutating func acceptQuarantine() {
    let records = quarantine
    quarantine = []
    ordinary = 0
    raise(to: records.map(\.time).min()!)
    if isReleasing { count(.believedAgain) }
    let isOutermost = !isReleasing
    isReleasing = true
    for record in records { apply(record) }
    if isOutermost { isReleasing = false }
  }

  private mutating func rejectQuarantine() {
    future += quarantine.count
    quarantine = []
    ordinary = 0
  }
}
